namespace Bitrix24.Gen.Tools;

/// <summary>The words that make the value behind a name a secret, wherever it stands: a member, a parameter of an address, an option.</summary>
internal static class SecretNames
{
    /// <summary>Parts of names that hold everywhere. <c>AUTHOR_ID</c> is none.</summary>
    public const string Everywhere =
        "token|secret|passw(?:or)?d?|passphrase|pwd|auth(?:ori[sz][a-z]{0,6})?(?!or)|(?:api|access|private|secret)[_-]?key|sess(?:ion[_-]?)?id|signature|refresh[_-]?id|credentials?|cookie|webhook";

    /// <summary>In addresses and options also these, which are ordinary names of members: <c>KEY</c>, <c>ASSIGNED_BY_ID</c>.</summary>
    public const string Outside = Everywhere + "|key|sign";
}

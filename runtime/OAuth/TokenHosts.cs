namespace Bitrix24;

/// <summary>Hosts that give out tokens, as the APIs' profiles (<c>tokenHosts</c>) name them.</summary>
internal static class TokenHosts
{
    public static IReadOnlyList<string> AmoCrm { get; } = ["*.amocrm.ru", "*.amocrm.com", "*.kommo.com"];
}

using System.Collections.Immutable;

namespace Bitrix24.Gen.Analyzers;

/// <summary>What a diagnostic tells the code fixes: kept in its properties.</summary>
internal static class FixData
{
    /// <summary>The name or value that was probably meant.</summary>
    public const string Replacement = "replacement";

    /// <summary>What is missing: the member's name.</summary>
    public const string Missing = "missing";

    /// <summary>The spec type of the value, as a type expression.</summary>
    public const string Type = "type";

    /// <summary>Of a method to call instead: the parameter that takes the value.</summary>
    public const string Parameter = "parameter";

    public static ImmutableDictionary<string, string?> None { get; } = ImmutableDictionary<string, string?>.Empty;

    public static ImmutableDictionary<string, string?> Replace(string? replacement) =>
        replacement is null ? None : None.Add(Replacement, replacement);
}

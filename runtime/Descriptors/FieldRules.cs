using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Bitrix24.Infrastructure;

/// <summary>A condition under which a field is required.</summary>
/// <param name="Field">The sibling that decides.</param>
/// <param name="Values">Its values (JSON text) that make the field required; none: whenever it is present.</param>
public sealed record RequiredIf(string Field, params string[] Values);

/// <summary>What values of a field are allowed, beyond its kind.</summary>
public sealed class FieldRules
{
    private Regex? _regex;

    /// <summary>The expression that text must match.</summary>
    [StringSyntax(StringSyntaxAttribute.Regex)]
    public string? Pattern { get; set; }

    /// <summary>The least number of characters.</summary>
    public int MinLength { get; set; }

    /// <summary>The greatest number of characters.</summary>
    public int MaxLength { get; set; } = int.MaxValue;

    /// <summary>The least value.</summary>
    public decimal Min { get; set; } = decimal.MinValue;

    /// <summary>The greatest value.</summary>
    public decimal Max { get; set; } = decimal.MaxValue;

    /// <summary>The least number of items.</summary>
    public int MinItems { get; set; }

    /// <summary>The greatest number of items.</summary>
    public int MaxItems { get; set; } = int.MaxValue;

    /// <summary>Allowed values, as text.</summary>
    public string[] Enum { get; set; } = [];

    /// <summary>Of a union: the kinds it may be.</summary>
    public ValueKind[] Kinds { get; set; } = [];

    /// <summary>Of a list of objects: members that may not repeat.</summary>
    public string[] UniqueBy { get; set; } = [];

    /// <summary>Siblings of which, with this one, at least one must be given.</summary>
    public string[] OneOf { get; set; } = [];

    /// <summary>When the field is required though it is not always.</summary>
    public RequiredIf? RequiredIf { get; set; }

    /// <summary>The method to call instead of writing the field.</summary>
    public string? Use { get; set; }

    /// <summary>Error codes by rule.</summary>
    public RuleError[] Errors { get; set; } = [];

    internal bool IsMatch(string text)
    {
        if (Pattern is null)
            return true;
        try
        {
            return (_regex ??= Compile(Pattern)).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    // A spec is not trusted: no expression may take long, whatever the text.
    private static Regex Compile([StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        try
        {
            return new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(250));
        }
    }
}

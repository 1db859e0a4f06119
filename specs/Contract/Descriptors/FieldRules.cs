using System.ComponentModel;
using System.Text.RegularExpressions;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>A condition under which a field is required.</summary>
/// <param name="Field">The sibling that decides.</param>
/// <param name="Values">Its values, as text, that make the field required; none: whenever it is given.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record RequiredIf(string Field, IReadOnlyList<string> Values);

/// <summary>What values of a field are allowed, beyond its kind.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class FieldRules
{
    private Regex? _regex;
    private RuleSet _set;
    private string[]? _enum;

    /// <summary>No rule.</summary>
    public FieldRules()
    {
    }

    /// <summary>The expression that text must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>The least number of characters.</summary>
    public int MinLength { get; init; }

    /// <summary>The greatest number of characters.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>The least value.</summary>
    public decimal Min { get; init; } = decimal.MinValue;

    /// <summary>The greatest value.</summary>
    public decimal Max { get; init; } = decimal.MaxValue;

    /// <summary>The least number of items.</summary>
    public int MinItems { get; init; }

    /// <summary>The greatest number of items.</summary>
    public int MaxItems { get; init; } = int.MaxValue;

    /// <summary>Allowed values, as text.</summary>
    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>Of a list of objects: members that may not repeat.</summary>
    public IReadOnlyList<string> UniqueBy { get; init; } = [];

    /// <summary>Siblings of which, with this one, at least one must be given.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>When the field is required though it is not always.</summary>
    public RequiredIf? RequiredIf { get; init; }

    /// <summary>The method to call instead of writing the field.</summary>
    public string? Use { get; init; }

    /// <summary>Of a list: its items are calls of another method, and validated as such.</summary>
    public NestedCall? Call { get; init; }

    /// <summary>Values that methods of another name serve.</summary>
    public IReadOnlyList<InsteadOf> Instead { get; init; } = [];

    /// <summary>The text is the markup of a widget.</summary>
    public MarkupParts? Markup { get; init; }

    /// <summary>What the text must be the address of.</summary>
    public AddressKind Address { get; init; }

    /// <summary>The text holds several of the values of <see cref="Enum"/>, with this between them; null: one.</summary>
    public string? Separator { get; init; }

    /// <summary>Of a selection or filter: the names that it must have.</summary>
    public IReadOnlyList<string> MustName { get; init; } = [];

    /// <summary>Error codes by rule.</summary>
    public IReadOnlyList<RuleError> Errors { get; init; } = [];

    /// <summary>Words of rules whose source is weak: what breaks them is a warning, unless the server has a code for it.</summary>
    public IReadOnlyList<string> Weak { get; init; } = [];

    /// <summary>Which rules there are: most fields have one or two, and the others need no look.</summary>
    internal RuleSet Set => _set != 0 ? _set : _set = RuleSet.Known
        | (Instead.Count > 0 ? RuleSet.Instead : 0)
        | (Enum.Count > 0 ? Separator is { Length: > 0 } ? RuleSet.EnumList : RuleSet.Enum : 0)
        | (Address != AddressKind.None ? RuleSet.Address : 0)
        | (Pattern is not null ? RuleSet.Pattern : 0)
        | (MinLength > 0 || MaxLength < int.MaxValue ? RuleSet.Length : 0)
        | (Min > decimal.MinValue || Max < decimal.MaxValue ? RuleSet.Bounds : 0)
        | (MinItems > 0 || MaxItems < int.MaxValue ? RuleSet.Count : 0)
        | (UniqueBy.Count > 0 ? RuleSet.Unique : 0)
        | (OneOf.Count > 0 ? RuleSet.OneOf : 0)
        | (RequiredIf is not null ? RuleSet.RequiredIf : 0)
        | (Use is not null ? RuleSet.Use : 0)
        | (Markup is not null ? RuleSet.Markup : 0)
        | (MustName.Count > 0 ? RuleSet.MustName : 0);

    /// <summary>The values of <see cref="Enum"/>.</summary>
    internal string[] EnumArray => _enum ??= [.. Enum];

    /// <summary>Whether the text matches the pattern; true also where the pattern is no regular expression or takes too long.</summary>
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
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private static Regex Compile(string pattern)
    {
        try
        {
#if NET
            try
            {
                return new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit);
            }
            catch (NotSupportedException)
            {
                // What does not backtrack lacks some of the syntax.
            }
#endif
            return new(pattern, RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException)
        {
            return new("", RegexOptions.None, Limit);
        }
    }
}

using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Specs.Tests.Sweep;

/// <summary>
/// Fields that are not of the type their name suggests, each with the reason: lines of <c>exceptions.tsv</c>, of a kind, a path in which
/// <c>*</c> stands for any text, and a reason.
/// </summary>
internal sealed class SweepExceptions
{
    private static readonly Lazy<IReadOnlyList<(string Kind, string Pattern, string Reason)>> Lines = new(Read);

    private readonly List<(string Pattern, Regex Regex)> _patterns;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    private SweepExceptions(string kind) =>
        _patterns = [.. Lines.Value.Where(l => l.Kind == kind).Select(static l => (l.Pattern, ToRegex(l.Pattern)))];

    /// <summary>Asserts that all fields found are excepted, and that no exception is idle.</summary>
    public static void AssertCover(string kind, IEnumerable<PlacedField> found)
    {
        var exceptions = new SweepExceptions(kind);
        var rest = found.Where(f => !exceptions.Has(f)).Select(static f => $"{f.Api} {f.Path}: {f.Field.Type}{(f.Field.Guessed ? ", guessed" : "")} ({f.Use})").ToArray();

        Assert.True(rest.Length == 0, $"{rest.Length} fields of another type than \"{kind}\" asks for; fix them, or name the reason in Sweep/exceptions.tsv:\n{string.Join("\n", rest)}");
        Assert.DoesNotContain(exceptions._patterns, p => !exceptions._used.Contains(p.Pattern));
    }

    private bool Has(PlacedField field)
    {
        foreach (var (pattern, regex) in _patterns)
        {
            if (!regex.IsMatch(field.Path))
                continue;
            _used.Add(pattern);
            return true;
        }

        return false;
    }

    private static Regex ToRegex(string pattern) => new($"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.NonBacktracking);

    private static IReadOnlyList<(string Kind, string Pattern, string Reason)> Read() =>
    [
        .. File.ReadLines(RepositoryRoot.PathTo("tests", "Bitrix24.Gen.Specs.Tests", "Sweep", "exceptions.tsv"))
            .Where(static l => l.Length > 0 && l[0] != '#').Select(static l => l.Split('\t')).Select(static p => (p[0], p[1], p[2])),
    ];
}

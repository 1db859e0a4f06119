using System.Globalization;
using System.Text;

namespace Bitrix24.Gen.Specs.Tests;

/// <summary>docs/coverage.md counts what the specs say of each area. With <c>BITRIX24_WRITE_DOCS=1</c> the test writes the page.</summary>
public class CoverageTests
{
    private static readonly string[] Apis = ["bitrix24", "bitrix24-v3", "vibecode", "amocrm"];

    private static readonly string PagePath = RepositoryRoot.PathTo("docs", "coverage.md");

    private static readonly Dictionary<string, Row[]> RowsByApi = Apis.ToDictionary(static api => api, Rows);

    [Fact]
    public void Page_IsWhatTheSpecsSay()
    {
        var text = Page();
        if (Environment.GetEnvironmentVariable("BITRIX24_WRITE_DOCS") == "1")
            File.WriteAllText(PagePath, text);

        Assert.Equal(text, File.ReadAllText(PagePath).ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("bitrix24")]
    [InlineData("bitrix24-v3")]
    [InlineData("vibecode")]
    [InlineData("amocrm")]
    public void NineOfTenProperties_HaveAMeaning(string api)
    {
        var all = Sum("all", RowsByApi[api]);

        Assert.True(all.Meanings * 10 >= all.Fields * 9, $"{all.Meanings} of {all.Fields}; without: {string.Join(", ", Unnamed(api).Take(80))}");
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Coverage

            What the specs say of each area, counted from them (`CoverageTests`; with `BITRIX24_WRITE_DOCS=1` it writes this page).

            - **filters**: methods with a `filter` whose fields are typed, of those with one.
            - **results**: methods that answer a type, or are known to answer nothing, and not just any JSON.
            - **fields**: of types and parameters. *certain*: a table, a flag or a list of the documentation says it, and what contradicts it is an error; *weak*: one portal's answer or prose says some of it, which warns; *shown*: known from examples, which refuses nothing.
            - **meaning**: fields that the glossary explains in IntelliSense and in messages.

            """);
        foreach (var api in Apis)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {api}\n\n| area | methods | filters | results | fields | certain | weak | shown | meaning |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
            foreach (var row in RowsByApi[api].Append(Sum("**all**", RowsByApi[api])))
            {
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| {row.Area} | {row.Methods} | {(row.Filters == 0 ? "" : $"{row.TypedFilters} of {row.Filters}")} | {row.TypedResults} | {row.Fields} | {row.Fields - row.Weak - row.Shown} | {row.Weak} | {row.Shown} | {(row.Fields == 0 ? "" : (row.Meanings * 100.0 / row.Fields).ToString("0.0", CultureInfo.InvariantCulture) + " %")} |\n");
            }
        }

        return page.ToString().ReplaceLineEndings("\n");
    }

    private static Row[] Rows(string api)
    {
        var set = SpecSets.Of(api);
        var methods = Methods(set, api).ToLookup(static m => Area(m.File));
        var types = Types(set, api).ToLookup(static t => Area(t.File));
        return [.. methods.Select(static g => g.Key).Union(types.Select(static g => g.Key)).Order(StringComparer.Ordinal).Select(area => RowOf(area, [.. methods[area]], [.. types[area]]))];
    }

    private static Row RowOf(string area, MethodSpec[] methods, TypeSpec[] types)
    {
        var filters = methods.Select(static m => m.Params.FirstOrDefault(static p => p.Name.Equals("filter", StringComparison.OrdinalIgnoreCase))).OfType<FieldSpec>().ToArray();
        var fields = Fields(methods, types).ToArray();
        return new(
            area, methods.Length, filters.Length, filters.Count(static f => f.As is View.Filter), methods.Count(static m => m.NoResult || (m.Result is { } r && Innermost(r.Type).Kind is not (TypeKind.Json or TypeKind.Unstated))),
            fields.Length, fields.Count(static f => f.Field is { Guessed: false, Weak.Count: > 0 }), fields.Count(static f => f.Field.Guessed),
            fields.Count(static f => Glossary.Of(f.Owner, f.Field.Name) is not null));
    }

    private static Row Sum(string name, IReadOnlyCollection<Row> rows) => new(
        name, rows.Sum(static r => r.Methods), rows.Sum(static r => r.Filters), rows.Sum(static r => r.TypedFilters), rows.Sum(static r => r.TypedResults),
        rows.Sum(static r => r.Fields), rows.Sum(static r => r.Weak), rows.Sum(static r => r.Shown), rows.Sum(static r => r.Meanings));

    private static IEnumerable<string> Unnamed(string api)
    {
        var set = SpecSets.Of(api);
        return Fields([.. Methods(set, api)], [.. Types(set, api)]).Where(static f => Glossary.Of(f.Owner, f.Field.Name) is null)
            .GroupBy(static f => f.Field.Name).OrderByDescending(static g => g.Count()).Select(static g => $"{g.Key} {g.Count()}");
    }

    private static IEnumerable<(string Owner, FieldSpec Field)> Fields(MethodSpec[] methods, TypeSpec[] types) =>
        types.SelectMany(static t => t.Fields.Select(f => (CSharpNames.Of(t, null), f)))
            .Concat(methods.SelectMany(static m => m.Params.Select(p => (CSharpNames.Stem(m, null), p))));

    private static IEnumerable<MethodSpec> Methods(SpecSet set, string api) => set.MethodNames(api).Select(n => set.FindMethod(n, api)!);

    private static IEnumerable<TypeSpec> Types(SpecSet set, string api) => set.Files.Where(f => f.Api == api).SelectMany(static f => f.Types);

    private static TypeRef Innermost(TypeRef type) => type.Kind is TypeKind.Array or TypeKind.Map ? Innermost(type.Element!) : type;

    private static string Area(string file) => file.Split('.')[0];

    private sealed record Row(string Area, int Methods, int Filters, int TypedFilters, int TypedResults, int Fields, int Weak, int Shown, int Meanings);
}

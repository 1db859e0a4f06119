using System.Text;
using Bitrix24.Gen.Analyzers.Tests.Harness;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Of every method name that specs have, and of names that they do not have, the analyzers say what <c>b24-spec check</c> says, with the same weight.</summary>
public class EveryNameTests
{
    private const string Clients = Sample.RawUsings + """
        public sealed class Portal(Bitrix24Credentials credentials) : Bitrix24Client(credentials);
        [VibeCodeClient("deals")] public sealed partial class Vibe(Bitrix24Credentials credentials) : Bitrix24Client(credentials);
        [AmoCrmClient("widgets")] public sealed partial class Amo(Bitrix24Credentials credentials) : Bitrix24Client(credentials);
        """;

    // Verbs that there are not, entities that there are not, names of another API, parts of names, and names that look like paths.
    private static readonly string[] Wrong =
    [
        "bizproc.list", "bizproc-templates.list", "catalog.lst", "catalogs.list", "deals.remove", "deals.add", "deal.list", "deals.gte", "deals",
        "deals.", "deals.list.all", "list", "batch", "batch.run", "crm.deal.list", "crm.item.list", "user.current", "profile", "server.time",
        "biconnector.dataset.add", "landing.repowidget.register", "tasks.task.list", "widgets.instal", "widgets.list2", "account.get", "v1.deals.list",
        "v1", "entity.list", "zzz.qqq", "me.set", "userfields.remove", "sale.order.list", "items", "search",
        "crm.deals.list", "crm.deal.lst", "task.list", "biconnector.dataset.gte", "landing.block", "vendor.module.method", "user", "im.bot",
    ];

    [Theory]
    [InlineData("vibecode", "vibe", 200)]
    [InlineData("amocrm", "amo", 5)]
    [InlineData("bitrix24-v3", "portal", 50)]
    [InlineData("bitrix24", "portal", 1500)]
    public async Task Analyzers_and_check_say_the_same_of_each_name(string api, string client, int atLeast)
    {
        var files = SpecText.All(api);
        var specs = SpecSet.Create(files.Select(static s => SpecReader.Read(s.Path, s.GetText().ToString())));
        var known = specs.MethodNames(api);
        Assert.True(known.Count >= atLeast, $"{known.Count} names");
        var wrong = Wrong.Where(name => specs.FindMethod(name, api) is null && specs.Profile(api).Batch?.Is(name) != true).ToList();
        Assert.True(wrong.Count >= 30, $"{wrong.Count} wrong names");
        List<(string Name, string Parameters)> calls =
        [
            .. known.Where(name => specs.Profile(api).Batch?.Is(name) != true).Select(static name => (name, "{}")),
            .. wrong.Select(static name => (name, """{"id":1}""")),
        ];

        var found = await FindAsync(api, client, calls, files);

        var differences = calls.Zip(found)
            .Select(p => (p.First.Name, Said: Show(p.Second.Select(static d => (d.Id, d.Severity.ToString()))), Expected: Show(SpecValidator
                .ValidateCall(specs, api, p.First.Name, JsonReader.Read(p.First.Parameters).Root).Select(static v => (v.RuleId, v.Severity.ToString())))))
            .Where(static p => p.Said != p.Expected)
            .Select(static p => $"{p.Name}: check says {p.Expected}, the analyzers {p.Said}");
        Assert.Empty(differences);
        Assert.All(found.Skip(calls.Count - wrong.Count), static d => Assert.Equal("B24101", Assert.Single(d).Id));
    }

    private static async Task<List<List<Diagnostic>>> FindAsync(
        string api, string client, List<(string Name, string Parameters)> calls, System.Collections.Immutable.ImmutableArray<SpecText> files)
    {
        var source = new StringBuilder("static class Sample { static async Task RunAsync(Portal portal, Vibe vibe, Amo amo) {\n");
        foreach (var (name, parameters) in calls)
        {
            source.Append("await ").Append(client).Append(".CallAsync(").Append(Quote(api == "bitrix24-v3" ? "v3/" + name : name))
                .Append(", ").Append(Quote(parameters)).Append(");\n");
        }

        source.Append("} }");
        var compilation = Analysis.Compile([("Clients.cs", Clients), ("Sample.cs", source.ToString())]);
        Verify.AssertCompiles(compilation, "Sample.cs");
        var found = calls.Select(static _ => new List<Diagnostic>()).ToList();
        foreach (var diagnostic in await Analysis.RunAsync(compilation, files))
        {
            // Advice on usage is not what check gives.
            if (string.CompareOrdinal(diagnostic.Id, "B24200") < 0 && diagnostic.Location.SourceTree!.FilePath == "Sample.cs")
                found[diagnostic.Location.GetLineSpan().StartLinePosition.Line - 1].Add(diagnostic);
        }

        return found;
    }

    private static string Show(IEnumerable<(string Id, string Severity)> findings) =>
        string.Join(", ", findings.Select(static f => $"{f.Id} {f.Severity}").Order(StringComparer.Ordinal));

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}

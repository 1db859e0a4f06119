using Bitrix24.Gen.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Sources that people are in the middle of typing: whatever they are, the analyzers do not fail.</summary>
public class RobustnessTests
{
    private static readonly string[] Seeds =
    [
        """await portal.CallAsync("biconnector.dataset.add", new { fields = new { name = "Sales", fields = new[] { new { name = "ID", type = "int" } } } });""",
        """await portal.CallAsync("biconnector.dataset.update", new Dictionary<string, object?> { ["id"] = 5, ["fields"] = new JsonObject { ["name"] = "x" } });""",
        """await portal.CallAsync("biconnector.dataset.list", $"{{\"page\":1,\"filter\":{{\">=id\":{id}}}}}");""",
        """"await portal.CallAsync("biconnector.dataset.list", """{"page":1,"order":{"id":"UP"}}""" + @"");"""",
        """await portal.BiConnector.Dataset.AddAsync(new() { SourceId = 3, Name = "Sales", Fields = [new() { Type = "text", Name = "id" }, .. other] });""",
        """try { await portal.BiConnector.Dataset.GetAsync(-1); } catch (Bitrix24ApiException e) when (e.Code is "A" or "B" || e is { Code: "C" }) { switch (e.Code) { case "D": break; } }""",
        """foreach (var each in new[] { 1, 2 }) await portal.SendAsync(new DatasetListRequest { Page = each });""",
        """using var mine = new Portal(Bitrix24Credentials.Webhook("https://acme.bitrix24.com/rest/1/k3j5h2k3j4h5k2/")); await mine.CallAsync("batch");""",
        """var field = new DatasetFieldCreate { Type = DatasetFieldType.Int, Name = "a\u0041\x41\U00000041", ExternalCode = null! }; field.Name = field.Name + "x"; field = field;""",
    ];

    private static readonly string[] Odd =
    [
        "await portal.CallAsync(;", "await portal.CallAsync(\"", "await portal.CallAsync(\"biconnector.dataset.get\", new {",
        "await portal.CallAsync(\"biconnector.dataset.get\", new { = 5 });", "await portal.CallAsync(\"biconnector.dataset.get\", new { id = });",
        "await portal.CallAsync(\"\", null);", "await portal.CallAsync(null!);", "await portal.CallAsync(\".\", new { });", "await portal.CallAsync(\"..a..\", new { });",
        "await portal.CallAsync(parameters: new { }, method: \"biconnector.dataset.get\");", "portal.CallAsync;", "await portal.CallAsync();",
        "await portal.CallAsync(\"biconnector.dataset.get\", $\"\"\"\n{\n\"\"\");", "await portal.CallAsync(\"biconnector.dataset.get\", \"\"\"\n  {\n \"id\": 5}\n   \"\"\");",
        "await portal.CallAsync(\"biconnector.dataset.get\", \"{\\\"id\\\":\\uD800}\");", "await portal.CallAsync(\"biconnector.dataset.get\", \"\\U7FFFFFFF\");",
        "await portal.CallAsync(\"biconnector.dataset.get\", new Dictionary<string, object?> { [\"a\", \"b\"] = 1, { \"c\" }, { \"d\", 1, 2 }, [null!] = 1 });",
        "await portal.CallAsync(\"biconnector.dataset.get\", new int[,] { { 1 } });", "await portal.CallAsync(\"biconnector.dataset.get\", new[] { });",
        "var a = b; var b = a; await portal.CallAsync(a, new { id = b });", "string a = a + \"x\"; await portal.CallAsync(a);",
        "await portal?.CallAsync(\"biconnector.dataset.gte\", new { id })!;", "dynamic d = portal; await d.CallAsync(\"biconnector.dataset.get\", new { id = \"x\" });",
        "await portal.SendAsync(default(DatasetListRequest)!);", "await portal.SendAsync(new());", "await portal.SendAsync<int>(null!);",
        "new DatasetFieldCreate() { Name = { } };", "new DatasetFieldCreate() { Nam = \"x\", = };", "var x = new DatasetCreate { Fields = { new() { Name = \"a\" } } };",
        "try { } catch { }", "try { await portal.BiConnector } catch (Bitrix24ApiException e) when (e.Code == ) { }", "catch (Exception) { }",
        "foreach (var x in ) await portal.BiConnector.Dataset.GetAsync(x);", "for (;;) await portal.CallAsync(\"biconnector.dataset.get\", new { id });",
        "[Bitrix24Client(] partial class C;", "[Bitrix24Client(null, 5, new[] { \"x\" })] class C<T> { [Bitrix24Client] struct S; }", "#error x", "\0\u0001{|}", "goto case 5;",
    ];

    [Fact]
    public async Task No_source_makes_an_analyzer_fail()
    {
        // Every seed cut short at many places, and with stretches taken out: some four hundred sources, a file each.
        var sources = Odd.Concat(Seeds).Concat(Seeds.SelectMany(Cut)).Distinct().ToList();
        Assert.True(sources.Count > 300, $"{sources.Count} sources");

        foreach (var chunk in sources.Chunk(100))
        {
            var compilation = Analysis.CompileTyped(
                chunk.Select(static (s, i) => ($"Sample{i}.cs", Sample.Statements(s).Replace("class Sample", $"class Sample{i}", StringComparison.Ordinal))));
            await Analysis.RunAsync(compilation, SpecText.OfRepository);
        }
    }

    [Fact]
    public async Task Message_of_a_diagnostic_is_one_line_that_shows_what_it_is()
    {
        string[] statements =
        [
            """await portal.CallAsync("crm.deal.H", new { id = 5 });""",
            """await portal.CallAsync("biconnector.dataset.get", new { id = "H" });""",
            """await portal.CallAsync("biconnector.dataset.list", new Dictionary<string, object?> { ["H"] = 5, ["select"] = new[] { "H" }, ["order"] = new Dictionary<string, string> { ["H"] = "H" } });""",
            """await portal.CallAsync("biconnector.dataset.get", "{\"id\":\"H\",\"H\":1");""",
            """try { await portal.BiConnector.Dataset.GetAsync(1); } catch (Bitrix24ApiException e) when (e.Code == "H") { }""",
        ];
        var source = Sample.Statements(string.Join('\n', statements).Replace("H", HostileText.Json, StringComparison.Ordinal));
        var own = new[]
        {
            SpecText.Own("/p/hostile.b24.json", $$"""{ "api": "bitrix24", "{{HostileText.Json}}": 1, "types": { "Box": { "fields": { "a": { "type": "{{HostileText.Json}}" } } } } }"""),
            SpecText.Own("/p/a\nother.cs(1,1): error CS9999: forged.b24.json", """{ "api": "bitrix24", "typs": {} }"""),
        };

        var diagnostics = (await Analysis.RunAsync(Analysis.CompileTyped([("Sample.cs", source)]), [.. SpecText.OfRepository, .. own]))
            .Where(static d => d.Id.StartsWith("B24", StringComparison.Ordinal)).ToList();

        Assert.InRange(diagnostics.Count, 7, int.MaxValue);
        Assert.Contains(diagnostics, static d => d.GetMessage(null).Contains("CS9999: forged.b24.json", StringComparison.Ordinal));
        Assert.All(diagnostics, static d => Assert.True(HostileText.IsClean(d.ToString()), d.ToString()));
    }

    [Fact]
    public async Task No_spec_file_makes_an_analyzer_fail()
    {
        var text = SpecText.OfRepository.Single(static s => s.Path.EndsWith("biconnector.dataset.b24.json", StringComparison.Ordinal)).GetText().ToString();
        var broken = Enumerable.Range(0, 60).Select(i => text.Remove(i * text.Length / 60, Math.Min(i * 7 + 1, text.Length - (i * text.Length / 60))));
        var compilation = Analysis.CompileTyped([("Sample.cs", Sample.Statements(Seeds[0] + Seeds[4]))]);

        foreach (var each in broken)
            await Analysis.RunAsync(compilation, [SpecText.Own("/project/biconnector.dataset.b24.json", each)]);
    }

    [Fact]
    public async Task Generated_sources_are_not_analysed()
    {
        var compilation = Analysis.CompileTyped([("Sample.g.cs", "// <auto-generated/>\n" + Sample.Statements(Seeds[0]))]);

        Assert.Empty(await Analysis.RunAsync(compilation, SpecText.OfRepository));
    }

    private static IEnumerable<string> Cut(string seed)
    {
        for (var i = 1; i < 24; i++)
            yield return seed[..(i * seed.Length / 24)];
        for (var i = 0; i < 20; i++)
            yield return seed.Remove(i * seed.Length / 20, Math.Min(1 + (i % 9), seed.Length - (i * seed.Length / 20)));
    }
}

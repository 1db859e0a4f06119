using System.Text.RegularExpressions;
using Bitrix24.Gen.Analyzers.Tests.Harness;
using Bitrix24.Gen.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Fixes of a whole solution: twice in one document and once in another, for each rule that has a fix. Those of other rules are in <see cref="FixTests"/>.</summary>
public partial class FixAllTests
{
    private static readonly SpecText Spec = SpecText.Own("/project/things.b24.json", """
        {
          "api": "bitrix24",
          "events": { "ONTHINGADD": {}, "ONTHINGDELETE": {} },
          "placements": { "THING_DETAIL_TAB": {} },
          "methods": {
            "things.bind": { "params": { "event": { "type": "string", "codes": "event" } } },
            "things.place": { "params": { "PLACEMENT": { "type": "string", "codes": "placement" } } },
            "things.get": { "params": { "id": { "type": "int", "required": true } }, "errors": { "THING_NOT_FOUND": "Not found" } },
            "things.fetch": { "deprecated": true, "replacement": "things.get", "params": { "id": { "type": "int", "required": true } } },
            "things.load": { "superseded": true, "replacement": "things.get", "params": { "id": { "type": "int", "required": true } } }
          }
        }
        """);

    public static TheoryData<string, string> Statements => new()
    {
        { "await portal.CallAsync({|B24114:\"things.fetch\"|}, new { id });", "await portal.CallAsync(\"things.get\", new { id });" },
        { "await portal.CallAsync({|B24120:\"things.load\"|}, new { id });", "await portal.CallAsync(\"things.get\", new { id });" },
        { "await portal.CallAsync(\"things.bind\", new { @event = {|B24118:\"ONTHINGAD\"|} });", "await portal.CallAsync(\"things.bind\", new { @event = \"ONTHINGADD\" });" },
        { "await portal.CallAsync(\"things.place\", new { PLACEMENT = {|B24118:\"THING_DETAIL_TABS\"|} });", "await portal.CallAsync(\"things.place\", new { PLACEMENT = \"THING_DETAIL_TAB\" });" },
        { "try { await portal.CallAsync(\"things.get\", new { id }); } catch (Bitrix24ApiException e) when (e.Code == {|B24201:\"THING_NOTFOUND\"|}) { }",
          "try { await portal.CallAsync(\"things.get\", new { id }); } catch (Bitrix24ApiException e) when (e.Code == \"THING_NOT_FOUND\") { }" },
    };

    public static TheoryData<string, string> Clients => new()
    {
        { "[Bitrix24Client({|B24020:\"biconector\"|})] public partial class Client#;", "[Bitrix24Client(\"biconnector\")] public partial class Client#;" },
        { "[Bitrix24Client(\"biconnector\")] public class {|B24021:Client#|};", "[Bitrix24Client(\"biconnector\")] public partial class Client#;" },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public Task Statements_of_all_documents_are_fixed_at_once(string statement, string fixedStatement) => VerifyFix.AllAsync(
        [$"{{ {statement} }} {{ {statement} }}", statement], [$"{{ {fixedStatement} }} {{ {fixedStatement} }}", fixedStatement], Spec);

    [Theory]
    [MemberData(nameof(Clients))]
    public Task Client_classes_of_all_documents_are_fixed_at_once(string client, string fixedClient) => VerifyFix.SourcesAsync(
        [Numbered(client, 1) + Numbered(client, 2), Numbered(client, 3)], [Numbered(fixedClient, 1) + Numbered(fixedClient, 2), Numbered(fixedClient, 3)]);

    [Fact]
    public void Every_rule_with_a_fix_is_fixed_in_all_documents_by_a_test()
    {
        var fixable = typeof(RenameFixProvider).Assembly.GetTypes().Where(static t => !t.IsAbstract && t.IsSubclassOf(typeof(CodeFixProvider)))
            .SelectMany(static t => ((CodeFixProvider)Activator.CreateInstance(t)!).FixableDiagnosticIds);
        IEnumerable<TheoryData<string, string>> cases = [Statements, Clients, FixTests.Renames, FixTests.Removals, FixTests.Additions, FixTests.Conversions, FixTests.OtherMethods];
        var tested = cases.SelectMany(static c => c).SelectMany(static row => Marks().Matches((string)row[0])).Select(static m => m.Groups[1].Value);

        Assert.Equal(fixable.Distinct().Order(), tested.Distinct().Order().Intersect(fixable));
    }

    private static string Numbered(string client, int number) => client.Replace("#", number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    [GeneratedRegex(@"\{\|(B24\d{3}):", RegexOptions.None, 1000)]
    private static partial Regex Marks();
}

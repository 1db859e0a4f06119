using System.Text;
using Bitrix24.Gen.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>
/// What the documents say of calls (tests/Fixtures/seed-statements.tsv), as the compiler reports it: each call of a statement that
/// holds for analyzers, as JSON in a raw call.
/// </summary>
public class StatementTests
{
    private const string Clients = Sample.RawUsings + """
        public sealed class Portal(Bitrix24Credentials credentials) : Bitrix24Client(credentials);
        [VibeCodeClient("deals")] public sealed partial class Vibe(Bitrix24Credentials credentials) : Bitrix24Client(credentials);
        [AmoCrmClient("widgets")] public sealed partial class Amo(Bitrix24Credentials credentials) : Bitrix24Client(credentials);
        """;

    private static readonly Dictionary<string, string> ClientNames = new(StringComparer.Ordinal)
    {
        ["breaks"] = "portal",
        ["warns"] = "portal",
        ["passes"] = "portal",
        ["vbreaks"] = "vibe",
        ["vwarns"] = "vibe",
        ["vpasses"] = "vibe",
        ["abreaks"] = "amo",
        ["awarns"] = "amo",
        ["apasses"] = "amo",
    };

    [Fact]
    public async Task Calls_of_the_statements_are_reported_and_those_that_hold_are_not()
    {
        var calls = Calls().ToList();
        var source = new StringBuilder("static class Statements { static async Task RunAsync(Portal portal, Vibe vibe, Amo amo) {\n");
        var starts = new List<int>();
        foreach (var call in calls)
        {
            starts.Add(source.Length);
            source.Append("await ").Append(call.Client).Append(".CallAsync(\"").Append(call.Method).Append("\", ")
                .Append(Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(call.Parameters, quote: true)).Append(");\n");
        }

        source.Append("} }");
        var compilation = Analysis.Compile([("Clients.cs", Clients), ("Sample.cs", source.ToString())]);
        Verify.AssertCompiles(compilation, "Sample.cs");
        var found = calls.Select(static _ => new List<(string Id, string Message)>()).ToList();
        foreach (var diagnostic in await Analysis.RunAsync(compilation, SpecText.OfRepository))
        {
            // Advice on usage is not what a statement is about.
            if (string.CompareOrdinal(diagnostic.Id, "B24200") < 0 && diagnostic.Location.SourceTree!.FilePath == "Sample.cs")
                found[starts.FindLastIndex(s => s <= diagnostic.Location.SourceSpan.Start)].Add((diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
        }

        var wrong = calls.Zip(found)
            .Where(static p => p.First.Rule is { } rule
                ? !p.Second.Exists(d => d.Id == rule && d.Message.Contains(p.First.Says, StringComparison.Ordinal))
                : p.Second.Exists(static d => d.Id != "B24114"))
            .Select(static p => $"{p.First.Number} {p.First.Method} {p.First.Parameters}: {p.First.Rule ?? "nothing"} {p.First.Says} expected, {string.Join(", ", p.Second)} found");
        Assert.Empty(wrong);
        Assert.True(calls.Count > 300, $"{calls.Count} calls");
    }

    private static IEnumerable<(int Number, string Client, string Method, string Parameters, string? Rule, string Says)> Calls()
    {
        foreach (var line in File.ReadLines(RepositoryRoot.PathTo("tests", "Fixtures", "seed-statements.tsv")))
        {
            if (line.StartsWith('#') || line.Split('\t') is not [_, var number, var holds, _, _, var checks, ..] || !holds.Contains('A', StringComparison.Ordinal))
                continue;
            foreach (var check in checks.Split(" && "))
            {
                var row = int.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
                if (check.Split(' ') is [("method" or "vmethod" or "amethod") and var named, var name])
                {
                    yield return (row, ClientNames[named.Replace("method", "passes", StringComparison.Ordinal)], name + "x", "{}", "B24101", name);
                    continue;
                }

                if (check.Split(' ', 3) is not [var kind, var method, var rest] || !ClientNames.TryGetValue(kind, out var client))
                    continue;
                var parts = rest.Split(" => ");
                yield return (row, client, method, parts[0], parts.Length > 1 ? parts[1].Split(' ')[0] : null, parts.ElementAtOrDefault(2) ?? "");
            }
        }
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Importer.Incoming;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>
/// Writes tests/Fixtures/incoming.jsonl, the shapes of what the pages show of events, placements and callbacks, where
/// BITRIX24_DOCS names a folder of the documentation. Texts of the pages stay out: a value that is no number, date, flag or
/// code becomes the word "text".
/// </summary>
public sealed partial class IncomingFixture
{
    [Fact]
    public void Shown_payloads_are_written_where_a_folder_is_named()
    {
        if (Environment.GetEnvironmentVariable("BITRIX24_DOCS") is not { Length: > 0 } docs)
            return;
        var incoming = DocImporter.Import(DocFolder.Load(docs, static _ => { }).Docs).Incoming;
        var areas = incoming.Files.SelectMany(static f => f.Events.Select(e => (e.Code, f.Name)).Concat(f.Placements.Select(p => (p.Code, f.Name)))).ToDictionary(static c => c.Code, static c => c.Name.Split('.')[0], StringComparer.Ordinal);
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var e in incoming.Events)
            lines.UnionWith(e.Examples.Select(static shown => shown.Find("data")?.Value).OfType<JsonNode>().Select(data => Line("event", areas[e.Code], e.Code, data)));
        foreach (var p in incoming.Placements.Where(static p => p.Example is not null))
            lines.UnionWith(p.Codes.Where(areas.ContainsKey).Select(c => Line("placement", areas[c], c, p.Example!)));
        foreach (var c in incoming.Callbacks.Where(static c => c.Example is not null))
            lines.Add(Line("callback", c.Method.File.Split('.')[0], c.Name, c.Example!));
        File.WriteAllText(Path.Combine(Bitrix24.Gen.Testing.RepositoryRoot.Folder, "tests", "Fixtures", "incoming.jsonl"), string.Join("\n", lines) + "\n");
    }

    private static string Line(string kind, string area, string code, JsonNode value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return $$"""{"kind":"{{kind}}","area":"{{area}}","code":"{{code}}","sent":{{text}}}""";
    }

    private static void Write(StringBuilder text, JsonNode value)
    {
        switch (value)
        {
            case JsonObject members:
                text.Append('{');
                for (var i = 0; i < members.Properties.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",").Append(new JsonString(default, members.Properties[i].Name).ToJsonText()).Append(':');
                    Write(text, members.Properties[i].Value);
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(text, items.Items[i]);
                }

                text.Append(']');
                break;
            case JsonString { Value: var given } when given.Length > 0 && !FactPattern().IsMatch(given):
                text.Append("\"text\"");
                break;
            default:
                text.Append(value.ToJsonText());
                break;
        }
    }

    [GeneratedRegex(@"^(undefined|-?\d+([.:,/T -]\d+)*([+-]\d\d:?\d\d|Z)?|[YN]|true|false|[A-Z][A-Z0-9_]*)$", RegexOptions.NonBacktracking)]
    private static partial Regex FactPattern();
}

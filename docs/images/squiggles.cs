// Draws a C# file with what the compiler reported in it, as an editor shows it:
//   dotnet build PROJECT -p:ErrorLog=FILE.sarif,version=2.1
//   dotnet run docs/images/squiggles.cs -- FILE.sarif SOURCE.cs OUT.svg
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

const int LineHeight = 20, CharWidth = 8, Left = 16, Top = 16;
if (args is not [var sarif, var source, var output])
{
    Console.Error.WriteLine("usage: squiggles FILE.sarif SOURCE.cs OUT.svg");
    return 1;
}

var lines = File.ReadAllLines(source);
var notes = Read(sarif, Path.GetFileName(source));
var svg = new StringBuilder();
var y = Top;
var width = 0;
for (var i = 0; i < lines.Length; i++)
{
    y += LineHeight;
    svg.Append(CultureInfo.InvariantCulture, $"<text x='{Left}' y='{y}' xml:space='preserve'>{Colored(lines[i])}</text>\n");
    width = Math.Max(width, lines[i].Length);
    var baseline = y;
    foreach (var note in notes.Where(n => n.Line == i + 1))
    {
        var (from, to) = (Left + (note.Start - 1) * CharWidth, Left + (note.End - 1) * CharWidth);
        var wave = string.Concat(Enumerable.Range(0, Math.Max(1, (to - from) / 4)).Select(k => $" l2 {(k % 2 == 0 ? -3 : 3)} l2 0"));
        svg.Append(CultureInfo.InvariantCulture, $"<path d='M{from} {baseline + 4}{wave}' class='{note.Level}'/>\n");
        y += LineHeight;
        var text = $"{note.Rule}: {note.Text}";
        svg.Append(CultureInfo.InvariantCulture, $"<text x='{from}' y='{y}' class='note {note.Level}' xml:space='preserve'>{WebUtility.HtmlEncode(text)}</text>\n");
        width = Math.Max(width, note.Start + text.Length);
    }
}

var (w, h) = (2 * Left + width * CharWidth, y + Top);
File.WriteAllText(output, string.Create(CultureInfo.InvariantCulture, $$"""
    <svg xmlns="http://www.w3.org/2000/svg" width="{{w}}" height="{{h}}" viewBox="0 0 {{w}} {{h}}" font-family="Consolas, Menlo, 'DejaVu Sans Mono', monospace" font-size="13.3">
    <style>
    text { fill: #d4d4d4 } .k { fill: #569cd6 } .s { fill: #ce9178 } .t { fill: #4ec9b0 } .c { fill: #6a9955 }
    path { fill: none; stroke-width: 1.4 } path.error { stroke: #f14c4c } path.warning { stroke: #cca700 } path.note { stroke: #3794ff }
    .note { font-style: italic } text.error { fill: #f48771 } text.warning { fill: #e2c08d }
    </style>
    <rect width="100%" height="100%" rx="8" fill="#1e1e1e"/>
    {{svg}}</svg>
    """) + "\n");
return 0;

static List<Note> Read(string sarif, string file)
{
    using var document = JsonDocument.Parse(File.ReadAllText(sarif));
    var notes = new List<Note>();
    foreach (var result in document.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray())
    {
        var rule = result.GetProperty("ruleId").GetString()!;
        if (!rule.StartsWith("B24", StringComparison.Ordinal))
            continue;
        var position = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        if (!position.GetProperty("artifactLocation").GetProperty("uri").GetString()!.EndsWith(file, StringComparison.Ordinal))
            continue;
        var region = position.GetProperty("region");
        notes.Add(new(
            rule, result.GetProperty("level").GetString()!, result.GetProperty("message").GetProperty("text").GetString()!,
            region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32(), region.GetProperty("endColumn").GetInt32()));
    }

    return notes;
}

static string Colored(string line) => Regex.Replace(
    WebUtility.HtmlEncode(line).Replace("&quot;", "\"", StringComparison.Ordinal),
    """(?<c>//.*$)|(?<s>"[^"]*")|\b(?<k>using|var|await|new|static|class|public|partial|async|true|false|null|int)\b""",
    static m => m.Groups["c"].Success ? $"<tspan class='c'>{m.Value}</tspan>"
        : m.Groups["s"].Success ? $"<tspan class='s'>{m.Value}</tspan>"
        : m.Groups["k"].Success ? $"<tspan class='k'>{m.Value}</tspan>" : m.Value,
    RegexOptions.None, TimeSpan.FromSeconds(1));

internal sealed record Note(string Rule, string Level, string Text, int Line, int Start, int End);

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Importer.Pages;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>
/// Reduces the rows of documented error tables to facts: which mistake in which parameters has which code and text. See
/// docs/spec-format.md, "What documented errors are about".
/// </summary>
internal static partial class ErrorMeanings
{
    /// <summary>The caller lacks a right.</summary>
    private const string Rights = "denied";

    /// <summary>Servers say it in a sentence.</summary>
    private const int LongestText = 80;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Codes such as 0 and 100 stand for several mistakes; longer ones for one, whatever their text says.</summary>
    private const int Generic = 4;

    public static void Write(IEnumerable<MethodDoc> methods, string folder)
    {
        foreach (var api in methods.GroupBy(static m => m.Api))
        {
            var lines = api.GroupBy(static m => m.Name, StringComparer.OrdinalIgnoreCase)
                .Select(static g => g.First())
                .OrderBy(static m => m.Name, StringComparer.Ordinal)
                .Select(static m => (m.Name, Rows: Rows(m)))
                .Where(static m => m.Rows.Count > 0)
                .Select(static m => $"    {JsonSerializer.Serialize(m.Name)}: {m.Rows.ToJsonString(Plain)}");
            File.WriteAllText(
                Path.Combine(folder, $"errors.{api.Key}.state.json"),
                $"{{\n  \"api\": \"{api.Key}\",\n  \"errors\": {{\n{string.Join(",\n", lines)}\n  }}\n}}\n");
        }
    }

    private static JsonArray Rows(MethodDoc method)
    {
        var words = Words(method);
        var usual = UsualStatus(method.Page);
        // What an answer says as a whole that lists fields, pages word in several ways.
        var rows = new JsonArray([.. ErrorTables.Shown(method.Responses).Where(static e => e.Message is not null && e.Code.Contains("V3_EXCEPTION_VALIDATION_", StringComparison.Ordinal)).DistinctBy(static e => e.Code)
            .Select(static e => new JsonObject { ["rule"] = "whole", ["code"] = e.Code, ["text"] = e.Message })]);
        var examples = Examples(Documentation.Request(method)).ToList();
        var shown = ErrorTables.Shown(method.Responses).Where(static e => e.Message is not null).ToList();
        // Tables with statuses in the column of codes: the answers that the page shows have the code.
        var coded = shown.Select(static e => e.Code).FirstOrDefault(static c => !StatusCode().IsMatch(c) && !c.Contains(' ', StringComparison.Ordinal));
        // What a page shows as an answer, a server said.
        foreach (var (error, cells) in shown.Select(static e => (Error: e, Cells: (IReadOnlyList<string>)[e.Message!]))
            .Concat(ErrorTables.Rows(method.Page, shown.Exists(static e => e.Code.Length == 0))))
        {
            // The last cell explains; before it stands the server's own text, and then the code.
            var explained = cells[^1];
            var all = string.Join(" | ", cells);
            if ((Rule(explained) ?? Rule(error.Message ?? "") ?? (Refused().IsMatch(all) && !OfPortal().IsMatch(all) ? Rights : null)) is not { } rule)
                continue;
            // Of several rights that a page speaks of, a caller who has none lacks the first.
            if (rule == Rights && rows.Any(static r => r?["rule"]?.GetValue<string>() == Rights))
                continue;
            // Who calls is no mistake of a parameter.
            if (rule == "required" && OfCaller().IsMatch(all))
                continue;
            var isStatus = StatusCode().IsMatch(error.Code);
            // Or those answers have as their code what the table has beside the status.
            var told = isStatus && coded is null && error.Message is { } beside && shown.Exists(e => e.Code == beside || e.Code.Contains(' ', StringComparison.Ordinal)) ? Plainly(beside) : null;
            var row = new JsonObject { ["rule"] = rule, ["code"] = told ?? (isStatus && coded is not null ? coded : error.Code) };
            if (rule == Rights && error.Code.Contains(' ', StringComparison.Ordinal))
                (row["code"], row["text"]) = ("", Plainly(error.Code));
            else if (told is not null)
                row["text"] = shown.FirstOrDefault(e => e.Code == told)?.Message ?? Plainly(Inline.PlainText(explained));
            else if ((error.Message ?? Quoted(explained) ?? shown.FirstOrDefault(e => e.Code == error.Code && (Rule(e.Message!) ?? (e.Code.Length > Generic && !Denied().IsMatch(e.Message!) ? rule : null)) == rule)?.Message) is { } said && Plainly(said) is var text && (text != error.Code || text.Contains(' ', StringComparison.Ordinal)))
            {
                // What the page shows of one field, its row says of all.
                if (error.Message is null && Subject(said).FirstOrDefault() is { } shownField)
                    text = text.Replace(shownField, "{field}", StringComparison.Ordinal);
                text = Angled().Replace(text, "{${name}}");
                text = NamedByX().Replace(text, static m => m.Groups["lead"].Value + (m.Value.StartsWith("id", StringComparison.OrdinalIgnoreCase) ? "{value}" : "{field}"));
                row["text"] = rule == "notFound" ? ExampleId().Replace(text, "${lead}{value}").Replace("'id'", "'{value}'", StringComparison.Ordinal) : text;
            }

            // A table of codes and explanations alone: what is not there, or is there already, an explanation says as the server may.
            else if (rule is "notFound" or "unique" or Rights && error.Message is null && cells.Count <= 2 && Inline.PlainText(explained).Trim().TrimEnd('.') is { Length: > 0 and <= LongestText } sole && !explained.Contains('`', StringComparison.Ordinal))
                row["text"] = sole;

            if ((error.Status ?? usual) is { } status)
                row["status"] = status;
            var cell = cells.FirstOrDefault(c => c.Contains($"`{error.Code}`", StringComparison.Ordinal));
            var names = Names(string.Join(" | ", cells.Where(c => c != cell))).Concat(Subject(error.Message))
                .Where(n => n != error.Code && !n.Equals(error.Message, StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (names.Count > 0)
                row["names"] = new JsonArray([.. names.Select(static n => (JsonNode)n)]);
            // A value of the page's example in the text of its row is what the call gives.
            if (rule == "unique" && row["text"]?.GetValue<string>() is { } sentence
                && examples.FirstOrDefault(e => names.Contains(e.Name, StringComparer.OrdinalIgnoreCase) && sentence.Split(' ', '\'', '"', '`').Contains(e.Value)) is { Value: { } example })
                row["text"] = sentence.Replace(example, "{value}", StringComparison.Ordinal);
            if (rule == "required" && GivenEmpty().IsMatch(all) && !LeftOut().IsMatch(all))
                row["given"] = true;
            if (Inside().IsMatch($"{error.Code} {all}"))
                row["inner"] = true;
            // "Details in the error description" says nothing of a field of that name.
            var spoken = NoLetter().Split(all.ToLowerInvariant().Replace("error description", "", StringComparison.Ordinal))
                .ToHashSet(StringComparer.Ordinal);
            var about = words.Where(spoken.Contains).ToList();
            if (about.Count > 0)
                row["about"] = new JsonArray([.. about.Select(static w => (JsonNode)w)]);
            // What is shown as an answer and stands in the table, the row tells more of.
            if (rows.FirstOrDefault(r => Same(r!, row)) is { } before)
                rows.Remove(before);
            rows.Add(row);
        }

        return rows;

        static bool Same(JsonNode one, JsonNode other) => one["names"] is null && other["names"] is not null
            && Array.TrueForAll(["rule", "code", "text"], k => one[k]?.ToJsonString() == other[k]?.ToJsonString());
    }

    /// <summary>Pages whose errors are answered as successes say so above the answer that they show.</summary>
    private static int? UsualStatus(DocPage page) =>
        page.Sections.Where(static s => s.Title.StartsWith("Error", StringComparison.Ordinal)).SelectMany(static s => s.AllBlocks()).OfType<Paragraph>()
            .Select(static p => AnyStatus().Match(p.Text)).FirstOrDefault(static m => m.Success) is { } first && first.Groups["status"].Value == "200" ? 200 : null;

    /// <summary>The server's own text, with which an explanation begins.</summary>
    private static string? Quoted(string explained) => Quote().Match(explained) is { Success: true } quote ? quote.Groups["text"].Value : null;

    /// <summary>The texts of an example, with the names of their parameters or members; short ones may stand in a text by chance.</summary>
    private static IEnumerable<(string Name, string Value)> Examples(JsonNode? example)
    {
        const int Shortest = 6;
        return example switch
        {
            JsonObject members => members.SelectMany(m => m.Value is JsonValue v && v.TryGetValue<string>(out var text) ? text.Length < Shortest ? [] : [(m.Key, text)] : Examples(m.Value)),
            JsonArray items => items.SelectMany(Examples),
            _ => [],
        };
    }

    /// <summary>Tables copy answers as they stand in JSON, and add remarks.</summary>
    private static string Plainly(string text)
    {
        text = Escaped().Replace(text, static m => ((char)int.Parse(m.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()).Replace("\\/", "/", StringComparison.Ordinal);
        text = text.Replace(" (internal error)", "", StringComparison.Ordinal);
        return text.Length > 1 && text[0] == '"' && text.IndexOf('"', 1) < 0 ? text[1..] : text;
    }

    /// <summary>Words that say of which record an error speaks: of the method's name and of its parameters, and the usual ones.</summary>
    private static List<string> Words(MethodDoc method) =>
        [.. method.Name.Split('.').SkipLast(1).Concat(method.Params.Members.Select(static f => IdEnd().Replace(f.Name, ""))).Append("owner").Append("file").Append("folder").Append("template")
            .Select(static w => WordBreak().Replace(w, "$1 $2").Split(' ')[0].ToLowerInvariant()).Where(static w => w.Length > 2).Distinct(StringComparer.Ordinal)];

    private static string? Rule(string text)
    {
        if (text.Length == 0 || NoModule().IsMatch(text))
            return null;
        if (Taken().IsMatch(text))
            return "unique";
        var absent = NotGiven().IsMatch(text);
        if (absent && !Missing().IsMatch(text))
            return "required";
        if (Missing().IsMatch(text))
            return "notFound";
        if (absent)
            return "required";
        if (Denied().IsMatch(text))
            return null;
        if (Typed().IsMatch(text))
            return "type";
        return Wrong().IsMatch(text) ? "value" : null;
    }

    private static IEnumerable<string> Names(string text) =>
        NamePattern().Matches(text).Select(static m => m.Groups["name"].Value).Select(static n => n[(n.LastIndexOfAny(['.', '[']) + 1)..].TrimEnd(']')).Where(static n => n.Length > 1);

    /// <summary>The field that a text begins with: "ENTITY_ID is not defined", "Parameter CODE is not defined".</summary>
    private static IEnumerable<string> Subject(string? text) => text is not null && Beginning().Match(text) is { Success: true } match ? [match.Groups["name"].Value] : [];

    [GeneratedRegex("^`(?<text>[^` ]+( [^` ]+)+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Quote();

    /// <summary>The parameter is there, without a value.</summary>
    [GeneratedRegex(@"\bempty (string|value)\b[^|]*\b(passed|provided|specified|given)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex GivenEmpty();

    [GeneratedRegex(@"\b(missing|absent|omitted|left out|(not|never) (passed|provided|specified|given|set|filled))\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex LeftOut();

    [GeneratedRegex("application context|client ?id", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex OfCaller();

    [GeneratedRegex(@"^HTTP [Ss]tatus: \*\*(?<status>[0-9]{3})", RegexOptions.NonBacktracking)]
    private static partial Regex AnyStatus();

    [GeneratedRegex("^40[0-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex StatusCode();

    [GeneratedRegex(
        @"^((The field )?(?<name>[A-Z][A-Z0-9]*(_[A-Z0-9]+)+|[a-z]+[A-Z][A-Za-z0-9]*)|(Parameter|Field) (?<name>[A-Z][A-Z0-9_]*))"
        + @" is (not (defined|specified|set|provided|passed)|required|empty)",
        RegexOptions.NonBacktracking)]
    private static partial Regex Beginning();

    // The id or the code of the page's example.
    [GeneratedRegex(@"(?<lead>\b(id|ID|Id|identifier) (= )?['№`]?)[0-9]+|(?<lead>\bcode `)[a-z]+", RegexOptions.NonBacktracking)]
    private static partial Regex ExampleId();

    [GeneratedRegex(@"already (exist|taken|used|registered|added|in use|has|occupied|bound|bind|set)|\b(must be|not) unique|is occupied", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Taken();

    [GeneratedRegex(
        @"\b(not|never|wasn't|isn't|aren't) (been )?(passed|provided|specified|set|given|filled|transmitted|sent|defined|indicated|supplied)|\bmissing\b|\b(is|"
        + @"are|was|were|be|an?|contains) empty|^empty\b|null or empty|could not find value for parameter|without a valid|\brequired\b|validation error of incoming parameters",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex NotGiven();

    [GeneratedRegex(
        @"not (been )?found|(does|do|did) not exist|\bnot exists\b|(doesn't|don't) exist|non-?existent|nonexistent|\bno [a-z ]{1,40} (with|exists?)\b|(was|been|"
        + @"is) (already )?deleted|could not find (entity|line)|do not exist|no such",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Missing();

    [GeneratedRegex(
        @"access|credentials|permission|rights|administrator|tariff|\bplan\b|license|limit|quota|installed|module|scope|context|internal|fatal|server error",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Denied();

    [GeneratedRegex(
        @"not (as )?an? (array|object|integer|number|string|list|indexed)|non-?(array|numeric|indexed)|requires data type|(must|should) be (an? |of type )?(array|object|integer|"
        + @"number|indexed|list)|not in (object|array) format|(wrong|invalid|incorrect) ((data|value) )?type|not in array|expected to be of type",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Typed();

    [GeneratedRegex(
        @"value other than|must not exceed|(cannot|must not) be empty|not in the list|out of range|invalid|incorrect|wrong|unknown|unsupported|not supported|less than|too long|too short|must be|"
        + @"inadmissible|not allowed",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Wrong();

    [GeneratedRegex(@"(inside|within|in) (the )?`?fields|structure|fields of the|inner|DTOVALIDATION", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Inside();

    [GeneratedRegex(@"[`'""](?<name>[A-Za-z][A-Za-z0-9_]*([.\[][A-Za-z0-9_]+\]?)*)( <=? 0)?[`'""]", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"_?(id|ids|ID|Id|Ids)$", RegexOptions.NonBacktracking)]
    private static partial Regex IdEnd();

    // The pages write X for what varies.
    [GeneratedRegex(@"(?<lead>\b(id|ID|Id|parameter|field|entity) )(X\b|`X`)", RegexOptions.NonBacktracking)]
    private static partial Regex NamedByX();

    [GeneratedRegex("<(?<name>[A-Z]+(_[A-Z]+)+)>", RegexOptions.NonBacktracking)]
    private static partial Regex Angled();

    [GeneratedRegex(@"\\u(?<code>[0-9A-Fa-f]{4})", RegexOptions.NonBacktracking)]
    private static partial Regex Escaped();

    [GeneratedRegex(
        @"access[ _](is )?denied|insufficient (access )?(permissions?|rights)|(no|not|without) (have |enough |sufficient )*(access |the )*(permissions?|rights)"
        + @"|don't have (access|permissions?|rights)|administrator (rights|authori[sz]ation)|action (is )?not allowed",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Refused();

    /// <summary>What another portal, plan or kind of call would have.</summary>
    [GeneratedRegex("context|tariff|plan|licen[sc]e|module|scope|webhook|credentials|token|install|application|intranet", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex OfPortal();

    [GeneratedRegex("module (is )?not (found|installed)|please install", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex NoModule();

    [GeneratedRegex("[^a-z]+", RegexOptions.NonBacktracking)]
    private static partial Regex NoLetter();

    [GeneratedRegex("([a-z])([A-Z])", RegexOptions.NonBacktracking)]
    private static partial Regex WordBreak();
}

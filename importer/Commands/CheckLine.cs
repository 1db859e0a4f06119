using System.Text;
using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Mcp;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary>A line of <c>b24-spec check</c>'s input.</summary>
/// <param name="Id">As it stood in the input; null when there was none.</param>
/// <param name="Content">Parameters or response.</param>
internal sealed record CheckLine(JsonNode? Id, string Api, string Method, JsonNode? Content)
{
    /// <summary>The parameters of a call; words such as <c>&lt;your id&gt;</c> stand for values that nobody knows, and names may be those of a form.</summary>
    public JsonNode? Parameters => Content is null ? null : Placeholders.Forget(FormNames.Expand(Content));

    public string Label => Id switch { JsonString s => s.Value, null => Method, _ => Id.ToJsonText() };

    /// <summary>Reads a line; null when it is no call, with the reason.</summary>
    public static CheckLine? Read(string line, bool response, IReadOnlyCollection<string> apis, out string? problem)
    {
        var read = JsonReader.Read(line);
        if (read.Root is not JsonObject root)
        {
            problem = read.Error is { } error ? $"column {error.Range.Column + 1}: {error.Message}" : "expected an object with \"method\".";
            return null;
        }

        var key = response ? "response" : "params";
        var content = root.Find(key)?.Value;
        var api = root.Find("api")?.Value;
        problem = root.Find("method")?.Value is not JsonString { Value.Length: > 0 } ? "\"method\" is missing, or not a text."
            : api is not (null or JsonNull or JsonString) ? "\"api\" is not a text."
            : api is JsonString { Value: var named } && !apis.Contains(named) ? $"there are no specs of the API \"{named}\"; there are {string.Join(", ", apis)}."
            : content is null && Misnamed(root, key) is { } given ? $"\"{given}\" is no key of a line; write \"{key}\"."
            : response && content is null ? $"\"response\" is missing.{(root.Find("params") is null ? "" : " The line is a call: leave --responses out.")}"
            : !response && content is null && root.Find("response") is not null ? "\"params\" is missing. The line is an answer: add --responses."
            : null;
        if (problem is not null)
            return null;
        return new CheckLine(root.Find("id")?.Value, (api as JsonString)?.Value ?? SpecSet.DefaultApi, ((JsonString)root.Find("method")!.Value).Value,
            response || content is not JsonNull ? content : null);
    }

    // {"method": …, "parameters": {…}}: checked without them, the call would lack everything.
    private static string? Misnamed(JsonObject line, string key) =>
        line.Properties.FirstOrDefault(p => p.Name.StartsWith(key[..^1], StringComparison.OrdinalIgnoreCase))?.Name;

    /// <summary>The output line.</summary>
    public static string Write(JsonNode? id, IReadOnlyList<SpecViolation> violations, ProfileSpec api)
    {
        var text = new StringBuilder("{\"id\":").Append(id?.ToJsonText() ?? "null").Append(",\"violations\":[");
        for (var i = 0; i < violations.Count; i++)
        {
            var violation = violations[i];
            text.Append(i > 0 ? "," : "").Append("{\"rule\":").Append(Quote(violation.RuleId)).Append(",\"path\":").Append(Quote(violation.Path))
                .Append(",\"code\":").Append(violation.Code is null ? "null" : Quote(violation.Code))
                .Append(",\"severity\":").Append(Quote(violation.Severity.ToString().ToLowerInvariant()))
                .Append(",\"message\":").Append(Quote(violation.Message)).Append(",\"fix\":").Append(Quote(FixText.Of(violation, api))).Append('}');
        }

        return text.Append("]}").ToString();
    }

    private static string Quote(string text) => new JsonString(default, text).ToJsonText();
}

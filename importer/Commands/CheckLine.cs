using System.Text;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary>A line of <c>b24-spec check</c>'s input.</summary>
/// <param name="Id">As it stood in the input; null when there was none.</param>
/// <param name="Content">Parameters or response.</param>
internal sealed record CheckLine(JsonNode? Id, string Api, string Method, JsonNode? Content)
{
    public string Label => Id switch { JsonString s => s.Value, null => Method, _ => Id.ToJsonText() };

    /// <summary>Reads a line; null when it is no call.</summary>
    public static CheckLine? Read(string line, bool response)
    {
        if (JsonReader.Read(line).Root is not JsonObject root || root.Find("method")?.Value is not JsonString method)
            return null;
        var content = root.Find(response ? "response" : "params")?.Value;
        if (response && content is null)
            return null;
        var api = root.Find("api")?.Value is JsonString { Value.Length: > 0 } named ? named.Value : SpecSet.DefaultApi;
        return new CheckLine(root.Find("id")?.Value, api, method.Value, content is JsonNull ? null : content);
    }

    /// <summary>Why a line could not be read.</summary>
    public static string Problem(string line, bool response)
    {
        var read = JsonReader.Read(line);
        return read.Error is { } error ? $"column {error.Range.Column + 1}: {error.Message}"
            : $"expected an object with \"method\"{(response ? " and \"response\"" : "")}.";
    }

    /// <summary>The output line.</summary>
    public static string Write(JsonNode? id, IReadOnlyList<Violation> violations)
    {
        var text = new StringBuilder("{\"id\":").Append(id?.ToJsonText() ?? "null").Append(",\"violations\":[");
        for (var i = 0; i < violations.Count; i++)
        {
            var violation = violations[i];
            text.Append(i > 0 ? "," : "").Append("{\"rule\":").Append(Quote(violation.RuleId)).Append(",\"path\":").Append(Quote(violation.Path))
                .Append(",\"code\":").Append(violation.Code is null ? "null" : Quote(violation.Code))
                .Append(",\"severity\":").Append(Quote(violation.Severity.ToString().ToLowerInvariant()))
                .Append(",\"message\":").Append(Quote(violation.Message)).Append('}');
        }

        return text.Append("]}").ToString();
    }

    private static string Quote(string text) => new JsonString(default, text).ToJsonText();
}

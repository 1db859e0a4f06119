using System.Text.Json.Nodes;
using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Pages;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>A documented call of a method with what the same page shows as its answer.</summary>
/// <param name="Api">The API.</param>
/// <param name="Method">The method.</param>
/// <param name="Page">The page.</param>
/// <param name="Parameters">The first request with a JSON body; null: the page has none.</param>
/// <param name="Answer">The first answer that is no error; null: the page has none.</param>
/// <param name="Codes">The error codes that the page lists, with those of the answers that it shows.</param>
/// <param name="Operation">What the importer takes the method for.</param>
/// <param name="Coded">The parameters of the first call in JavaScript or PHP, where the page has no JSON body.</param>
/// <param name="Others">The page's further answers that are no errors, of calls with other parameters.</param>
internal sealed record DocumentedCall(
    string Api, string Method, string Page, JsonObject? Parameters, JsonObject? Answer, IReadOnlyCollection<string> Codes, string Operation, JsonObject? Coded,
    IReadOnlyList<JsonObject> Others)
{
    /// <summary>The method's name without its last word.</summary>
    public string Area => Method.Contains('.', StringComparison.Ordinal) ? Method[..Method.LastIndexOf('.')] : Method;

    /// <summary>The last word of the method's name.</summary>
    public string Verb => Method[(Method.LastIndexOf('.') + 1)..];
}

/// <summary>Reads calls and answers out of a copy of the documentation.</summary>
internal static class Documentation
{
    public static IReadOnlyList<MethodDoc> Methods(string folder)
    {
        var pages = Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => DocPage.Read(Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText(file)));
        return DocImporter.Import(new DocSet(pages)).Methods;
    }

    public static IReadOnlyList<DocumentedCall> Read(string folder)
    {
        return [.. Methods(folder).OrderBy(static m => m.Api, StringComparer.Ordinal).ThenBy(static m => m.Name, StringComparer.Ordinal).Select(static m => new DocumentedCall(
            m.Api,
            m.Name,
            m.Page.Path,
            Node(Example(m, m.Requests)),
            Envelope(Node(m.Responses.FirstOrDefault(static r => r is { Root: not null, IsError: false })?.Root)),
            [.. m.Errors.Concat(m.Errors.Count == 0 ? [] : ErrorTables.Shown(m.Responses)).Select(static e => e.Code).Distinct()],
            m.Operation.ToString(),
            Node(Example(m, m.CodeRequests)),
            [.. m.Responses.Where(static r => r is { Root: not null, IsError: false }).Skip(1).Select(static r => Envelope(Node(r.Root))).OfType<JsonObject>().Where(static a => a["result"] is JsonObject or JsonArray)]))];
    }

    /// <summary>The parameters of the request that the page shows.</summary>
    public static JsonObject? Request(MethodDoc method) => Node(Example(method, method.Requests));

    private static Specs.JsonNode? Example(MethodDoc method, IEnumerable<RequestExample> requests) =>
        requests.FirstOrDefault(r => r.Parameters is not null && method.Name.Equals(r.Method, StringComparison.OrdinalIgnoreCase))?.Parameters;

    /// <summary>Some pages close a brace too late: <c>time</c>, <c>total</c> and <c>next</c> then stand within the result.</summary>
    private static JsonObject? Envelope(JsonObject? answer)
    {
        if (answer?["result"] is not JsonObject result || result["time"] is not JsonObject time || !time.ContainsKey("start") || !time.ContainsKey("finish"))
            return answer;
        foreach (var name in new[] { "time", "total", "next" })
        {
            if (result.Remove(name, out var value))
                answer.TryAdd(name, value);
        }

        return answer;
    }

    private static JsonObject? Node(Specs.JsonNode? node) => Converted(node) as JsonObject;

    // Member by member: some examples have a name twice, and the last one counts.
    private static JsonNode? Converted(Specs.JsonNode? node)
    {
        switch (node)
        {
            case Specs.JsonObject members:
                var copy = new JsonObject();
                foreach (var property in members.Properties)
                    copy[property.Name] = Converted(property.Value);
                return copy;
            case Specs.JsonArray list:
                return new JsonArray([.. list.Items.Select(Converted)]);
            default:
                return node is null ? null : JsonNode.Parse(node.ToJsonText());
        }
    }
}

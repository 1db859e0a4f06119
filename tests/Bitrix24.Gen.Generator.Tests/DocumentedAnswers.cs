using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Generator.Tests.Harness;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>Answers in the form of every documented one: the specs keep their names and kinds of values, each value here is one that no other has.</summary>
internal static class DocumentedAnswers
{
    public static IReadOnlyDictionary<string, JsonObject> Of(string api)
    {
        var file = JsonNode.Parse(File.ReadAllText(RepositoryRoot.PathTo("specs", "state", $"answers.{api}.state.json")))!;
        return file["answers"]!.AsObject().ToDictionary(static a => a.Key, static a => Body(a.Value!), StringComparer.Ordinal);
    }

    private static JsonObject Body(JsonNode form)
    {
        var next = 0;
        return Value(form, ref next)!.AsObject();
    }

    private static JsonNode? Value(JsonNode? form, ref int next)
    {
        switch (form)
        {
            case JsonObject names:
                var values = new JsonObject();
                foreach (var (name, kind) in names)
                    values[name == "*" ? $"key{next++}" : name] = Value(kind, ref next);
                return values;
            case JsonArray items:
                var list = new JsonArray();
                foreach (var item in items)
                    list.Add(Value(item, ref next));
                return list;
            case JsonValue kind when kind.GetValueKind() == JsonValueKind.String:
                return Scalar(kind.GetValue<string>(), next++);
            default:
                return form?.DeepClone();
        }
    }

    private static JsonNode? Scalar(string kind, int number) => kind switch
    {
        "text" => $"text{number}",
        "empty" => "",
        "url" => $"https://example.com/file/{number}",
        "int" => 70_000 + number,
        "intText" => (70_000 + number).ToString(CultureInfo.InvariantCulture),
        "float" => 70_000.5m + number,
        _ when kind.StartsWith("floatText", StringComparison.Ordinal) => (70_000.5m + number).ToString(CultureInfo.InvariantCulture),
        // False is also how servers say that there is no date or object.
        "bool" => false,
        "yn" => "Y",
        "null" => null,
        _ when kind.StartsWith("time:", StringComparison.Ordinal) =>
            new DateTimeOffset(2024, 5, 20, 10, 0, 0, TimeSpan.FromHours(3)).AddDays(number % 300).ToString(kind["time:".Length..], CultureInfo.InvariantCulture),
        _ => kind.TrimStart('='),
    };
}

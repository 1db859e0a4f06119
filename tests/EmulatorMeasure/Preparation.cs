using System.Reflection;
using System.Text.Json.Nodes;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>Calls that make what documented calls speak of, where the page that makes it has no JSON request.</summary>
/// <param name="Steps">The calls, in order.</param>
/// <param name="Names">Which area a name of an id means, where it does not follow: by <c>method:name</c> or by name.</param>
/// <param name="Areas">Areas whose records are made by another.</param>
/// <param name="Parameters">Parameters by method whose values on the page are data of its portal.</param>
internal sealed record Preparation(
    IReadOnlyList<PreparationStep> Steps, IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<string, string> Areas, IReadOnlyDictionary<string, JsonObject> Parameters)
{
    public static Preparation Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("preparation.json")!);
        var root = JsonNode.Parse(reader.ReadToEnd())!.AsObject();
        return new(
            [.. root["steps"]!.AsArray().Select(static s => new PreparationStep(
                (string?)s!["api"] ?? "bitrix24", (string)s["call"]!, s["with"]?.AsObject() ?? [], (string?)s["as"] ?? Parent((string)s["call"]!), (string?)s["id"], (bool?)s["late"] == true,
                (string?)s["for"]))],
            Texts(root, "names"),
            Texts(root, "areas"),
            root["parameters"]!.AsObject().ToDictionary(static p => p.Key, static p => p.Value!.AsObject(), StringComparer.OrdinalIgnoreCase));
    }

    private static string Parent(string method) => method[..method.LastIndexOf('.')];

    private static Dictionary<string, string> Texts(JsonObject root, string key) =>
        root[key]!.AsObject().ToDictionary(static p => p.Key, static p => (string)p.Value!, StringComparer.OrdinalIgnoreCase);
}

/// <summary>One call of the preparation.</summary>
/// <param name="Api">The API.</param>
/// <param name="Call">The method.</param>
/// <param name="With">Its parameters; <c>{area}</c> is the id of the latest record of that area.</param>
/// <param name="As">The area that the made record is of.</param>
/// <param name="Id">Where in the answer its id stands; null: where it usually does.</param>
/// <param name="Late">It belongs to records that documented calls make, and follows them.</param>
/// <param name="For">Beginnings of methods, apart by blanks, before which it is made again once an earlier call has used the record up.</param>
internal sealed record PreparationStep(string Api, string Call, JsonObject With, string As, string? Id, bool Late, string? For);

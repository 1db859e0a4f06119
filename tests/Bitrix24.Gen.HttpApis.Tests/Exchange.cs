using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>A fixture: a request, what the server answers, and what the rules say of the request.</summary>
/// <param name="OnDemand">The code of a refusal that comes neither of the call nor of the records.</param>
internal sealed record Exchange(
    string Api, string Method, string Verb, string Path, string Query, JsonNode? Body, int Status, JsonNode? Answer, IReadOnlyList<string> Violations,
    string? OnDemand)
{
    public static TheoryData<string> Names(params string[] except)
    {
        var names = new TheoryData<string>();
        foreach (var api in new[] { "amocrm", "vibecode" })
        {
            foreach (var path in Directory.GetFiles(Folder(api), "*.json").Order(StringComparer.Ordinal))
            {
                var name = $"{api}/{System.IO.Path.GetFileNameWithoutExtension(path)}";
                if (!except.Contains(name))
                    names.Add(name);
            }
        }

        return names;
    }

    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<Exchange> All() => [.. Names().Cast<object[]>().Select(static n => Load((string)n[0]))];

    public static Exchange Load(string name)
    {
        var parts = name.Split('/');
        var root = (JsonObject)JsonReader.Read(File.ReadAllText(System.IO.Path.Combine(Folder(parts[0]), parts[1] + ".json"))).Root!;
        var request = Text(root, "request").Split(' ', 2);
        var target = request[1].Split('?', 2);
        return new(
            parts[0], Text(root, "method"), request[0], target[0], target.Length > 1 ? target[1] : "",
            root.TryGet("body", out var body) ? body : null,
            root.TryGet("status", out var status) && ((JsonNumber)status).TryGetInt64(out var code) ? (int)code : 200,
            root.TryGet("answer", out var answer) ? answer : null,
            root.TryGet("violations", out var list) ? [.. ((JsonArray)list).Items.Select(static i => ((JsonString)i).Value)] : [],
            root.TryGet("onDemand", out var demand) ? ((JsonString)demand).Value : null);
    }

    private static string Folder(string api) => RepositoryRoot.PathTo("tests", "Fixtures", api);

    private static string Text(JsonObject root, string name) => root.TryGet(name, out var value) ? ((JsonString)value).Value : "";
}

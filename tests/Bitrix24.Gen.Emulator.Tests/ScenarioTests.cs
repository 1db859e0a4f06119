using System.Globalization;
using System.Text.Json;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>
/// Stretches of a portal's life, out of the documentation: <c>Scenarios/*.json</c>. A step names its page, the call and what
/// the answer must hold, or the error with its <c>text</c> and <c>status</c>; what it keeps, later steps use as <c>$name</c>. <c>applicationOnly</c>: its methods refuse webhooks; <c>v3</c>: a call of REST 3.0.
/// </summary>
public sealed class ScenarioTests
{
    private const int FewestSteps = 10;

    internal static string Folder => RepositoryRoot.PathTo("tests", "Bitrix24.Gen.Emulator.Tests", "Scenarios");

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var file in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
            {
                foreach (var scenario in JsonNode.Parse(File.ReadAllText(file))!.AsArray())
                    all.Add(Path.GetFileNameWithoutExtension(file), scenario!["scenario"]!.GetValue<string>());
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Scenario_HoldsByWebhookAndAsApplication(string file, string name)
    {
        var scenario = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, file + ".json")))!.AsArray().Single(s => s!["scenario"]!.GetValue<string>() == name)!;
        var steps = scenario["steps"]!.AsArray();
        Assert.True(steps.Count >= FewestSteps, $"\"{name}\" has {steps.Count} steps.");
        foreach (var byWebhook in scenario["applicationOnly"]?.GetValue<bool>() == true ? [false] : new[] { false, true })
        {
            await using var portal = await PortalEmulator.StartAsync();
            var kept = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
            for (var i = 0; i < steps.Count; i++)
                await StepAsync(portal, byWebhook, steps[i]!.AsObject(), kept, $"{name}, step {i + 1}");
        }
    }

    private static async Task StepAsync(PortalEmulator portal, bool byWebhook, JsonObject step, Dictionary<string, JsonNode?> kept, string where)
    {
        var method = step["call"]!.GetValue<string>();
        Assert.False(string.IsNullOrEmpty(step["page"]?.GetValue<string>()), $"{where}: no page.");
        var parameters = Filled(step["with"] ?? new JsonObject(), kept)!.ToJsonString();
        var v3 = (byWebhook ? portal.WebhookUrl : portal.RestUrl).Replace("/rest/", "/rest/api/", StringComparison.Ordinal) + method;
        var reply = step["v3"]?.GetValue<bool>() == true ? await PortalCalls.SendAsync(PortalCalls.Post(v3, parameters, byWebhook ? null : portal.AccessToken))
            : byWebhook ? await portal.CallAsWebhookAsync(method, parameters) : await portal.CallAsync(method, parameters);
        var body = reply.Body?.ToJsonString() ?? "";
        var at = $"{where}, {method} {parameters}: {(body.Length > 1500 ? body[..1500] : body)}";
        if (step["error"] is { } error)
        {
            Assert.True(reply.Error == error.GetValue<string>(), at);
            var said = reply.Description ?? (reply.Body?["error"] as JsonObject)?["message"]?.GetValue<string>() ?? "";
            Assert.True(said.Contains(step["text"]?.GetValue<string>() ?? "", StringComparison.Ordinal), at);
            Assert.True(step["status"] is null || step["status"]!.GetValue<int>() == (int)reply.Status, at);
        }
        else
        {
            Assert.True(reply.Error is null && reply.Body is JsonObject answer && answer.ContainsKey("result"), at);
        }

        foreach (var (path, expected) in step["expect"] as JsonObject ?? [])
            Expect(At(reply.Body, path), Filled(expected, kept), $"{at}\n{path}", IsThere(reply.Body, path));
        foreach (var (name, path) in step["keep"] as JsonObject ?? [])
            kept[name] = At(reply.Body, path!.GetValue<string>())?.DeepClone();
    }

    private static bool IsThere(JsonNode? body, string path) =>
        path.LastIndexOf('.') is var dot && At(body, path[..Math.Max(dot, 0)]) is JsonObject owner && owner.ContainsKey(path[(dot + 1)..]);

    private static void Expect(JsonNode? actual, JsonNode? expected, string at, bool isThere)
    {
        var word = expected is JsonValue value && value.TryGetValue<string>(out var text) && text.StartsWith('#') ? text : null;
        switch (word)
        {
            case "#text":
                Assert.True(actual?.GetValueKind() == JsonValueKind.String && actual.GetValue<string>().Length > 0, at);
                break;
            case "#number":
                Assert.True(actual?.GetValueKind() == JsonValueKind.Number, at);
                break;
            case "#list":
                Assert.True(actual is JsonArray, at);
                break;
            case "#object":
                Assert.True(actual is JsonObject, at);
                break;
            case "#bool":
                Assert.True(actual?.GetValueKind() is JsonValueKind.True or JsonValueKind.False, at);
                break;
            case "#intText":
                Assert.True(actual?.GetValueKind() == JsonValueKind.String && long.TryParse(actual.GetValue<string>(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _), at);
                break;
            case "#some":
                Assert.True(actual is JsonArray { Count: > 0 } or JsonObject { Count: > 0 } || (actual is JsonValue && actual.ToString().Length > 0), at);
                break;
            case { } part when part.StartsWith("#like ", StringComparison.Ordinal):
                Assert.True(actual?.ToString().Contains(part[6..], StringComparison.Ordinal) == true, at);
                break;
            case "#none":
                Assert.True(actual is null, at);
                break;
            case "#absent":
                Assert.False(isThere, at);
                break;
            case { } count when count.StartsWith("#count ", StringComparison.Ordinal):
                Assert.True((actual is JsonArray list ? list.Count : (actual as JsonObject)?.Count) == int.Parse(count[7..], CultureInfo.InvariantCulture), at);
                break;
            default:
                Assert.True(JsonNode.DeepEquals(Plain(actual), Plain(expected)), $"{at} is {actual?.ToJsonString() ?? "null"}, not {expected?.ToJsonString() ?? "null"}");
                break;
        }
    }

    /// <summary>Through text, so that numbers compare by value.</summary>
    private static JsonNode? Plain(JsonNode? node) => node is null ? null : JsonNode.Parse(node.ToJsonString());

    internal static JsonNode? At(JsonNode? node, string path)
    {
        foreach (var step in path.Split('.'))
        {
            node = node switch
            {
                JsonObject members => members[step],
                JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => index < list.Count ? list[index] : null,
                _ => null,
            };
        }

        return node;
    }

    internal static JsonNode? Filled(JsonNode? node, Dictionary<string, JsonNode?> kept)
    {
        switch (node)
        {
            case JsonObject members:
                return new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Filled(m.Value, kept))));
            case JsonArray list:
                return new JsonArray([.. list.Select(i => Filled(i, kept))]);
            case JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('$'):
                // "$deal:text" is the kept value as text, "$deal:number" as a number.
                var parts = text[1..].Split(':');
                var found = kept[parts[0]]?.DeepClone();
                return parts.Length == 1 ? found
                    : parts[1] == "text" ? JsonValue.Create(found?.ToString())
                    : found is null ? null : JsonNode.Parse(found.ToString());
            default:
                return node?.DeepClone();
        }
    }
}

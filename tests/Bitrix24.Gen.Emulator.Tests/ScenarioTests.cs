namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>
/// Stretches of a portal's life, out of the documentation: <c>Scenarios/*.json</c>. A step names its page, the call and what
/// the answer must hold, or the error with its <c>text</c> and <c>status</c>; what it keeps, later steps use as <c>$name</c>. <c>applicationOnly</c>: its methods refuse webhooks; <c>v3</c>: a call of REST 3.0.
/// </summary>
public sealed class ScenarioTests
{
    internal static readonly ScenarioFiles Files = new("Bitrix24.Gen.Emulator.Tests");

    public static TheoryData<string, string> All => Files.Names;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Scenario_HoldsByWebhookAndAsApplication(string file, string name)
    {
        var (scenario, steps) = Files.Find(file, name);
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
        var parameters = ScenarioSteps.Filled(step["with"] ?? new JsonObject(), kept)!.ToJsonString();
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
            ScenarioSteps.Expect(ScenarioSteps.At(reply.Body, path), ScenarioSteps.Filled(expected, kept), $"{at}\n{path}", ScenarioSteps.IsThere(reply.Body, path));
        foreach (var (name, path) in step["keep"] as JsonObject ?? [])
            kept[name] = ScenarioSteps.At(reply.Body, path!.GetValue<string>())?.DeepClone();
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>
/// Stretches of a portal's life as plain requests, out of the documentation: <c>Scenarios/*.json</c>. A step names its page and what it sends (verb and path, with
/// <c>json</c>, <c>form</c> or <c>body</c>, and <c>headers</c>), and what comes back: <c>status</c>, <c>expect</c> by path (<c>^name</c>: a header, <c>~</c>: the whole text), <c>keep</c>
/// (<c>^location?code</c>: a parameter of an address). <c>{{secret}}</c> and the like are the portal's, <c>as</c> is whose key goes along.
/// </summary>
public sealed partial class HttpScenarioTests
{
    private static readonly ScenarioFiles Files = new("Bitrix24.Gen.HttpApis.Tests");

    public static TheoryData<string, string> All => Files.Names;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Scenario_Holds(string file, string name)
    {
        var (scenario, steps) = Files.Find(file, name);
        await using var portal = await PortalEmulator.StartAsync();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        var kept = new Dictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["secret"] = portal.WebhookUrl.TrimEnd('/').Split('/')[^1],
            ["token"] = portal.AccessToken,
            ["key"] = portal.ApiKey,
            ["client"] = portal.ClientId,
            ["clientSecret"] = portal.ClientSecret,
            ["refresh"] = portal.RefreshToken,
            ["base"] = portal.PortalUrl,
            ["control"] = portal.ControlToken,
        };
        for (var i = 0; i < steps.Count; i++)
            await StepAsync(http, portal, steps[i]!.AsObject(), (steps[i]!["as"] ?? scenario["as"])?.GetValue<string>(), kept, $"{name}, step {i + 1}");
    }

    private static async Task StepAsync(HttpClient http, PortalEmulator portal, JsonObject step, string? caller, Dictionary<string, JsonNode?> kept, string where)
    {
        Assert.False(string.IsNullOrEmpty(step["page"]?.GetValue<string>()), $"{where}: no page.");
        var line = Text(step["send"]!.GetValue<string>(), kept);
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var path = line[(space + 1)..];
        using var request = new HttpRequestMessage(new HttpMethod(line[..space]), new Uri(path.StartsWith("http", StringComparison.Ordinal) ? path : portal.PortalUrl + path));
        if (caller == "vibe")
            request.Headers.Add("X-Api-Key", portal.ApiKey);
        else if (caller == "token")
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", portal.AccessToken);
        if (step["json"] is { } json)
            request.Content = new StringContent(JsonNode.Parse(Text(ScenarioSteps.Filled(json, kept)!.ToJsonString(), kept))!.ToJsonString(), Encoding.UTF8, "application/json");
        else if (step["form"] is { } form)
            request.Content = new StringContent(Text(form.GetValue<string>(), kept), Encoding.UTF8, "application/x-www-form-urlencoded");
        else if (step["body"] is { } body)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Text(body.GetValue<string>(), kept)));
        foreach (var (name, value) in step["headers"] as JsonObject ?? [])
        {
            if (name == "Content-Type")
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value!.GetValue<string>());
            else
                request.Headers.TryAddWithoutValidation(name, Text(value!.GetValue<string>(), kept));
        }

        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var at = $"{where}, {line}: {(int)answer.StatusCode} {(text.Length > 1500 ? text[..1500] : text)}";
        Assert.True((int)answer.StatusCode == (step["status"]?.GetValue<int>() ?? 200), at);
        var read = Read(text);
        foreach (var (name, wanted) in step["expect"] as JsonObject ?? [])
        {
            var expected = ScenarioSteps.Filled(wanted, kept) is { } node ? JsonNode.Parse(Text(node.ToJsonString(), kept)) : null;
            var actual = name == "~" ? text : name[0] == '^' ? Header(answer, name[1..]) : ScenarioSteps.At(read, name);
            ScenarioSteps.Expect(actual, expected, $"{at}\n{name}", ScenarioSteps.IsThere(read, name));
        }

        foreach (var (name, from) in step["keep"] as JsonObject ?? [])
        {
            var source = from!.GetValue<string>();
            kept[name] = source[0] != '^' ? ScenarioSteps.At(read, source)?.DeepClone() : source.IndexOf('?', StringComparison.Ordinal) is > 0 and var mark
                ? Regex.Match(Header(answer, source[1..mark]) ?? "", $"[?&]{source[(mark + 1)..]}=([^&]*)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value
                : Header(answer, source[1..]);
        }
    }

    private static JsonNode? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    private static string Text(string text, Dictionary<string, JsonNode?> kept) => Name().Replace(text, m => kept[m.Groups[1].Value]?.ToString() ?? "");

    [GeneratedRegex(@"\{\{(\w+)\}\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}

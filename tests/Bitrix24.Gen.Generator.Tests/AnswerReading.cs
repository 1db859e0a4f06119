using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Generator.Tests.Harness;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>A client of every area of both versions, compiled in memory.</summary>
internal sealed class AnswerReading : HttpMessageHandler
{
    /// <summary>The tests that share a reading take turns: it answers one call at a time.</summary>
    public const string Collection = "Answers";

    private static readonly Lazy<AnswerReading> SharedReading = new(static () => new());

    private readonly Bitrix24Client _portal;
    private readonly Bitrix24Client _strict;
    private readonly Dictionary<string, IBitrix24Request> _requests = new(StringComparer.Ordinal);
    private string _body = "";

    private AnswerReading()
    {
        using var image = new MemoryStream(EveryArea.Of("bitrix24").Assembly);
        var assembly = AssemblyLoadContext.Default.LoadFromStream(image);
        foreach (var type in assembly.GetTypes().Where(static t => t is { IsAbstract: false, IsClass: true } && typeof(IBitrix24Request).IsAssignableFrom(t)))
        {
            var request = (IBitrix24Request)Activator.CreateInstance(type)!;
            _requests[Key(request.Method.Api.Envelope == Bitrix24.Infrastructure.EnvelopeKind.Bitrix24V3 ? "bitrix24-v3" : "bitrix24", request.Method.Name)] = request;
        }

        _portal = Connect(assembly.GetType(EveryArea.Client)!, strict: false);
        _strict = Connect(assembly.GetType(EveryArea.Client)!, strict: true);
        Answers = [.. new[] { "bitrix24", "bitrix24-v3" }.SelectMany(static a => DocumentedAnswers.Of(a).Select(p => (Key(a, p.Key), p.Value))).Where(a => _requests.ContainsKey(a.Item1))];
    }

    public IReadOnlyList<(string Method, JsonObject Body)> Answers { get; }

    public int Requests => _requests.Count;

    public static AnswerReading Shared => SharedReading.Value;

    public bool Knows(string method) => _requests.ContainsKey(method);

    public static string Key(string api, string method) => $"{api} {method.ToLowerInvariant()}";

    public static bool IsMoment(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is ['2', '0', >= '0' and <= '9', >= '0' and <= '9', '-', ..] or [_, _, '.', _, _, '.', ..];

    // Values that no other place of the answer has, as they look once they are read.
    public static IEnumerable<string> Leaves(JsonNode? node) => AnswerNodes.Descendants(node).OfType<JsonValue>()
        .Where(static v => v.GetValueKind() is JsonValueKind.Number || (v.GetValueKind() == JsonValueKind.String && v.GetValue<string>() is { Length: > 2 } && !IsMoment(v)))
        .Select(static v => v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : v.ToJsonString());

    private Bitrix24Client Connect(Type type, bool strict) => (Bitrix24Client)Activator.CreateInstance(
        type,
        Bitrix24Credentials.AccessToken("https://example.bitrix24.com", "not-a-secret"),
        new Bitrix24ClientOptions { HttpClient = new HttpClient(this, disposeHandler: false), RateLimit = Bitrix24RateLimit.None, ValidateBeforeSending = false, StrictReading = strict, MaxRetries = 0 })!;

    /// <summary>What a user sees of the answer.</summary>
    public async Task<HashSet<string>> ReadAsync(string method, JsonObject body, List<string>? unread = null, bool collect = true)
    {
        var response = await SendAsync(_portal, method, body);
        var texts = new HashSet<string>(StringComparer.Ordinal);
        if (collect)
            Collect(response, texts, new(ReferenceEqualityComparer.Instance), unread);
        return texts;
    }

    /// <summary>What strict reading says of the answer; null: every value has the form that the spec says.</summary>
    public async Task<string?> MisfitAsync(string method, JsonObject body)
    {
        try
        {
            await SendAsync(_strict, method, body);
            return null;
        }
        catch (Bitrix24ProtocolException e)
        {
            return e.Message;
        }
    }

    private async Task<object?> SendAsync(Bitrix24Client client, string method, JsonObject body)
    {
        _body = body.ToJsonString();
        var request = _requests[method];
        var answer = request.GetType().GetInterfaces().First(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IBitrix24Request<>)).GetGenericArguments()[0];
        var call = (Task)typeof(Bitrix24Client).GetMethod(nameof(Bitrix24Client.SendForResponseAsync))!.MakeGenericMethod(answer).Invoke(client, [request, CancellationToken.None])!;
        await call;
        return call.GetType().GetProperty("Result")!.GetValue(call);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(_body, Encoding.UTF8, "application/json") });

    private static void Collect(object? value, HashSet<string> texts, HashSet<object> seen, List<string>? unread)
    {
        switch (value)
        {
            case null or JsonElement { ValueKind: JsonValueKind.Undefined }:
                break;
            case string text:
                texts.Add(text);
                break;
            case JsonElement json:
                foreach (var inner in AnswerNodes.Descendants(JsonNode.Parse(json.GetRawText())).OfType<JsonValue>())
                    texts.Add(inner.GetValueKind() == JsonValueKind.String ? inner.GetValue<string>() : inner.ToJsonString());
                break;
            case Bitrix24File file:
                texts.UnionWith([file.Id ?? "", file.Name ?? "", file.Url ?? "", file.MachineUrl ?? ""]);
                Collect(file.Extra, texts, seen, unread);
                break;
            case IDictionary map:
                texts.UnionWith(map.Keys.Cast<object>().Select(static k => $"{k}"));
                Collect(map.Values, texts, seen, unread);
                break;
            case Bitrix24Value or IFormattable:
                texts.Add(string.Format(CultureInfo.InvariantCulture, "{0}", value));
                break;
            case IEnumerable items:
                foreach (var item in items)
                    Collect(item, texts, seen, unread);
                break;
            default:
                if (!value.GetType().IsValueType && !seen.Add(value))
                    break;
                if (value is IBitrix24Enum)
                    texts.Add(value.ToString()!);
                if (value is Bitrix24Object { Extra.Count: > 0 } record)
                {
                    unread?.AddRange(record.Extra
                        .Where(static e => !e.Key.StartsWith("uf", StringComparison.OrdinalIgnoreCase))
                        .Select(e => $"not a member of {value.GetType().Name}, or of another form: {e.Key} {e.Value.GetRawText()}"));
                }
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.GetIndexParameters().Length == 0))
                    Collect(property.GetValue(value), texts, seen, unread);
                break;
        }
    }
}

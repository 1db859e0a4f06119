using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>Every documented answer is read by its generated, compiled reader: nothing throws, nothing is lost.</summary>
public class DocumentedAnswerTests(ITestOutputHelper output)
{
    private static readonly Lazy<Reading> SharedReading = new(static () => new());

    [Fact]
    public async Task EveryDocumentedAnswer_IsReadWithAllItsValues()
    {
        var (values, misfits, lost) = (0, new List<string>(), new List<string>());
        foreach (var (method, body) in SharedReading.Value.Answers)
        {
            var read = await SharedReading.Value.ReadAsync(method, body);
            var all = Leaves(body["result"]).ToArray();
            values += all.Length;
            lost.AddRange(all.Where(v => !read.Contains(v)).Select(v => $"{method}: {v}"));
            if (await SharedReading.Value.MisfitAsync(method, body) is { } misfit)
                misfits.Add($"{method}: {misfit}");
        }

        output.WriteLine($"{SharedReading.Value.Answers.Count} answers of {SharedReading.Value.Requests} methods read, {values} values, {lost.Count} lost; {misfits.Count} answers hold a value of another form than the spec says.");
        foreach (var misfit in misfits)
            output.WriteLine("  " + misfit);
        Assert.True(SharedReading.Value.Answers.Count > 1_500);
        Assert.True(lost.Count == 0, string.Join("\n", lost.Take(40)));
        Assert.True(misfits.Count * 100 <= SharedReading.Value.Answers.Count, string.Join("\n", misfits.Take(40)));
    }

    [Fact]
    public async Task EveryNumberAFraction_IsReadWithAllItsValues()
    {
        var (numbers, lost) = (0, new List<string>());
        foreach (var (method, original) in SharedReading.Value.Answers.Where(static a => a.Body["result"] is JsonObject or JsonArray))
        {
            var body = Replaced(original, static v => v.GetValueKind() == JsonValueKind.Number, static v => JsonValue.Create(decimal.Parse(v.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) + 0.25m));
            var read = await SharedReading.Value.ReadAsync(method, body);
            var all = AnswerNodes.Descendants(body["result"]).OfType<JsonValue>().Where(static v => v.GetValueKind() == JsonValueKind.Number).Select(static v => v.ToJsonString()).ToArray();
            numbers += all.Length;
            lost.AddRange(all.Where(n => !read.Contains(n)).Select(n => $"{method}: {n}"));
        }

        output.WriteLine($"{numbers} fractions in place of numbers, {lost.Count} lost.");
        Assert.True(lost.Count == 0, string.Join("\n", lost.Take(40)));
    }

    [Fact]
    public async Task EveryDateAnOddOne_IsRead()
    {
        var dates = 0;
        foreach (var (method, original) in SharedReading.Value.Answers)
        {
            foreach (var odd in AnswerNodes.OddDates)
            {
                var body = Replaced(original, static v => IsMoment(v), _ =>
                {
                    dates++;
                    return JsonValue.Create(odd);
                });
                await SharedReading.Value.ReadAsync(method, body, collect: false);
            }
        }

        output.WriteLine($"{dates} odd dates read.");
        Assert.True(dates > 3_000);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("false")]
    public async Task EveryObjectNothing_IsRead(string nothing)
    {
        var objects = 0;
        foreach (var (method, original) in SharedReading.Value.Answers)
        {
            for (var i = 0; i < AnswerNodes.Descendants(original["result"]).OfType<JsonObject>().Count(); i++, objects++)
            {
                var body = (JsonObject)original.DeepClone();
                AnswerNodes.Descendants(body["result"]).OfType<JsonObject>().ElementAt(i).ReplaceWith(JsonNode.Parse(nothing));
                await SharedReading.Value.ReadAsync(method, body, collect: false);
            }
        }

        output.WriteLine($"{objects} objects read as {nothing}.");
        Assert.True(objects > 3_000);
    }

    private static bool IsMoment(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is ['2', '0', '2', ..] or [_, _, '.', _, _, '.', ..];

    // Values that no other place of the answer has, as they look once they are read.
    private static IEnumerable<string> Leaves(JsonNode? node) => AnswerNodes.Descendants(node).OfType<JsonValue>()
        .Where(static v => v.GetValueKind() is JsonValueKind.Number || (v.GetValueKind() == JsonValueKind.String && v.GetValue<string>() is { Length: > 2 } && !IsMoment(v)))
        .Select(static v => v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : v.ToJsonString());

    private static JsonObject Replaced(JsonObject body, Func<JsonValue, bool> where, Func<JsonValue, JsonNode?> with)
    {
        var copy = (JsonObject)body.DeepClone();
        foreach (var value in AnswerNodes.Descendants(copy["result"]).OfType<JsonValue>().Where(where).ToList())
            value.ReplaceWith(with(value));
        return copy;
    }

    /// <summary>A client of every area of both versions, compiled in memory.</summary>
    private sealed class Reading : HttpMessageHandler
    {
        private readonly Bitrix24Client _portal;
        private readonly Bitrix24Client _strict;
        private readonly Dictionary<string, IBitrix24Request> _requests = new(StringComparer.Ordinal);
        private string _body = "";

        public Reading()
        {
            var areas = new[] { ("bitrix24", ""), ("bitrix24-v3", "v3/") };
            var names = areas.SelectMany(static a => Repository.Specs(a.Item1).Select(static f => Path.GetFileName(f.Path).Split('.')[0]).Where(static n => n != "api").Distinct().Select(n => $"\"{a.Item2}{n}\""));
            var output = GeneratorHarness.RunLean(
                $"[Bitrix24.Bitrix24Client({string.Join(", ", names)})] public partial class Portal;",
                areas.SelectMany(static a => Repository.Specs(a.Item1))).Output();
            using var image = new MemoryStream();
            var emitted = output.Emit(image);
            Assert.Empty(emitted.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error));
            image.Position = 0;
            var assembly = AssemblyLoadContext.Default.LoadFromStream(image);
            foreach (var type in assembly.GetTypes().Where(static t => t is { IsAbstract: false, IsClass: true } && typeof(IBitrix24Request).IsAssignableFrom(t)))
            {
                var request = (IBitrix24Request)Activator.CreateInstance(type)!;
                _requests[Key(request.Method.Api.Envelope == Bitrix24.Infrastructure.EnvelopeKind.Bitrix24V3 ? "bitrix24-v3" : "bitrix24", request.Method.Name)] = request;
            }

            _portal = Connect(assembly.GetType("Portal")!, strict: false);
            _strict = Connect(assembly.GetType("Portal")!, strict: true);
            Answers = [.. areas.SelectMany(a => DocumentedAnswers.Of(a.Item1).Select(p => (Key(a.Item1, p.Key), p.Value))).Where(a => _requests.ContainsKey(a.Item1))];
        }

        public IReadOnlyList<(string Method, JsonObject Body)> Answers { get; }

        public int Requests => _requests.Count;

        private static string Key(string api, string method) => $"{api} {method.ToLowerInvariant()}";

        private Bitrix24Client Connect(Type type, bool strict) => (Bitrix24Client)Activator.CreateInstance(
            type,
            Bitrix24Credentials.AccessToken("https://example.bitrix24.com", "not-a-secret"),
            new Bitrix24ClientOptions { HttpClient = new HttpClient(this, disposeHandler: false), RateLimit = Bitrix24RateLimit.None, ValidateBeforeSending = false, StrictReading = strict, MaxRetries = 0 })!;

        /// <summary>What a user sees of the answer.</summary>
        public async Task<HashSet<string>> ReadAsync(string method, JsonObject body, bool collect = true)
        {
            var response = await SendAsync(_portal, method, body);
            var texts = new HashSet<string>(StringComparer.Ordinal);
            if (collect)
                Collect(response, texts, new(ReferenceEqualityComparer.Instance));
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

        private static void Collect(object? value, HashSet<string> texts, HashSet<object> seen)
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
                    Collect(file.Extra, texts, seen);
                    break;
                case IDictionary map:
                    texts.UnionWith(map.Keys.Cast<object>().Select(static k => $"{k}"));
                    Collect(map.Values, texts, seen);
                    break;
                case Bitrix24Value or IFormattable:
                    texts.Add(string.Format(CultureInfo.InvariantCulture, "{0}", value));
                    break;
                case IEnumerable items:
                    foreach (var item in items)
                        Collect(item, texts, seen);
                    break;
                default:
                    if (!value.GetType().IsValueType && !seen.Add(value))
                        break;
                    if (value is IBitrix24Enum)
                        texts.Add(value.ToString()!);
                    foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.GetIndexParameters().Length == 0))
                        Collect(property.GetValue(value), texts, seen);
                    break;
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HandWritten.BiConnector;
using Microsoft.Extensions.Primitives;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Raw calls take what people pass.</summary>
public class RawCallTests
{
    private enum Priority
    {
        Low,
        High = 2,
    }

    [JsonConverter(typeof(JsonStringEnumConverter<Stage>))]
    private enum Stage
    {
        New,
        Won,
    }

    public static TheoryData<object> Dictionaries =>
    [
        new Dictionary<string, int> { ["a"] = 1 },
        new Dictionary<string, long> { ["a"] = 1 },
        new Dictionary<string, object> { ["a"] = 1 },
        new Dictionary<string, decimal> { ["a"] = 1m },
        new Dictionary<string, JsonNode?> { ["a"] = 1 },
        new SortedList<string, short> { ["a"] = 1 },
        new ConcurrentDictionary<string, int>([new("a", 1)]),
        new ReadOnlyDictionary<string, int>(new Dictionary<string, int> { ["a"] = 1 }),
        ImmutableDictionary<string, int>.Empty.Add("a", 1),
        new Dictionary<string, int> { ["a"] = 1 }.ToFrozenDictionary(),
        new System.Collections.Hashtable { ["a"] = 1 },
        new Pairs<int>([new("a", 1)]),
        new Pairs<byte>([new("a", 1)]),
        new Pairs<Priority>([new("a", (Priority)1)]),
        new ReadOnly([new("a", 1)]),
        new List<KeyValuePair<string, object>> { new("a", 1) },
        new System.Dynamic.ExpandoObject() is IDictionary<string, object?> expando && expando.TryAdd("a", 1) ? expando : null!,
        new System.Collections.Specialized.OrderedDictionary { ["a"] = 1 },
        new System.Collections.Specialized.HybridDictionary { ["a"] = 1 },
        JsonSerializer.SerializeToElement(new { a = 1 }),
        JsonDocument.Parse("""{"a":1}"""),
        Newtonsoft.Json.Linq.JObject.Parse("""{"a":1}"""),
        new Holder { Others = new() { ["a"] = JsonSerializer.SerializeToElement(1) } },
        new Field { a = 1 },
        new JsonObject { ["a"] = 1 },
        new { a = 1 },
        new Point(1),
    ];

    [Theory]
    [MemberData(nameof(Dictionaries))]
    public async Task Any_dictionary_or_object_is_taken_at_the_top_and_inside(object value)
    {
        Assert.Equal("""{"a":1}""", await SentAsync(value));
        Assert.Equal("""{"x":{"a":1}}""", await SentAsync(new { x = value }));
        Assert.Equal("""{"x":[{"y":{"a":1}}]}""", await SentAsync(new Dictionary<string, object?> { ["x"] = new object[] { new Dictionary<string, object> { ["y"] = value } } }));
    }

    [Fact]
    public async Task Values_are_written_as_the_server_reads_them()
    {
        var values = new Dictionary<string, object?>
        {
            ["text"] = "a",
            ["none"] = null,
            ["float"] = 0.1f,
            ["double"] = 0.1,
            ["half"] = (Half)0.5,
            ["decimal"] = 1.10m,
            ["big"] = ulong.MaxValue,
            ["flag"] = true,
            ["date"] = new DateOnly(2026, 11, 27),
            ["moment"] = new DateTimeOffset(2026, 11, 27, 3, 4, 5, TimeSpan.FromHours(3)),
            ["utc"] = new DateTime(2026, 11, 27, 3, 4, 5, DateTimeKind.Utc),
            ["number"] = Priority.High,
            ["name"] = Stage.Won,
            ["type"] = DatasetFieldType.Int,
            ["either"] = (Bitrix24Value)7,
            ["label"] = new LocalizedText("l"),
            ["labels"] = new LocalizedText { ["en"] = "l" },
            ["list"] = new[] { 1, 2 },
            ["file"] = Bitrix24File.FromBytes("a.txt", "hi"u8.ToArray()),
            ["typed"] = new DatasetUpdate { Description = "d" },
            ["record"] = new Order("x", [new(1)], Priority.Low) { Skipped = "s", When = new(2026, 1, 2) },
            ["byNumber"] = new Dictionary<int, string> { [5] = "five" },
            ["byName"] = new Dictionary<Priority, string> { [Priority.High] = "h" },
            ["huge"] = UInt128.MaxValue,
            ["bigger"] = System.Numerics.BigInteger.Pow(10, 30),
            ["letter"] = 'x',
            ["rune"] = new Rune(0x1F600),
            ["built"] = new StringBuilder("ab"),
            ["time"] = new TimeOnly(9, 30),
            ["span"] = TimeSpan.FromMinutes(90),
            ["id"] = new Guid("6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
            ["address"] = new Uri("https://a.example/я?b=1"),
            ["version"] = new Version(1, 2),
            ["database"] = DBNull.Value,
            ["maybe"] = (int?)3,
            ["choices"] = new[] { Small.B },
            ["lazy"] = Enumerable.Range(1, 2).Select(static i => i * 2),
            ["query"] = new System.Collections.Specialized.NameValueCollection { { "a", "1" }, { "b", "2" }, { "b", "3" } },
            ["quoted"] = new Quoted(5),
            ["posted"] = new StringValues("x"),
            ["several"] = new StringValues(["x", "y"]),
            ["unposted"] = StringValues.Empty,
            ["segment"] = new StringSegment("abcd", 1, 2),
            ["slice"] = "abcd".AsMemory(1, 2),
            ["byBig"] = new Dictionary<System.Numerics.BigInteger, int> { [5] = 1 },
            ["old"] = Newtonsoft.Json.Linq.JArray.Parse("[1,\"x\"]"),
        };
        const string expected =
            """
            {"text":"a","none":null,"float":0.1,"double":0.1,"half":0.5,"decimal":1.10,"big":18446744073709551615,"flag":true,"date":"2026-11-27","moment":"2026-11-27T03:04:05+03:00","utc":"2026-11-27T03:04:05+00:00","number":2,"name":"Won","type":"int","either":7,"label":"l","labels":{"en":"l"},"list":[1,2],"file":["a.txt","aGk="],"typed":{"description":"d"},"record":{"TITLE":"x","Points":[{"a":1}],"Priority":0,"When":"2026-01-02"},"byNumber":{"5":"five"},"byName":{"High":"h"},"huge":340282366920938463463374607431768211455,"bigger":1000000000000000000000000000000,"letter":"x","rune":"\uD83D\uDE00","built":"ab","time":"09:30:00","span":"01:30:00","id":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","address":"https://a.example/я?b=1","version":"1.2","database":null,"maybe":3,"choices":[1],"lazy":[2,4],"query":{"a":"1","b":["2","3"]},"quoted":{"Id":"5"},"posted":"x","several":["x","y"],"unposted":null,"segment":"bc","slice":"bc","byBig":{"5":1},"old":[1,"x"]}
            """;

        Assert.Equal(expected, await SentAsync(values));
    }

    public static TheoryData<object, string> Unfit => new()
    {
        { new { fields = new { on = (Action)(static () => { }) } }, "'fields.on'" },
        { new Dictionary<string, object?> { ["fields"] = new object[] { 1, new MemoryStream() } }, "'fields[1]'" },
        { new { a = new Dictionary<string, object> { ["b"] = double.NaN } }, "'a.b'" },
        { new { a = float.PositiveInfinity }, "'a'" },
        { new { photo = new byte[] { 1 } }, "'photo'" },
        { new { a = typeof(string) }, "'a'" },
        { new { a = new Dictionary<object, int> { [new object()] = 1 } }, "'a'" },
        { new { a = "\ud800" }, "'a'" },
        { new { a = new Loop() }, "deep" },
        { (Action)(static () => { }), "The parameters" },
        { new { a = Half.NaN }, "'a' is NaN" },
        { new { a = JsonValue.Create(double.NaN) }, "'a'" },
        { JsonValue.Create(7), "The parameters" },
        { new JsonObject { ["a"] = JsonValue.Create(float.NegativeInfinity) }, "The parameters" },
        { 7, "The parameters" },
        { Stage.Won, "The parameters" },
        { default(JsonElement), "The parameters" },
        { new { a = default(JsonElement) }, "'a'" },
        { new { a = new { b = (1, "x") } }, "'a.b'" },
        { new { a = Tuple.Create(1) }, "'a'" },
        { new { a = new ArraySegment<byte>([1, 2]) }, "'a'" },
        { new { a = new List<byte> { 1 } }, "'a'" },
        { new { a = new ReadOnlyMemory<byte>([1]) }, "'a'" },
        { new { a = Task.FromResult(1) }, "'a'" },
        { new { a = new ValueTask<int>(1) }, "'a'" },
        { new { a = new Hidden(1) }, "'a'" },
        { new { a = new Broken() }, "'a.Value' could not be read" },
        { new { a = new Dictionary<string, int> { ["\ud800"] = 1 } }, "'a'" },
        { new { a = new List<KeyValuePair<string, int>> { new("x", 1), new("x", 2) } }, "'a' has two values for 'x'" },
        { new { a = new System.Collections.Hashtable { [1] = 1, ["1"] = 2 } }, "'a' has two values for '1'" },
        { new { a = new Pairs<int>([new(null!, 1)]) }, "'a' has a key that is null" },
        { new { a = new[] { 1, 2 }.ToLookup(static i => i) }, "'a[0]'" },
        { new { a = new Newtonsoft.Json.Linq.JValue(1) }, "'a'" },
        { new { a = AsyncEnumerable() }, "'a'" },
        { new List<object> { new Self() }, "deep" },
        { new { a = new Lazy<int>(static () => 5) }, "'a'" },
        { new { a = new { b = 1..3 } }, "'a.b'" },
        { new { a = new System.Numerics.Complex(1, 2) }, "'a'" },
        { new { a = new KeyValuePair<string, int>("x", 1) }, "'a'" },
        { new { a = new FileInfo("/etc/hosts") }, "'a'" },
        { new { a = TimeZoneInfo.Utc }, "'a'" },
        { new { a = IPAddress.Loopback }, "'a'" },
        { new { a = new NetworkCredential("u", "p4ssw0rd") }, "'a'" },
        { new { a = new HttpRequestMessage() }, "'a'" },
        { new { a = new WeakReference("x") }, "'a'" },
        { new { a = new PriorityQueue<int, int>() }, "'a'" },
        { new { a = new Bitrix24Token { AccessToken = "acc3ss", RefreshToken = "r3fr3sh", ExpiresAt = default } }, "'a'" },
        { Bitrix24Credentials.Webhook("https://a.bitrix24.com/rest/1/s3cr3t/"), "The parameters" },
        { new { a = new[,] { { 1, 2 }, { 3, 4 } } }, "'a'" },
        { new { a = Failing() }, "'a' could not be read: no database" },
        { new Dictionary<string, object?> { ["a"] = new Pairs<int>(Failing().Select(static i => new KeyValuePair<string, int>("x", i))) }, "'a' could not be read: no database" },
        { Failing().Select(static i => new KeyValuePair<string, int>("x", i)), "The parameters could not be read: no database" },
        { new { a = JsonSerializer.Deserialize<JsonElement>("""{"b":"\ud800"}""") }, "'a'" },
        { new { a = JsonSerializer.Deserialize<JsonElement>("""{"\udc00":1}""") }, "'a'" },
        { JsonDocument.Parse("""{"b":["\ud800"]}"""), "The parameters" },
        { new { a = Disposed() }, "'a'" },
        { new { a = new { b = System.Text.Encoding.UTF8 } }, "'a.b'" },
        { new { a = System.Diagnostics.Process.GetCurrentProcess() }, "'a'" },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task Anything_else_is_refused_by_its_path(object value, string path)
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => SentAsync(value));

        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":[{"\udc00":1}]}""")]
    public async Task Text_of_json_that_no_call_can_carry_is_refused(string parameters)
    {
        using var client = new StubPortal { Answer = static (_, _) => (200, """{"result":true}""") }.Client();

        await Assert.ThrowsAsync<ArgumentException>(() => client.CallAsync("some.method", parameters));
    }

    private static IEnumerable<int> Failing()
    {
        yield return 1;
        throw new IOException("no database");
    }

    /// <summary>As people write them, without a cast or an exclamation mark: a warning would break the build of these tests.</summary>
    [Fact]
    public async Task Dictionaries_of_object_and_parsed_json_are_passed_as_they_are()
    {
        List<string> sent = [];
        var portal = new StubPortal
        {
            Answer = (_, body) =>
            {
                sent.Add(body);
                return (200, """{"result":true}""");
            },
        };
        using var client = portal.Client();

        await client.CallAsync("some.method", new Dictionary<string, object> { ["a"] = 1 });
        await client.CallAsync("some.method", new Dictionary<string, object?> { ["a"] = null });
        await client.CallAsync("some.method", JsonNode.Parse("""{"a":1}"""));
        await client.CallAsync("some.method", JsonNode.Parse("null"));

        Assert.Equal(["""{"a":1}""", """{"a":null}""", """{"a":1}""", "{}"], sent);
    }

    private static JsonElement Disposed()
    {
        using var document = JsonDocument.Parse("""{"b":1}""");
        return document.RootElement;
    }

    private static async Task<string> SentAsync(object value)
    {
        string? sent = null;
        var portal = new StubPortal
        {
            Answer = (_, body) =>
            {
                sent = body;
                return (200, """{"result":true}""");
            },
        };
        using var client = portal.Client();
        if (value is Dictionary<string, object?> map)
            await client.CallAsync("some.method", map);
        else
            await client.CallAsync("some.method", value);
        return sent!;
    }

    private sealed record Point([property: JsonPropertyName("a")] int A);

    private sealed record Order([property: JsonPropertyName("TITLE")] string Title, IReadOnlyList<Point> Points, Priority Priority)
    {
        [JsonIgnore]
        public string? Skipped { get; init; }

        public DateOnly When { get; init; }
    }

    private sealed class Loop
    {
        public Loop Self => this;
    }

    private static async IAsyncEnumerable<int> AsyncEnumerable()
    {
        await Task.Yield();
        yield return 1;
    }

    private enum Small : byte
    {
        A,
        B,
    }

    private sealed class Pairs<T>(IEnumerable<KeyValuePair<string, T>> pairs) : IEnumerable<KeyValuePair<string, T>>
    {
        public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => pairs.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Read-only, and no IDictionary.</summary>
    private sealed class ReadOnly(Dictionary<string, short> map) : IReadOnlyDictionary<string, short>
    {
        public ReadOnly(IEnumerable<KeyValuePair<string, short>> pairs)
            : this(new Dictionary<string, short>(pairs))
        {
        }

        public short this[string key] => map[key];

        public IEnumerable<string> Keys => map.Keys;

        public IEnumerable<short> Values => map.Values;

        public int Count => map.Count;

        public bool ContainsKey(string key) => map.ContainsKey(key);

        public bool TryGetValue(string key, out short value) => map.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<string, short>> GetEnumerator() => map.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Holder
    {
        [JsonExtensionData]
        public Dictionary<string, JsonElement> Others { get; init; } = [];
    }

    private sealed record Quoted([property: JsonNumberHandling(JsonNumberHandling.WriteAsString)] int Id);

    private struct Field
    {
        public int a;
    }

    private sealed class Hidden(int value)
    {
        public override string ToString() => $"{value}";
    }

    private sealed class Broken
    {
        public int Value => throw new InvalidOperationException("no");
    }

    /// <summary>Twice in itself at each step: who does not stop in time writes without end.</summary>
    private sealed class Self : List<object>
    {
        public Self()
        {
            Add(this);
            Add(this);
        }
    }
}

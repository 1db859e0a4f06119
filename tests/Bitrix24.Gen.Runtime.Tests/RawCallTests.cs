using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HandWritten.BiConnector;

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
        new Pairs(),
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
            ["list"] = new[] { 1, 2 },
            ["file"] = Bitrix24File.FromBytes("a.txt", "hi"u8.ToArray()),
            ["typed"] = new DatasetUpdate { Description = "d" },
            ["record"] = new Order("x", [new(1)], Priority.Low) { Skipped = "s", When = new(2026, 1, 2) },
            ["byNumber"] = new Dictionary<int, string> { [5] = "five" },
        };
        const string expected =
            """
            {"text":"a","none":null,"float":0.1,"double":0.1,"half":0.5,"decimal":1.10,"big":18446744073709551615,"flag":true,"date":"2026-11-27","moment":"2026-11-27T03:04:05+03:00","utc":"2026-11-27T03:04:05+00:00","number":2,"name":"Won","type":"int","either":7,"list":[1,2],"file":["a.txt","aGk="],"typed":{"description":"d"},"record":{"TITLE":"x","Points":[{"a":1}],"Priority":0,"When":"2026-01-02"},"byNumber":{"5":"five"}}
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
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task Anything_else_is_refused_by_its_path(object value, string path)
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => SentAsync(value));

        Assert.Contains(path, e.Message, StringComparison.Ordinal);
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

    private sealed class Pairs : IEnumerable<KeyValuePair<string, int>>
    {
        public IEnumerator<KeyValuePair<string, int>> GetEnumerator()
        {
            yield return new("a", 1);
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

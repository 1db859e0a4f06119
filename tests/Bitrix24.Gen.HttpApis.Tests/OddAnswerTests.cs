using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>What an answer has of another form than documented is neither an exception nor lost.</summary>
public class OddAnswerTests
{
    public static TheoryData<string> Names
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (var name in Exchange.Names().Cast<object[]>().Select(static row => (string)row[0]).Where(static n => Exchange.Load(n) is { Status: < 300, Answer: not null }))
                names.Add(name);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Numbers_as_text_are_numbers(string name) => AssertSame(name, static v => v.GetValueKind() == JsonValueKind.Number, static v => v.ToJsonString());

    [Theory]
    [MemberData(nameof(Names))]
    public void Lists_by_index_are_lists(string name) => AssertSame(name, static v => v is JsonArray { Count: > 0 }, static v =>
    {
        var map = new JsonObject();
        foreach (var item in (JsonArray)v)
            map[map.Count.ToString(CultureInfo.InvariantCulture)] = item?.DeepClone();
        return map;
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Booleans_in_other_forms_are_booleans(string name)
    {
        string[] yes = ["\"Y\"", "1", "\"true\"", "\"1\""];
        string[] no = ["\"N\"", "0", "\"false\"", "\"0\""];
        // What is JSON to its reader too stays as it was sent.
        string[] sent = ["true", "false", "Y", "N", "1", "0"];
        for (var i = 0; i < yes.Length; i++)
            AssertSame(name, static v => v.GetValueKind() is JsonValueKind.True or JsonValueKind.False, v => JsonNode.Parse((v.GetValue<bool>() ? yes : no)[i]), sent);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fractions_are_kept(string name)
    {
        var numbers = new List<string>();
        var read = Read(name, content => Replace(content, static v => v.GetValueKind() == JsonValueKind.Number, v =>
        {
            numbers.Add((v.GetValue<decimal>() + 0.25m).ToString(CultureInfo.InvariantCulture));
            return JsonNode.Parse(numbers[^1]);
        }));
        Assert.All(numbers, n => Assert.Contains(n, read));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Odd_dates_are_kept(string name)
    {
        foreach (var odd in AnswerNodes.OddDates)
        {
            var dates = 0;
            var read = Read(name, content => Replace(content, static v => v.GetValueKind() == JsonValueKind.String && DateTimeOffset.TryParse(v.GetValue<string>(), CultureInfo.InvariantCulture, out _), _ =>
            {
                dates++;
                return odd;
            }));
            // Zero dates are null.
            Assert.True(dates == 0 || odd[0] is '0' or '-' || read.Contains(odd) || read.Contains("2024-05-25T14:30:00.0000000+00:00"), $"{odd} is lost");
        }
    }

    /// <summary>Each value, list and object in turn is null, an empty list, false, an empty text, an object.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Anything_may_be_nothing(string name)
    {
        var count = Nodes(Content(JsonNode.Parse(Answer(name))!)).Count();
        Assert.True(count > 0, $"{name} answers nothing.");
        for (var i = 0; i < count; i++)
        {
            foreach (var nothing in new[] { "null", "[]", "false", "\"\"", "{}", "{\"odd\":[1]}" })
            {
                // No content at all where a record was asked for is an answer that says nothing, and an exception.
                if (i > 0 || nothing != "null")
                    Read(name, content => Put(Nodes(content).ElementAt(i), JsonNode.Parse(nothing)));
            }
        }
    }

    private static void AssertSame(string name, Func<JsonNode, bool> where, Func<JsonNode, JsonNode?> with, params string[] except)
    {
        var plain = Read(name, static _ => { }).Except(except, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var odd = Read(name, content => Replace(content, where, with)).Except(except, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        Assert.True(plain.SetEquals(odd), $"lost: {string.Join(", ", plain.Except(odd))}; new: {string.Join(", ", odd.Except(plain))}");
    }

    private static HashSet<string> Read(string name, Action<JsonNode> change)
    {
        var exchange = Exchange.Load(name);
        var root = JsonNode.Parse(Answer(name))!;
        change(Content(root));
        return AnswerTexts.Of(GeneratedReaderTests.Read(exchange, exchange.Status, Encoding.UTF8.GetBytes(root.ToJsonString())));
    }

    private static string Answer(string name) => Exchange.Load(name).Answer!.ToJsonText();

    // What the envelope holds: of VibeCode, of a list of amoCRM. A record of amoCRM has none.
    private static JsonNode Content(JsonNode root) => root["data"] ?? root["_embedded"] ?? root;

    private static void Replace(JsonNode content, Func<JsonNode, bool> where, Func<JsonNode, JsonNode?> with)
    {
        // From the inside, so that what is replaced is not replaced again.
        foreach (var node in Nodes(content).Reverse().Where(where).ToList())
            Put(node, with(node));
    }

    private static void Put(JsonNode node, JsonNode? value)
    {
        if (node.Parent is not null)
            node.ReplaceWith(value);
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode? node) => node switch
    {
        null => [],
        JsonObject all => all.Select(static p => p.Value).SelectMany(Nodes).Prepend(all),
        JsonArray all => all.SelectMany(Nodes).Prepend(all),
        _ => [node],
    };
}

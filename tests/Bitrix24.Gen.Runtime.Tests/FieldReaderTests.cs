using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Our reader takes and refuses what the reader of System.Text.Json takes and refuses.</summary>
public class FieldReaderTests
{
    private static readonly string[] Texts =
    [
        FuzzTests.Body, " [ 1 , -0.5e+3 ,\t\"a\\u00e9\\n\" , { } , [ ] , true , false , null ] \r\n", "\"\\ud83d\\ude00\"", "12", "\"x\"",
        """{"a\"b":{"c":[[],{}]},"long name of a field":"text longer than sixteen bytes, with é","n":123456789012345678901234567890}""",
    ];

    private static readonly string[] Broken =
    [
        "", " ", "{", "[", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "[1,]", "[,1]", "[1 2]", "{\"a\" 1}", "{a:1}",
        "01", "-", "1.", "1e", "1e+", ".5", "+1", "1x", "tru", "truex", "nul", "\"", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\t\"", "[}", "{]",
        "1 1", "[] []", "{}}", "]", "//", "[1]/**/", "'a'", "NaN", "\"a\" \"b\"",
    ];

    [Fact]
    public void Broken_text_is_refused() => Assert.All(Broken, static text =>
    {
        Assert.False(Theirs(Encoding.UTF8.GetBytes(text)).IsJson);
        Assert.False(Ours(Encoding.UTF8.GetBytes(text)).IsJson);
    });

    [Fact]
    public void Text_gives_the_tokens_of_SystemTextJson() => Assert.All(Texts, static text => AssertSame(Encoding.UTF8.GetBytes(text)));

    [Property(MaxTest = 30_000, Replay = "20261125,20261125", Arbitrary = [typeof(MutatedTexts)])]
    public void Mutated_text_gives_the_tokens_of_SystemTextJson(MutatedBytes text) => AssertSame(text.Bytes);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Depth_is_limited(int depth, bool allowed)
    {
        var lists = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        var objects = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth));
        AssertSame(lists);
        AssertSame(objects);
        Assert.Equal((allowed, allowed), (Ours(lists).IsJson, Ours(objects).IsJson));
    }

    // Compact text in the order of the type takes a shorter way than any other.
    [Theory]
    [InlineData("""{"id":7,"sourceId":3,"name":"n","description":"d","dateCreate":"2026-03-20T14:50:06+03:00","fields":[{"id":1,"type":"int","name":"A","externalCode":"a","visible":true}]}""")]
    [InlineData("""{ "id" : 7 , "sourceId" : 3 , "name" : "n" , "description" : "d" , "dateCreate" : "2026-03-20T14:50:06+03:00" , "fields" : [ { "id" : 1 , "type" : "int" , "name" : "A" , "externalCode" : "a" , "visible" : true } ] }""")]
    [InlineData("""{"fields":[{"visible":"Y","externalCode":"a","name":"A","type":"int","id":"1"}],"dateCreate":"2026-03-20T14:50:06+03:00","description":"d","name":"n","sourceId":"3","id":"7"}""")]
    [InlineData("""{"i\u0064":7,"new":1,"sourceId":3,"nam\u0065":"\u006e","description":"d","other":{"id":9},"dateCreate":"2026-03-20T14:50:06+03:00","fields":{"5":{"id":1,"type":"int","name":"A","externalCode":"a","visible":1}}}""")]
    public void Object_is_read_alike_whatever_its_layout(string json)
    {
        var dataset = Json.Read<Dataset>(json);
        var field = Assert.Single(dataset.Fields);
        Assert.Equal((7, 3, "n", "d"), (dataset.Id, dataset.SourceId, dataset.Name, dataset.Description));
        Assert.Equal(new DateTimeOffset(2026, 3, 20, 14, 50, 6, TimeSpan.FromHours(3)), dataset.DateCreate);
        Assert.Equal((1, "int", "A", "a", true), (field.Id, field.Type.Value, field.Name, field.ExternalCode, field.Visible));
    }

    private static void AssertSame(byte[] bytes)
    {
        var (theirs, ours) = (Theirs(bytes), Ours(bytes));
        var common = Math.Min(theirs.Tokens.Count, ours.Tokens.Count);
        // A token that what follows makes impossible is refused by the one itself, by the other with what follows.
        var late = theirs.IsJson ? 0 : 1;
        Assert.True(
            theirs.IsJson == ours.IsJson
                && Math.Abs(theirs.Tokens.Count - ours.Tokens.Count) <= late
                && theirs.Tokens.Take(common).SequenceEqual(ours.Tokens.Take(common)),
            $"{Convert.ToBase64String(bytes)}\n{string.Join('\n', theirs.Tokens)}\n---\n{string.Join('\n', ours.Tokens)}");
    }

    private static (bool IsJson, List<string> Tokens) Theirs(byte[] bytes)
    {
        var tokens = new List<string>();
        var reader = new Utf8JsonReader(bytes);
        try
        {
            while (reader.Read())
            {
                var text = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? Text(ref reader) : "";
                tokens.Add(Token(reader.TokenType, reader.TokenStartIndex, reader.ValueSpan, text));
            }

            return (true, tokens);
        }
        catch (JsonException)
        {
            return (false, tokens);
        }
    }

    private static (bool IsJson, List<string> Tokens) Ours(byte[] bytes)
    {
        var tokens = new List<string>();
        var reader = new FieldReader(bytes, strict: true);
        try
        {
            while (reader.Read())
            {
                var text = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? Text(ref reader) : "";
                tokens.Add(Token(reader.TokenType, reader.TokenStartIndex, reader.ValueSpan, text));
            }

            return (true, tokens);
        }
        catch (JsonException)
        {
            return (false, tokens);
        }
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "no text";
        }
    }

    private static string Text(ref FieldReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (Bitrix24ProtocolException)
        {
            return "no text";
        }
    }

    private static string Token(JsonTokenType type, long start, ReadOnlySpan<byte> value, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{type} {start} {Convert.ToHexString(value)} {text}");

    private static class MutatedTexts
    {
        public static Arbitrary<MutatedBytes> All() => FuzzTests.Mutated(Texts);
    }
}

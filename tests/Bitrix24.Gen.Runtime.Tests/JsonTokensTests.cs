using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>What the rule engine sees of a text is what System.Text.Json reads of it.</summary>
public class JsonTokensTests
{
    private const int Rounds = 1500;

    private static readonly JsonSerializerOptions[] Styles =
    [
        new() { MaxDepth = 1000 },
        new() { WriteIndented = true },
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping },
    ];

    [Fact]
    public void Random_texts_have_the_same_values()
    {
        var fuzz = new JsonFuzz(17);
        for (var i = 0; i < Rounds; i++)
        {
            var node = JsonNode.Parse(fuzz.Json());
            foreach (var style in Styles)
                Same(node?.ToJsonString(style) ?? "null");
        }
    }

    [Theory]
    [InlineData("""{"a":{"b":[1,{"c":"d"}],"e":{}},"f":[]}""")]
    [InlineData("""{"name_of_8":"seven-7","eight-88":"nine--999","sixteen-16-16-16":"seventeen-17-1717"}""")]
    [InlineData("""{"quote \" within":"slash \\","\\":"\\\\\"","пр":"привет, мир","\u0041":"\ud83d\ude00"}""")]
    [InlineData(""" { "a" : [ true , false , null , -1.5e+10 , "x" ] } """)]
    [InlineData("\"alone\"")]
    [InlineData("12")]
    public void Forms_of_texts(string json) => Same(json);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1]")]
    [InlineData("[1}")]
    [InlineData("[1")]
    [InlineData("\"a")]
    [InlineData("\"a\\")]
    [InlineData("{1:2}")]
    [InlineData("{\"a\":1}{")]
    [InlineData("1 2")]
    [InlineData("}")]
    [InlineData("#")]
    public void What_breaks_off_or_is_no_JSON_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => JsonTokens.Read(Encoding.UTF8.GetBytes(json), inBatch: false));

    [Fact]
    public void Values_nest_a_thousand_deep_and_no_deeper()
    {
        JsonTokens.Read(Encoding.UTF8.GetBytes(new string('[', 1000) + new string(']', 1000)), inBatch: false).Return();
        Assert.ThrowsAny<JsonException>(() => JsonTokens.Read(Encoding.UTF8.GetBytes(new string('[', 1001) + new string(']', 1001)), inBatch: false));
    }

    [Fact]
    public void A_part_of_a_larger_buffer_is_read_alone()
    {
        var text = Encoding.UTF8.GetBytes("xx{\"a\":\"b\"}yy");
        var tokens = JsonTokens.Read(text.AsMemory(2, text.Length - 4), inBatch: false);
        Assert.Equal("""{"a":"b"}""", Write(new JsonRuleValue(tokens)));
        tokens.Return();
    }

    private static void Same(string json)
    {
        var tokens = JsonTokens.Read(Encoding.UTF8.GetBytes(json), inBatch: false);
        using var document = JsonDocument.Parse(json);
        Assert.Equal(Write(document.RootElement), Write(new JsonRuleValue(tokens)));
        tokens.Return();
    }

    private static string Write(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(static p => $"{Quote(p.Name)}:{Write(p.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Write))}]",
        JsonValueKind.String => Quote(value.GetString()!),
        _ => value.GetRawText(),
    };

    private static string Write(JsonRuleValue value)
    {
        switch (value.Form)
        {
            case ValueForm.Object:
                return $"{{{string.Join(',', Inner(value).Select(static m => $"{Quote(m.Name)}:{Write(m)}"))}}}";
            case ValueForm.List:
                return $"[{string.Join(',', Inner(value).Select(Write))}]";
            case ValueForm.Text:
                return Quote(value.Text);
            case ValueForm.Null:
                return "null";
            default:
                return value.Text;
        }
    }

    private static List<JsonRuleValue> Inner(JsonRuleValue value)
    {
        var stack = new ValueStack<JsonRuleValue>();
        value.AddMembers(stack);
        Assert.Equal(value.Count, stack.Count);
        var all = new List<JsonRuleValue>();
        for (var i = 0; i < stack.Count; i++)
            all.Add(stack[i]);
        return all;
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}

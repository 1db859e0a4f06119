namespace Bitrix24.Gen.Specs.Tests;

public class JsonReaderTests
{
    [Fact]
    public void Positions_count_from_zero_through_every_kind_of_line_break()
    {
        const string Text = "{\r\n  \"a\": 1,\n\t\"b\": [true,\r null]\n}";
        var root = Assert.IsType<JsonObject>(JsonReader.Read(Text).Root);

        Assert.Equal(new TextRange(0, Text.Length, 0, 0, 4, 1), root.Range);
        var a = root.Find("a")!;
        Assert.Equal(new TextRange(5, 3, 1, 2, 1, 5), a.NameRange);
        Assert.Equal((1, 7), (a.Value.Range.Line, a.Value.Range.Column));
        var list = Assert.IsType<JsonArray>(root.Find("b")!.Value);
        Assert.Equal((2, 6, 3, 6), (list.Range.Line, list.Range.Column, list.Range.EndLine, list.Range.EndColumn));
        Assert.Equal((3, 1), (list.Items[1].Range.Line, list.Items[1].Range.Column));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("  ", 2)]
    [InlineData("{", 1)]
    [InlineData("{\"a\"}", 4)]
    [InlineData("{\"a\":1,}", 7)]
    [InlineData("[1,]", 3)]
    [InlineData("[1 2]", 3)]
    [InlineData("{'a':1}", 1)]
    [InlineData("{\"a\":1} x", 8)]
    [InlineData("// no", 0)]
    [InlineData("01", 1)]
    [InlineData("1.", 2)]
    [InlineData("-", 1)]
    [InlineData("1e", 2)]
    [InlineData("truth", 0)]
    [InlineData("\"a\nb\"", 2)]
    [InlineData("\"a\\x\"", 2)]
    [InlineData("\"\\u12G4\"", 1)]
    [InlineData("\"open", 5)]
    [InlineData("\u00a01", 0)]
    public void What_is_no_JSON_is_refused_at_its_place(string text, int at)
    {
        var result = JsonReader.Read(text);

        Assert.Null(result.Root);
        Assert.NotNull(result.Error);
        Assert.Equal(at, result.Error.Range.Start);
        Assert.InRange(result.Error.Range.End, at, text.Length);
    }

    [Fact]
    public void Depth_is_limited()
    {
        Assert.NotNull(JsonReader.Read(new string('[', 128) + new string(']', 128)).Root);
        Assert.Contains("deep", JsonReader.Read(new string('[', 129) + new string(']', 129)).Error!.Message, StringComparison.Ordinal);
        Assert.NotNull(JsonReader.Read(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))).Error);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped_and_counted()
    {
        var root = JsonReader.Read("\uFEFF[7]").Root;

        Assert.Equal(1, Assert.IsType<JsonArray>(root).Range.Start);
    }

    [Fact]
    public void Of_members_with_one_name_all_are_kept_and_the_last_is_found()
    {
        var few = Assert.IsType<JsonObject>(JsonReader.Read("""{"a":1,"b":2,"a":3}""").Root);
        Assert.Equal(3, few.Properties.Count);
        Assert.True(few.TryGet("a", out var last));
        Assert.Equal("3", last.ToJsonText());

        var many = Assert.IsType<JsonObject>(JsonReader.Read("{" + string.Join(",", Enumerable.Range(0, 50).Select(i => $"\"k{i % 25}\":{i}")) + "}").Root);
        Assert.Equal(50, many.Properties.Count);
        Assert.Equal("31", many.Find("k6")!.Value.ToJsonText());
        Assert.False(many.TryGet("K6", out _));
    }

    [Theory]
    [InlineData("0", true, 0)]
    [InlineData("-12", true, -12)]
    [InlineData("5.0", true, 5)]
    [InlineData("5e1", true, 50)]
    [InlineData("9223372036854775807", true, long.MaxValue)]
    [InlineData("9223372036854775808", false, 0)]
    [InlineData("1e400", false, 0)]
    [InlineData("0.5", false, 0)]
    public void Whole_numbers_are_known_in_every_spelling(string text, bool whole, long value)
    {
        var number = Assert.IsType<JsonNumber>(JsonReader.Read(text).Root);

        Assert.Equal(text, number.Text);
        Assert.Equal(whole, number.TryGetInt64(out var read));
        if (whole)
            Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("""{"a":[1,-2.5e3,true,false,null,"x"],"":{}}""")]
    [InlineData("\"\\\"\\\\ / \\n \\r \\t \\u0001 é 😀 \\ud800\"")]
    public void Compact_text_reads_as_the_same_value(string text)
    {
        var written = JsonReader.Read(text).Root!.ToJsonText();

        Assert.Equal(written, JsonReader.Read(written).Root!.ToJsonText());
        Assert.Equal(text, written);
    }

    [Fact]
    public void Escapes_are_undone()
    {
        var text = Assert.IsType<JsonString>(JsonReader.Read("""  "\"\\\/\b\f\n\r\t\u0041\ud83d\ude00" """).Root);

        Assert.Equal("\"\\/\b\f\n\r\tA😀", text.Value);
    }
}

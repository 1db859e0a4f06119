using System.Text;
using System.Text.Json;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class ReadingTests
{
    [Theory]
    [InlineData("7", 7)]
    [InlineData("\"7\"", 7)]
    [InlineData("\" 7 \"", 7)]
    [InlineData("7.0", 7)]
    [InlineData("7e0", 7)]
    [InlineData("\"7.00\"", 7)]
    [InlineData("\"\\u0037\"", 7)]
    [InlineData("-2147483648", int.MinValue)]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    [InlineData("null", 0)]
    [InlineData("\"\"", 0)]
    [InlineData("[]", 0)]
    public void Whole_number_in_every_form(string json, int expected) => Assert.Equal(expected, Read(json, JsonRead.Int));

    [Theory]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    public void Nothing_is_null_where_null_is_possible(string json)
    {
        Assert.Null(Read(json, JsonRead.IntOrNull));
        Assert.Null(Read(json, JsonRead.LongOrNull));
        Assert.Null(Read(json, JsonRead.DoubleOrNull));
        Assert.Null(Read(json, JsonRead.DecimalOrNull));
        Assert.Null(Read(json, JsonRead.DateOrNull));
        Assert.Null(Read(json, JsonRead.DateTimeOrNull));
        Assert.Null(Read(json, JsonRead.ObjectOrNull<Dataset>));
        Assert.Null(Read(json, JsonRead.FileOrNull));
        Assert.Null(Read(json, JsonRead.EnumOrNull<DatasetFieldType>));
        Assert.Empty(Read(json, JsonRead.List<Dataset>));
        Assert.Empty(Read(json, JsonRead.Map<Dataset>));
    }

    // PHP writes a date that it holds as an object so.
    [Theory]
    [InlineData("{}")]
    [InlineData("{ }")]
    public void Empty_object_is_no_date(string json)
    {
        Assert.Null(Read(json, JsonRead.DateOrNull));
        Assert.Null(Read(json, JsonRead.DateTimeOrNull));
        Assert.Equal(default, Read(json, JsonRead.DateTime));
        Assert.Throws<Bitrix24ProtocolException>(() => Read("""{"date":1}""", JsonRead.DateTimeOrNull));
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("\"seven\"")]
    [InlineData("7.5")]
    [InlineData("{}")]
    [InlineData("[7]")]
    public void What_is_no_whole_number_is_refused(string json) =>
        Assert.Throws<Bitrix24ProtocolException>(() => Read(json, JsonRead.Int));

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"Y\"", true)]
    [InlineData("\"1\"", true)]
    [InlineData("1", true)]
    [InlineData("\"true\"", true)]
    [InlineData("false", false)]
    [InlineData("\"N\"", false)]
    [InlineData("\"0\"", false)]
    [InlineData("0", false)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public void Boolean_in_every_form(string json, bool? expected) => Assert.Equal(expected, Read(json, JsonRead.BoolOrNull));

    [Theory]
    [InlineData("2025-03-21 10:30:05", "2025-03-21T10:30:05+00:00")]
    [InlineData("2025-03-21T10:30:05+03:00", "2025-03-21T10:30:05+03:00")]
    [InlineData("2025-03-21T10:30:05.250-0430", "2025-03-21T10:30:05.25-04:30")]
    [InlineData("2025-03-21T10:30:05Z", "2025-03-21T10:30:05+00:00")]
    [InlineData("2025-03-21", "2025-03-21T00:00:00+00:00")]
    [InlineData("21.03.2025 10:30:05", "2025-03-21T10:30:05+00:00")]
    [InlineData("21.03.2025", "2025-03-21T00:00:00+00:00")]
    [InlineData("03/21/2025 10:30:05 am", "2025-03-21T10:30:05+00:00")]
    [InlineData("25/05/2024 14:30:00", "2024-05-25T14:30:00+00:00")]
    [InlineData("2024/05/25 14:30", "2024-05-25T14:30:00+00:00")]
    [InlineData("5/5/2024", "2024-05-05T00:00:00+00:00")]
    [InlineData("1700000000", "2023-11-14T22:13:20+00:00")]
    public void Moment_in_every_form(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), Read($"\"{text}\"", JsonRead.DateTime));

    [Theory]
    [InlineData("\"0000-00-00\"")]
    [InlineData("\"0000-00-00 00:00:00\"")]
    [InlineData("\"0001-01-01T00:00:00+03:00\"")]
    [InlineData("\"0001-01-01T00:00:00+14:00\"")]
    [InlineData("\"-0001-11-30T00:00:00+02:30\"")]
    [InlineData("\"30.11.-0001 00:00:00\"")]
    [InlineData("\"00.00.0000\"")]
    [InlineData("\"0\"")]
    [InlineData("0")]
    public void What_stands_for_no_date_is_null(string json)
    {
        Assert.Null(Read(json, JsonRead.DateTimeOrNull));
        Assert.Null(Read(json, JsonRead.DateOrNull));
    }

    [Fact]
    public void Moment_as_seconds_with_a_fraction() =>
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1700000000500), Read("1700000000.5", JsonRead.DateTime));

    [Fact]
    public void Moment_as_seconds_since_1970() =>
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000), Read("1700000000", JsonRead.DateTime));

    [Theory]
    [InlineData("2025-02-30")]
    [InlineData("2025-03-21 25:00:00")]
    [InlineData("2025-03-21 10:30:05 Moscow")]
    [InlineData("2025-03-21T10:30:05+99:00")]
    [InlineData("05/06/2025 10:30:05")]
    [InlineData("31/31/2025")]
    [InlineData("yesterday")]
    public void What_is_no_moment_is_refused(string text) =>
        Assert.Throws<Bitrix24ProtocolException>(() => Read($"\"{text}\"", JsonRead.DateTime));

    [Fact]
    public void Text_is_read_from_scalars()
    {
        Assert.Equal("7", Read("7", JsonRead.String));
        Assert.Equal("true", Read("true", JsonRead.String));
        Assert.Equal("", Read("\"\"", JsonRead.StringOrNull));
        Assert.Null(Read("false", JsonRead.StringOrNull));
    }

    [Fact]
    public void List_is_read_from_array_numbered_object_and_single_value()
    {
        Assert.Equal([1, 2], Read("[1,\"2\"]", (ref FieldReader r) => JsonRead.List(ref r, JsonRead.Int)));
        Assert.Equal([1, 2], Read("""{"3":1,"9":"2"}""", (ref FieldReader r) => JsonRead.List(ref r, JsonRead.Int)));
        Assert.Equal([5], Read("5", (ref FieldReader r) => JsonRead.List(ref r, JsonRead.Int)));
        Assert.Equal(7, Assert.Single(Read("""{"id":7}""", JsonRead.List<Dataset>)).Id);
        Assert.Equal(Enumerable.Range(0, 1000), Read(JsonSerializer.Serialize(Enumerable.Range(0, 1000)), (ref FieldReader r) => JsonRead.List(ref r, JsonRead.Int)));
    }

    [Fact]
    public void Beside_the_numbers_of_a_list_nothing_is_an_item()
    {
        var json = """{"fields":{"0":{"id":1},"1":{"id":2},"meta":{"id":3},"total":4}}""";

        var dataset = Json.Read<Dataset>(json);

        Assert.Equal([1, 2], dataset.Fields.Select(static f => f.Id));
        Assert.Equal(3, dataset.Extra["fields"].GetProperty("meta").GetProperty("id").GetInt32());
        Assert.Throws<Bitrix24ProtocolException>(() => Read("""{"0":1,"total":4}""", (ref FieldReader r) => JsonRead.List(ref r, JsonRead.Int)));
    }

    [Fact]
    public void Map_is_read_from_object_and_array()
    {
        Assert.Equal("b", Read("""{"a":"b"}""", (ref FieldReader r) => JsonRead.Map(ref r, JsonRead.String))["a"]);
        Assert.Equal("b", Read("""["a","b"]""", (ref FieldReader r) => JsonRead.Map(ref r, JsonRead.String))["1"]);
    }

    [Fact]
    public void Escaped_names_are_found() => Assert.Equal(7, Json.Read<Dataset>("""{"\u0069d":7}""").Id);

    [Fact]
    public void Union_keeps_its_kind()
    {
        Assert.Equal((Bitrix24Value)5, Read("5", JsonRead.Value));
        Assert.Equal((Bitrix24Value)"5", Read("\"5\"", JsonRead.Value));
        Assert.NotEqual((Bitrix24Value)5, Read("\"5\"", JsonRead.Value));
        Assert.Equal(5, Read("\"5\"", JsonRead.Value).AsInt64());
    }

    [Fact]
    public void Localized_text_is_read_from_text_and_from_languages()
    {
        Assert.Equal("Leiter", Read("\"Leiter\"", JsonRead.LocalizedText).Text);
        Assert.Equal("12", Read("12", JsonRead.LocalizedText).Text);
        var languages = Read("""{"en":"Manager","de":"Leiter","fr":null}""", JsonRead.LocalizedText);
        Assert.Null(languages.Text);
        Assert.Equal(("Manager", "Leiter", null), (languages["en"], languages["de"], languages["ru"]));
        Assert.Equal("Manager", languages.ToString());
        Assert.Equal(new Dictionary<string, string> { ["en"] = "Manager", ["de"] = "Leiter", ["fr"] = "" }, languages);
        Assert.Empty(Read("[]", JsonRead.LocalizedText).Languages);
        Assert.Null(Read("null", JsonRead.LocalizedTextOrNull));
        Assert.Throws<Bitrix24ProtocolException>(() => Read("[1]", JsonRead.LocalizedText));
    }

    [Fact]
    public void Localized_text_takes_a_text_or_languages()
    {
        LocalizedText plain = "Leiter";
        Assert.Equal("Leiter", plain["de"]);
        Assert.Throws<InvalidOperationException>(() => plain["de"] = "Chef");
        var languages = new LocalizedText { ["de"] = "Leiter", ["en"] = "Manager" };
        languages["en"] = null;
        Assert.Equal(new LocalizedText { ["de"] = "Leiter" }, languages);
        Assert.NotEqual(plain, languages);
        Assert.Null((LocalizedText?)(string?)null);
    }

    [Fact]
    public void File_is_read_from_id_address_and_object()
    {
        Assert.Equal("12", Read("12", JsonRead.File).Id);
        Assert.Equal("https://x/y", Read("\"https://x/y\"", JsonRead.File).Url);
        Assert.Equal(("1", "/d"), Read("""{"id":1,"downloadUrl":"/d","showUrl":"/s"}""", JsonRead.File) is var f ? (f.Id, f.Url) : default);
    }

    private static T Read<T>(string json, JsonItemReader<T> read)
    {
        var reader = new FieldReader(Encoding.UTF8.GetBytes(json), strict: true);
        reader.Read();
        var value = read(ref reader);
        Assert.False(reader.Read(), "the value was not read to its end");
        return value;
    }
}

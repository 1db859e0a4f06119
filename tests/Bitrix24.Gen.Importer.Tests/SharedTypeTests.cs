using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>Objects of a file that say the same are one type, so that what one method answers can be given to another.</summary>
public class SharedTypeTests
{
    private const string Lid = """{"color": "red", "size": 1, "wood": "oak"}""";

    private static Docs Import(params (string Method, string Answer)[] answers) =>
        Docs.Import([.. answers.Select(static a => (Docs.FileOf(a.Method), Docs.Text(a.Method, "No parameters.", "{}", $$"""{"result": {{a.Answer}}}""")))]);

    private static string TypeOf(Docs docs, string method, params string[] path) =>
        path.Aggregate(docs.Method(method).Result!.Type, (type, field) => docs.Field(type, field).Type).ToString();

    [Theory]
    [InlineData("""{"lid": @}""", """{"box": {"lid": @}, "more": true}""", "BoxLid")]
    [InlineData("""{"lid": @}""", """{"box": {"lids": [@]}, "more": true}""", "BoxLid")]
    public void What_two_methods_answer_has_the_words_that_its_places_share(string first, string second, string expected)
    {
        var docs = Import(("shop.box.open", first.Replace("@", Lid, StringComparison.Ordinal)), ("shop.box.close", second.Replace("@", Lid, StringComparison.Ordinal)));

        Assert.Equal("shop.box/" + expected, TypeOf(docs, "shop.box.open", "lid"));
        Assert.Equal("shop.box/" + expected, TypeOf(docs, "shop.box.close", "box", second.Contains("lids", StringComparison.Ordinal) ? "lids" : "lid").TrimEnd('[', ']'));
        Assert.False(docs.Type(docs.Field(docs.Method("shop.box.open").Result!.Type, "lid").Type).Inline);
    }

    [Fact]
    public void Whole_answers_are_one_type_too_with_what_they_hold()
    {
        var answer = $$"""{"id": 1, "title": "t", "lid": {{Lid}}}""";
        var docs = Import(("shop.box.open", answer), ("shop.box.close", answer));

        Assert.Equal("shop.box/BoxResult", TypeOf(docs, "shop.box.open"));
        Assert.Equal("shop.box/BoxResult", TypeOf(docs, "shop.box.close"));
        Assert.Single(docs.Result.Files.Single(f => f.Name == "shop.box").Types, static t => t.Fields.Any(f => f.Name == "wood"));
    }

    [Theory]
    [InlineData("""{"color": "red", "size": 1}""")]
    [InlineData("""{"color": "red", "size": 1, "wood": "oak", "weight": 2}""")]
    [InlineData("""{"color": "red", "size": "XL", "wood": "oak"}""")]
    public void Objects_that_differ_stay_apart(string other)
    {
        var docs = Import(("shop.box.open", $$"""{"lid": {{Lid}}}"""), ("shop.box.close", $$"""{"lid": {{other}}, "more": true}"""));

        Assert.NotEqual(TypeOf(docs, "shop.box.open", "lid"), TypeOf(docs, "shop.box.close", "lid"));
    }

    [Fact]
    public void Pairs_in_unlike_places_stay_apart()
    {
        const string Pair = """{"code": "a", "title": "b"}""";
        var docs = Import(("shop.box.open", $$"""{"lid": {{Pair}}, "handle": {{Pair}}}"""));

        Assert.NotEqual(TypeOf(docs, "shop.box.open", "lid"), TypeOf(docs, "shop.box.open", "handle"));
    }

    // https://apidocs.bitrix24.com/api-reference/booking/booking/booking-v1-booking-add.html
    [Fact]
    public void The_ends_of_a_range_are_of_one_type()
    {
        var docs = Import(("shop.box.open", """{"id": 1, "period": {"from": {"at": "x", "zone": "y"}, "to": {"at": "x", "zone": "y"}}}"""));

        Assert.Equal("shop.box/BoxOpenResultPeriodValue", TypeOf(docs, "shop.box.open", "period", "from"));
        Assert.Equal("shop.box/BoxOpenResultPeriodValue", TypeOf(docs, "shop.box.open", "period", "to"));
    }

    // https://apidocs.bitrix24.com/api-reference/crm/universal/user-defined-object-types/crm-type-add.html
    [Fact]
    public void The_parents_and_children_of_an_object_are_of_one_type()
    {
        var docs = Import(("shop.box.open", """{"id": 1, "relations": {"parent": @, "child": @}}""".Replace("@", Lid, StringComparison.Ordinal)));

        Assert.Equal(TypeOf(docs, "shop.box.open", "relations", "parent"), TypeOf(docs, "shop.box.open", "relations", "child"));
    }
}

namespace Bitrix24.Gen.Specs.Tests;

public class WordTests
{
    [Theory]
    [InlineData("biconnector.dataset.ad", "biconnector.dataset.add")]
    [InlineData("BICONNECTOR.DATASET.ADD", "biconnector.dataset.add")]
    [InlineData("biconnector.datsaet.add", "biconnector.dataset.add")]
    [InlineData("crm.deal.list", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_offered(string given, string? expected) =>
        Assert.Equal(expected, Suggestion.Nearest(given, ["biconnector.dataset.add", "biconnector.source.add"]));

    [Fact]
    public void Of_equally_near_names_the_first_in_order_wins_whatever_the_order_given()
    {
        Assert.Equal("bad", Suggestion.Nearest("bed", ["bid", "bad", "bod"]));
        Assert.Equal("bad", Suggestion.Nearest("bed", ["bod", "bid", "bad"]));
        Assert.Null(Suggestion.Nearest(new string('x', 10_000), [new string('x', 10_000)]));
    }

    [Fact]
    public void Nearest_OfNumbers_IsNone() => Assert.Null(Suggestion.Nearest("9", ["1", "2"]));

    [Theory]
    [InlineData("iblock_id", "iblockId", true)]
    [InlineData("value_1", "value1", true)]
    [InlineData("value1", "value1", false)]
    [InlineData("iblockid", "iblockId", false)]
    [InlineData("iblock__id", "iblockId", false)]
    [InlineData("iblock_", "iblockId", false)]
    [InlineData("IBLOCK_ID", "iblockId", false)]
    public void SnakeCase_IsTheNameWithUnderscores(string given, string name, bool expected) => Assert.Equal(expected, Spelling.IsSnakeCase(given, name));

    [Theory]
    [InlineData("arFilter", "filter", true)]
    [InlineData("arFilter", "FILTER", true)]
    [InlineData("arfilter", "filter", false)]
    [InlineData("arFilters", "filter", false)]
    [InlineData("AR_FILTER", "filter", false)]
    public void Hungarian_IsTheNameWithItsPrefix(string given, string name, bool expected) => Assert.Equal(expected, Spelling.IsHungarian(given, name));

    [Theory]
    [InlineData("type", "typeId")]
    [InlineData("TITEL", "title")]
    [InlineData("eventId", "id")]
    [InlineData("USERS", "USER_ID")]
    [InlineData("date_from", "from")]
    [InlineData("sum", null)]
    [InlineData("limit", null)]
    public void A_name_with_a_word_more_or_less_is_offered_where_it_is_the_only_one(string given, string? expected) =>
        Assert.Equal(expected, Suggestion.Name(given, ["typeId", "id", "title", "USER_ID", "from", "sum_min", "sum_max"]));

    [Fact]
    public void Of_equally_near_names_one_as_long_comes_first() => Assert.Equal(">=", Suggestion.Nearest("=>", ["=", ">", ">="]));

    [Theory]
    [InlineData("/a/specs/bitrix24/biconnector.dataset.b24.json", true, "biconnector.dataset", false, "bitrix24")]
    [InlineData(@"C:\x\user.overlay.B24.JSON", true, "user", true, "x")]
    [InlineData("user.b24.json", true, "user", false, "")]
    [InlineData("specs/b24.schema.json", false, "b24.schema.json", false, "specs")]
    [InlineData(".b24.json", false, "", false, "")]
    [InlineData("a/.overlay.b24.json", true, ".overlay", false, "a")]
    [InlineData("appsettings.json", false, "appsettings.json", false, "")]
    public void File_names_say_what_a_file_is(string path, bool spec, string name, bool overlay, string folder)
    {
        Assert.Equal(spec, SpecFileName.IsSpec(path));
        Assert.Equal(name, SpecFileName.BaseName(path));
        Assert.Equal(overlay, SpecFileName.IsOverlay(path));
        Assert.Equal(folder, SpecFileName.ApiFolder(path));
    }

    [Fact]
    public void Every_rule_word_has_a_catalogued_id()
    {
        Assert.All(RuleIds.Words, static word => Assert.NotNull(RuleCatalog.Find(RuleIds.ForWord(word)!)));
        Assert.Equal(RuleIds.Unique, RuleIds.ForWord("uniqueBy.name"));
        Assert.Null(RuleIds.ForWord("uniqueBy."));
        Assert.Null(RuleIds.ForWord("reference"));
        Assert.True(RuleIds.IsWord("reference"));
        Assert.False(RuleIds.IsWord("patern"));
        Assert.Equal(RuleCatalog.All.Count, RuleCatalog.All.Select(static r => r.Id).Distinct().Count());
        Assert.Equal(RuleSeverity.Warning, RuleIds.SeverityOf(RuleIds.UnknownField));
    }

    [Theory]
    [InlineData("int")]
    [InlineData("datetime[]")]
    [InlineData("map<map<int>[]>")]
    [InlineData("int|string")]
    [InlineData("(int|string)[]")]
    [InlineData("map<int|Dataset>")]
    [InlineData("biconnector.source/Source[][]")]
    [InlineData("v3-x.y/Z|yn")]
    public void Type_expressions_are_written_as_they_are_read(string text)
    {
        var type = TypeExpression.Parse(text, "own", out var error);

        Assert.Equal("", error);
        Assert.Equal(text, TypeExpression.Write(type!, "own"));
    }

    [Fact]
    public void Types_without_a_file_are_of_the_file_they_stand_in()
    {
        var type = TypeExpression.Parse(" map< Dataset | a.b/C > ", "own", out _);

        Assert.Equal("map<own/Dataset|a.b/C>", type!.ToString());
        Assert.Equal(TypeExpression.Parse("int", "own", out _), TypeExpression.Parse("(int|int|(int))", "own", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("int[")]
    [InlineData("int]")]
    [InlineData("map<>")]
    [InlineData("map<int")]
    [InlineData("|int")]
    [InlineData("int|")]
    [InlineData("(int")]
    [InlineData("1x")]
    [InlineData("a.b")]
    [InlineData("a/")]
    [InlineData("/a")]
    [InlineData("Data set")]
    [InlineData("Датасет")]
    public void What_is_no_type_expression_says_why(string text)
    {
        Assert.Null(TypeExpression.Parse(text, "own", out var error));
        Assert.NotEqual("", error);
    }

    [Fact]
    public void Type_expressions_do_not_nest_without_end()
    {
        Assert.Null(TypeExpression.Parse(new string('(', 100_000), "own", out _));
        Assert.Null(TypeExpression.Parse(string.Concat(Enumerable.Repeat("map<", 100_000)), "own", out _));
        Assert.Null(TypeExpression.Parse("int" + string.Concat(Enumerable.Repeat("[]", 100_000)), "own", out _));
    }
}

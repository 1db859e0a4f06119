using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>Lists of values that close, and those that only explain.</summary>
public class ValueListTests
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";

    private static string Row(string name, string description, string type = "string") => $"|| **{name}**\n[`{type}`](data-types.md) | {description} ||\n";

    private static string Table(params string[] rows) => Header + string.Concat(rows) + "|#";

    private static string Method(string name, string parameters, string request = "{}", string answer = """{"result": true}""") => Docs.Text(name, parameters, request, answer);

    private static FieldSpec Kind(string description, string type = "string") => Docs.Page(Table(Row("kind", description, type))).Parameter("kind");

    [Fact]
    public void A_list_in_a_sentence_goes_on_over_lines() =>
        Assert.Equal(["A", "B", "C", "D"], Kind("Kind.\nCan take values `A`, `B` for boxes,\n`C`, `D` for crates.").Enum);

    [Theory]
    [InlineData("Kind of the box. Supported types are `A`, `B`, `C`.\n\nSee `kind` of the lid")]
    [InlineData("Kind.\n\nCustom kinds:\n- `A` — one\n- `B` — two\n\nSystem kinds:\n- `C` — three")]
    [InlineData("Possible values: `A` — fits the box within the given size and keeps its proportions all the same, `B` — cuts it, `C` — leaves it")]
    [InlineData("Kind for `mode = single`:\n`A`, `B`, `C`")]
    [InlineData("Kind:\n`A` — one\n`B` — two\n`C` — three\n\nOther kinds become `C`")]
    [InlineData("Kind:\n- `A` — who pays:\n  - `U` — user\n  - `G` — group\n- `B` — two\n- `C` — three")]
    [InlineData("The kind of field. Possible values:\n- `A` — one\n- `B` — two\n- `C` — three")]
    [InlineData("Kind:\n- **A** — one\n- **B** — two\n- **C** — three")]
    public void A_list_has_many_forms(string description)
    {
        var kind = Kind(description);
        Assert.Equal(["A", "B", "C"], kind.Enum);
        Assert.Empty(kind.Weak);
    }

    // https://apidocs.bitrix24.com/api-reference/telephony/telephony-external-call-finish.html
    [Fact]
    public void A_value_for_none_below_a_list_is_one_of_it()
    {
        var vote = Kind("Rating.\n\nPossible values:\n- `1`, `2`\n\nIf the rating is absent — `0` or `null`", "integer");
        Assert.Equal(["1", "2", "0"], vote.Enum);
        Assert.True(vote.Nullable);
    }

    [Fact]
    public void A_list_that_nothing_calls_all_values_warns()
    {
        var kind = Kind("Kind of the box for `mode = single`: `A`, `B`, or `C`");
        Assert.Equal(["A", "B", "C"], kind.Enum);
        Assert.Equal(["enum"], kind.Weak);
        Assert.Equal(new TypeRef(TypeKind.YesNo), Kind("Whether the box is open: `Y` or `N`").Type);
    }

    // https://apidocs.bitrix24.com/api-reference/crm/document-generator/numerator/crm-document-generator-numerator-add.html
    [Fact]
    public void An_empty_text_in_quotes_is_a_value() =>
        Assert.Equal(["", "day", "month"], Kind("The reset period:\n- `''` — no reset\n- `day` — daily\n- `month` — monthly").Enum);

    // https://apidocs.bitrix24.com/api-reference/user/user-get.html
    // https://apidocs.bitrix24.com/api-reference/calendar/calendar-event/calendar-event-add.html
    [Theory]
    [InlineData("Size of the copy in the `PHOTO` field:\n\n- `A` — small\n- `B` — large", "string")]
    [InlineData("Should the field always be displayed:\n- `1` — yes\n- `0` — no", "integer")]
    [InlineData("Recurrence\n- `DAILY` — daily\n- `WEEKLY` — weekly", "string")]
    public void Bullets_below_words_that_call_them_no_values_warn(string description, string type)
    {
        var kind = Kind(description, type);
        Assert.Equal(2, kind.Enum.Count);
        Assert.Equal(["enum"], kind.Weak);
    }

    // https://apidocs.bitrix24.com/api-reference/booking/resource/slots/booking-v1-resource-slots-set.html
    [Fact]
    public void The_values_of_a_list_are_those_of_its_items()
    {
        static FieldSpec Shown(string description) => Docs.Page(Table(Row("kind", description, "array")), """{"kind": ["Mon"]}""").Parameter("kind");

        var days = Shown("Days for the slot. Possible values:\n- `\"Mon\"` — Monday\n- `\"Tue\"` — Tuesday");
        Assert.Equal(("string[]", "Mon Tue"), (days.Type.ToString(), string.Join(' ', days.Enum)));
        Assert.Empty(Shown("Names of fields to answer, such as those of a box:\n- `ID` — number\n- `NAME` — name").Enum);
    }

    // https://apidocs.bitrix24.com/api-reference/user/user-get.html
    [Fact]
    public void A_listed_value_in_another_case_closes_the_list_and_may_be_sent_so()
    {
        var docs = Docs.Page(Table(Row("order", "Direction:\n- `ASC` — up\n- `DESC` — down")), """{"order": "asc"}""");
        Assert.Equal(["ASC", "DESC"], docs.Parameter("order").Enum);
        Assert.Equal(["Warning"], Severities(docs, """{"order": "UP"}"""));
        Assert.Empty(Severities(docs, """{"order": "desc"}"""));
    }

    private static IEnumerable<string> Severities(Docs docs, string call) =>
        SpecValidator.Validate(docs.Set, docs.Method(), JsonReader.Read(call).Root).Select(static v => v.Severity.ToString());

    // https://apidocs.bitrix24.com/api-reference/calendar/calendar-event/calendar-event-get.html
    [Fact]
    public void A_value_of_a_name_within_another_is_not_one_of_the_name_itself()
    {
        const string Kinds = "Kind:\n- `user` — user\n- `group` — group";
        const string Code = "\n\n- JS\n\n    ```js\n    BX24.callMethod('shop.box.add', { kind: 'user', remind: [{ kind: 'min', count: 5 }] });\n    ```\n";
        var docs = Docs.Import(
            ("api/shop-box-add.md", Method("shop.box.add", Table(Row("kind", Kinds))) + Code),
            ("api/shop-lid-add.md", Method("shop.lid.add", Table(Row("kind", Kinds)))));
        Assert.Equal(["user", "group"], docs.Parameter("kind").Enum);
        Assert.Equal(["user", "group"], docs.Parameter("kind", "shop.lid.add").Enum);
    }

    [Theory]
    [InlineData("Pass one of the parameters: `A`, `B`", "string")]
    [InlineData("Kind.\n\nFor shops:\n- `A` — one\n- `B` — two\n\nFor lists:\n- `L_XXX` — list, where XXX is its number", "string")]
    [InlineData("Possible values:\n- `1` — lead\n- `128` — custom type. The identifier of a specific type can be found by another method", "integer")]
    [InlineData("Possible values:\n- `1` — lead\n- `1000` or higher — custom type", "integer")]
    [InlineData("Possible values:\n- `low` — low\n- `high` — high\n\nOther values are allowed", "string")]
    [InlineData("Pass either `kind` or `code`", "string")]
    public void A_list_that_does_not_close_is_none(string description, string type) => Assert.Empty(Kind(description, type).Enum);

    [Fact]
    public void Another_page_of_the_entity_may_give_a_value_as_an_example()
    {
        var docs = Docs.Import(
            ("api/shop-box-add.md", Method("shop.box.add", Table(Row("fields*", "Fields: [fields](#f)", "object")) + "\n\n### Fields {#f}\n\n" + Table(Row("color", "For example: `red`, `mauve`"), Row("size", "Size")), """{"fields": {"color": "red", "size": "s"}}""")),
            ("api/shop-box-get.md", Method("shop.box.get", Table(Row("id*", "Id", "integer")), """{"id": 1}""", """{"result": {"color": "red", "size": "s"}}""")
                + "\n\n### Returned Data\n\n" + Table(Row("color", "Possible values:\n- `red` — red\n- `blue` — blue"), Row("size", "Size"))));

        Assert.Empty(docs.Field(docs.Method("shop.box.get").Result!.Type, "color").Enum);
        Assert.Contains(docs.Notes, static n => n.Contains("'mauve'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_with_one_list_in_a_module_is_open_when_an_example_of_the_module_gives_more()
    {
        const string Values = "Possible values:\n- `red` — red\n- `blue` — blue";
        var crate = Method("shop.crate.add", Table(Row("shopColor", "Color")), """{"shopColor": "mauve"}""");
        var docs = Docs.Import(
            ("api/shop-box-add.md", Method("shop.box.add", Table(Row("SHOP_COLOR", Values), Row("SIDE", "Possible values:\n- `l` — left\n- `r` — right")))),
            ("api/shop-lid-add.md", Method("shop.lid.add", Table(Row("SHOP_COLOR", Values)))),
            ("api/shop-crate-add.md", crate));

        Assert.Empty(docs.Parameter("SHOP_COLOR").Enum);
        Assert.Empty(docs.Parameter("SHOP_COLOR", "shop.lid.add").Enum);
        Assert.Equal(["l", "r"], docs.Parameter("SIDE").Enum);
    }

    [Fact]
    public void Of_several_one_is_needed()
    {
        var docs = Docs.Page(Table(Row("USER_ID*", "User", "integer"), Row("PHONE*", "Phone.\n\n{% note info \"\" %}\n\nAt least one of the parameters must be specified: `USER_ID` or `PHONE`\n\n{% endnote %}")), """{"USER_ID": 1}""");

        Assert.Equal("", string.Join("; ", SpecValidator.Validate(docs.Set, docs.Method(), JsonReader.Read("""{"PHONE": "1"}""").Root).Select(static v => v.Message)));
        Assert.Equal("B24103", Assert.Single(SpecValidator.Validate(docs.Set, docs.Method(), JsonReader.Read("{}").Root)).RuleId);
    }

    [Fact]
    public void A_row_without_a_type_has_that_of_the_example()
    {
        var docs = Docs.Page("#|\n|| **Name** | **Description** ||\n|| **TASKID** | Task ||\n|| **mode** | Mode ||\n|| **any** | Value ||\n|#", """{"TASKID": "13", "mode": "fast", "any": ""}""");
        Assert.Equal((new TypeRef(TypeKind.Long), true), (docs.Parameter("TASKID").Type, docs.Parameter("TASKID").Guessed));
        Assert.Equal((new TypeRef(TypeKind.String), true), (docs.Parameter("mode").Type, docs.Parameter("mode").Guessed));
        Assert.Equal(new TypeRef(TypeKind.Json), docs.Parameter("any").Type);
    }

    [Fact]
    public void The_word_null_is_no_value()
    {
        Assert.Equal(["P", "N"], Kind("Possible values:\n- `P` — positive\n- `N` — negative\n- `null` — none").Enum);
        Assert.Empty(Kind("Possible values:\n- `string` — the name\n- `null` — none").Enum);
    }

    [Fact]
    public void The_word_null_is_no_default_text() => Assert.Null(Kind("Kind.\n\nBy default — `null`").Default);
}

using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

public class ProseTests
{
    private static FieldSpec Read(string type, string description, string request = "{}") =>
        Docs.Page($"#|\n|| **Name**\n`type` | **Description** ||\n|| **x**\n[`{type}`](t.md) | {description} ||\n|| **y**\n[`string`](t.md) | Other ||\n|#", request).Parameter("x");

    [Fact]
    public void AllowedValues_InBullets() => Assert.Equal(["red", "green"], Read("string", "Color. Possible values:\n- `red` — stop\n- `green` — go").Enum);

    [Fact]
    public void AllowedValues_OfABulletAmongOthers_AreNone() =>
        Assert.Empty(Read("string", "Type. Value examples:\n- `Money` — monetary value\n- `SKU` — variations\n- `HTML` — text").Enum);

    [Fact]
    public void AllowedValues_UnderABullet() =>
        Assert.Equal(["a", "b"], Read("string", "Kind:\n- what it is, one of the values\n  - `a` — one\n  - `b` — other").Enum);

    [Fact]
    public void AllowedValues_InARow() => Assert.Equal(["1", "2", "3"], Read("integer", "Possible values: `1`, `2`, `3`").Enum);

    [Fact]
    public void YesAndNo_AreAFlag()
    {
        var field = Read("char", "Open? Possible values:\n- `Y` — yes\n- `N` — no\n\nBy default `N`");

        Assert.Equal(TypeKind.YesNo, field.Type.Kind);
        Assert.Equal("\"N\"", field.Default);
    }

    [Theory]
    [InlineData("Pass the date in the `from` parameter. Possible values:\n- `Y` — only the date\n- `N` — date and time", TypeKind.YesNo)]
    [InlineData("Possible values:\n\n `Y` — enabled\n `N` — disabled", TypeKind.YesNo)]
    [InlineData("`Y` — enable, any other value disables it", TypeKind.YesNo)]
    [InlineData("`N` — nobody", TypeKind.String)]
    [InlineData("`Y` — yes, `N` — no, `D` — by default", TypeKind.String)]
    public void TextThatIsExplainedAsYesOrNo_IsAFlag(string description, TypeKind kind) => Assert.Equal(kind, Read("string", description).Type.Kind);

    [Fact]
    public void NumberOrList_StaysBoth_WhateverTheExampleShows() => Assert.Equal("long|long[]", Docs.Page(
        "#|\n|| **Name**\n`type` | **Description** ||\n|| **USER_ID***\n[```integer | integer[]```](t.md) | Users ||\n|#", """{"USER_ID": [1, 2]}""").Parameter("USER_ID").Type.ToString());

    [Theory]
    [InlineData("Filter prefixes:\n- `>=` — greater\n- `<` — less")]
    [InlineData("Identifier in the format:\n- `chatXXX` — a chat\n- `XXX` — a user")]
    [InlineData("One of many, for example:\n- `a` — first\n- `b` — second")]
    public void OtherBullets_AreNoValues(string description) => Assert.Empty(Read("string", description).Enum);

    [Theory]
    [InlineData("integer", "Sorting. Default is `100`", "100")]
    [InlineData("integer", "Sorting. By default — `100`", "100")]
    [InlineData("string", "Defaults to `asc`", "\"asc\"")]
    [InlineData("double", "Default value is set to `0.50`", "0.5")]
    [InlineData("boolean", "Default: `true`", "true")]
    public void Defaults(string type, string description, string value) => Assert.Equal(value, Read(type, description).Default);

    [Theory]
    [InlineData("The maximum length is 50 characters", 50)]
    [InlineData("Up to `255` characters", 255)]
    [InlineData("Must not exceed 20,000 characters", 20000)]
    public void Lengths(string description, int length) => Assert.Equal(length, Read("string", description).MaxLength);

    [Fact]
    public void Range()
    {
        var field = Read("integer", "A number from 1 to 100.");

        Assert.Equal((1m, 100m), (field.Min, field.Max));
    }

    [Fact]
    public void Pattern() =>
        Assert.Equal("^[a-z][a-z0-9_]*$", Read("string", "Must start with a letter and can only use lowercase Latin letters `a-z`, numbers and the underscore `_`").Pattern);

    [Theory]
    [InlineData("Allowed characters: `A-Z`, `a-z`, `0-9`, `_`, `:`, `|`, `.`, `-` ", "^[A-Za-z0-9_:|.-]+$")]
    [InlineData("Allowed characters: `a-z`, `0-9`, `.`, `_`.", "^[a-z0-9_.]+$")]
    [InlineData("Allowed characters: `a-z`, `0-9`.", "^[a-z0-9]+$")]
    [InlineData("Allowed characters: `a-z`, `0-9`, `@`", null)]
    public void Pattern_HasEachSignThatStandsForItself(string description, string? pattern) => Assert.Equal(pattern, Read("string", description).Pattern);

    [Fact]
    public void OneOfTwo()
    {
        var field = Read("string", "Text. Required if `y` is not provided");

        Assert.Equal(["y"], field.OneOf);
        Assert.False(field.Required);
    }

    [Fact]
    public void RuleThatTheExampleBreaks_IsDropped()
    {
        var docs = Docs.Page("#|\n|| **Name**\n`type` | **Description** ||\n|| **x**\n[`string`](t.md) | Possible values:\n- `a` — first\n- `b` — second ||\n|#", """{"x": "c"}""");

        Assert.Empty(docs.Parameter("x").Enum);
        Assert.Contains(docs.Notes, static n => n.Contains("enum", StringComparison.Ordinal));
    }

    // https://apidocs.bitrix24.com/api-reference/bizproc/bizproc-activity/bizproc-activity-add.html
    // https://apidocs.bitrix24.com/api-reference/calendar/calendar-event/calendar-event-update.html
    [Theory]
    [InlineData("Required if `y = 'A'`", "\"A\"")]
    [InlineData("Title. Required for visible boxes `y: false`", "false")]
    [InlineData("Required only for `y` with values `A` or `B`", "\"A\" \"B\"")]
    public void What_is_required_beside_some_values_warns_without(string description, string values)
    {
        var parameter = Read("string", description);
        Assert.Equal(("y", values), (parameter.RequiredIf!.Field, string.Join(' ', parameter.RequiredIf.Values)));
        Assert.Contains("requiredIf", parameter.Weak);
    }

    // https://apidocs.bitrix24.com/api-reference/sale/pay-system/sale-pay-system-pay-invoice.html
    // https://apidocs.bitrix24.com/api-reference/chat-bots/outdated/messages/imbot-message-add.html
    [Theory]
    [InlineData("You must provide either the `x` parameter or the `y`")]
    [InlineData("Required if both `y` and `z` are not provided")]
    public void One_of_several_is_needed(string description) => Assert.Equal(["y"], Read("string", description).OneOf);

    // https://apidocs.bitrix24.com/api-reference/sign/sign-b2e-company-provider-list.html
    [Fact]
    public void What_a_list_must_have_stays_needed_and_what_narrows_it_down_does_not()
    {
        static FieldSpec Of(string words) => Docs.Page(
            $"#|\n|| **Name**\n`type` | **Description** ||\n|| **x**\n[`string`](t.md) | {words} ||\n|| **y**\n[`string`](t.md) | Other ||\n|#",
            """{"x": "1"}""", """{"result": [{"id": 1}]}""", "shop.box.list").Parameter("x", "shop.box.list");

        Assert.Equal(["y"], Of("Required if `y` is not provided").OneOf);
        Assert.Empty(Of("Used instead of the `y` parameter").OneOf);
    }
}

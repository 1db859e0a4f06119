using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>What a fact comes from decides what it may refuse: examples nothing, one portal's answer and prose warn, tables refuse.</summary>
public class EvidenceTests
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";

    private static string Table(string name, string type, string description = "Text") => $"{Header}|| **{name}**\n[`{type}`](t.md) | {description} ||\n|#";

    [Fact]
    public void An_object_known_from_an_example_takes_any_name_and_its_values_any_scalar()
    {
        var docs = Docs.Page(Table("box", "object"), """{"box": {"weight": 5, "label": "A", "size": {"x": 1}}}""");
        var box = docs.Type(docs.Parameter("box").Type);

        Assert.True(box is { Open: true, Undescribed: true });
        Assert.All(box.Fields, static f => Assert.True(f.Guessed));
        Assert.True(docs.Type(docs.Field(docs.Parameter("box").Type, "size").Type).Undescribed);
        Assert.Empty(SpecValidator.ValidateCall(docs.Set, "bitrix24", "shop.box.add", JsonReader.Read("""{"box": {"weight": 5, "other": {"a": 1}}}""").Root));
    }

    [Fact]
    public void What_a_table_states_is_not_guessed()
    {
        var parameter = Docs.Page(Table("label", "string"), """{"label": "A"}""").Parameter("label");

        Assert.False(parameter.Guessed);
        Assert.Empty(parameter.Weak);
    }

    // https://apidocs.bitrix24.com/api-reference/catalog/data-types.html#catalog_product
    [Fact]
    public void What_words_call_read_only_warns_and_a_column_refuses()
    {
        static FieldSpec Size(string columns, string cells)
        {
            var docs = Docs.Page($"{Header}|| **box**\n[`object`](t.md) | See [below](#b) ||\n|#\n\n### Box {{#b}}\n\n#|\n|| **Name**\n`type` | {columns} ||\n|| **size**\n[`integer`](t.md) | {cells} ||\n|#");
            return docs.Field(docs.Parameter("box").Type, "size");
        }

        Assert.True(Size("**Description**", "Size. Read-only") is { ReadOnly: true, Weak: ["readOnly"] });
        Assert.True(Size("**Description** | **Read-only**", "Size | Yes") is { ReadOnly: true, Weak.Count: 0 });
    }

    [Fact]
    public void A_type_that_the_pages_own_example_contradicts_warns_at_most()
    {
        var docs = Docs.Page(Table("count", "integer"), """{"count": true}""");

        Assert.Equal((TypeKind.Int, "type"), (docs.Parameter("count").Type.Kind, Assert.Single(docs.Parameter("count").Weak)));
    }

    [Fact]
    public void A_star_that_an_example_lacks_is_dropped_and_noted()
    {
        var docs = Docs.Page(Header + "|| **id***\n[`integer`](t.md) | Id ||\n|| **name***\n[`string`](t.md) | Name ||\n|#", """{"id": 1}""");

        Assert.True(docs.Parameter("id").Required);
        Assert.False(docs.Parameter("name").Required);
        Assert.Contains(docs.Notes, static n => n.Contains("'name' is marked as required", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Kind. For example:\n- `RED` — red\n- `BLUE` — blue")]
    [InlineData("Basic values:\n- `RED` — red\n- `BLUE` — blue")]
    public void Values_that_do_not_close_are_no_rule(string description) =>
        Assert.Empty(Docs.Page(Table("colour", "string", description), """{"colour": "RED"}""").Parameter("colour").Enum);

    [Fact]
    public void Values_given_for_example_are_hints()
    {
        var parameter = Docs.Page(Table("colour", "string", "Kind. For example:\n- `RED` — red\n- `BLUE` — blue"), """{"colour": "RED"}""").Parameter("colour");

        Assert.Equal(["RED", "BLUE"], parameter.Hints);
    }

    [Theory]
    [InlineData("Kind of the field. Possible values:\n- `RED` — red\n- `BLUE` — blue\n- [colours of the portal](c.md)")]
    [InlineData("Basic values. Supported types:\n- `RED` — red\n- `BLUE` — blue")]
    public void A_list_that_its_text_leaves_open_is_hints(string description)
    {
        var parameter = Docs.Page(Table("colour", "string", description), """{"colour": "RED"}""").Parameter("colour");

        Assert.Empty(parameter.Enum);
        Assert.Equal(["RED", "BLUE"], parameter.Hints);
    }

    [Fact]
    public void A_list_that_another_example_leaves_becomes_hints()
    {
        var parameter = Docs.Page(Table("colour", "string", "Possible values:\n- `RED` — red\n- `BLUE` — blue"), """{"colour": "GREEN"}""").Parameter("colour");

        Assert.Empty(parameter.Enum);
        Assert.Equal(["RED", "BLUE", "GREEN"], parameter.Hints);
    }

    [Fact]
    public void Conditions_and_patterns_in_prose_warn()
    {
        var docs = Docs.Page(Header + "|| **id**\n[`integer`](t.md) | At least one of `id` or `code` ||\n|| **code**\n[`string`](t.md) | Code ||\n|#", """{"id": 1}""");

        Assert.Contains("oneOf", docs.Parameter("id").Weak);
    }

    [Theory]
    [InlineData("The development of this method has been halted. Use [x](./x.md).", false)]
    [InlineData("Development of this method has been halted. The method does not work in the new card.", true)]
    [InlineData("Deprecated method. It will be removed in the next version.", true)]
    [InlineData("Kept to support existing integrations. It works, but the result is not displayed in the interface.", true)]
    public void Notes_tell_what_goes_from_what_only_stands_still(string note, bool deprecated)
    {
        var method = Docs.Page($"{{% note warning \"DEPRECATED\" %}}\n\n{note}\n\n{{% endnote %}}\n\nNo parameters.").Method();

        Assert.Equal((deprecated, !deprecated), (method.Deprecated, method.Superseded));
    }

    [Theory]
    [InlineData("any user", Access.User)]
    [InlineData("authorized user", Access.User)]
    [InlineData("administrator", Access.Administrator)]
    [InlineData("CRM administrator (permission \"Allow to modify settings\")", Access.SectionAdministrator)]
    [InlineData("any user with \"read\" access permission for contacts", Access.Permission)]
    [InlineData("administrator or user with \"full access\" permission", Access.Permission)]
    [InlineData("owner of the registered bot", Access.Application)]
    [InlineData("chat participant", Access.Participant)]
    [InlineData("depending on the method", null)]
    public void Who_may_call_is_read(string text, Access? access) => Assert.Equal(access, AccessNote.Of(text));

    [Fact]
    public void A_method_of_another_scope_than_its_files_says_so()
    {
        static (string, string) Page(string name, string scope) => (Docs.FileOf(name), Docs.Text(name, "No parameters.").Replace("[`shop`]", $"[`{scope}`]", StringComparison.Ordinal));
        var docs = Docs.Import(Page("shop.box.add", "shop"), Page("shop.box.drop", "basic"), Page("shop.box.move", "shop"));

        Assert.Equal(["shop", "basic", "shop"], new[] { "shop.box.add", "shop.box.drop", "shop.box.move" }.Select(n => docs.Method(n).Scope));
    }
}

namespace Bitrix24.Gen.Specs.Tests;

public class OverlayTests
{
    private const string Overlay = "specs/bitrix24/demo.item.overlay.b24.json";

    private static readonly SpecDocument Base = Spec.Read("""
        "scope": "demo",
        "types": { "Item": { "fields": {
          "id": { "type": "int", "readOnly": true },
          "name": { "type": "string", "required": true, "maxLength": 50, "errors": { "maxLength": "TOO_LONG" } },
          "meta": { "fields": { "a": { "type": "int" } } } } },
          "Code": { "type": "string" } },
        "methods": { "demo.item.add": { "operation": "add", "params": { "fields": { "type": "Item", "as": "create" } } } }
        """);

    [Fact]
    public void An_overlay_adds_and_replaces_key_by_key()
    {
        var set = Merge("""
            "types": {
              "Item": { "fields": {
                "name": { "maxLength": 20, "pattern": "^[a-z]+$", "required": false, "errors": { "pattern": "BAD" } },
                "ufExtra": { "type": "string" },
                "meta": { "fields": { "b": { "type": "Code" } } } } },
              "New": { "fields": {} } },
            "methods": { "demo.item.add": { "auth": ["application"], "params": { "silent": { "type": "bool" } } }, "demo.item.get": {} }
            """);

        Assert.Equal("", Spec.Show(set.Diagnostics));
        var file = Assert.Single(set.Files);
        Assert.False(file.Overlay);
        Assert.Equal("demo", file.Scope);
        Assert.Equal(["Item", "Code", "New", "ItemMeta"], file.Types.Select(static t => t.Name));
        Assert.Equal(["id", "name", "meta", "ufExtra"], file.Types[0].Fields.Select(static f => f.Name));
        var name = file.Types[0].Fields[1];
        Assert.Equal((20, "^[a-z]+$", false), (name.MaxLength, name.Pattern, name.Required));
        Assert.Equal(["maxLength", "pattern"], name.Errors.Select(static e => e.Rule));
        Assert.Equal(["a", "b"], file.Types[3].Fields.Select(static f => f.Name));
        var add = set.FindMethod("demo.item.add")!;
        Assert.Equal((Operation.Add, false, 2), (add.Operation, add.AllowWebhook, add.Params.Count));
        Assert.Equal("demo", set.FindMethod("demo.item.get")!.Scope);
    }

    [Fact]
    public void Members_are_added_to_an_answer_and_another_form_takes_its_place()
    {
        var known = Spec.Read("""
            "methods": {
              "demo.item.list": { "result": { "list": true, "fields": { "id": { "type": "int" }, "when": { "type": "map<json>" }, "in": { "fields": { "a": { "type": "int" } } } } } },
              "demo.item.get": { "result": { "fields": { "id": { "type": "int" } } } } }
            """);
        var overlay = Spec.Read("""
            "overlay": true,
            "methods": {
              "demo.item.list": { "result": { "fields": { "when": { "type": "datetime" }, "in": { "fields": { "b": { "type": "int" } } }, "name": { "type": "string" } } } },
              "demo.item.get": { "result": { "type": "map<int>" } } }
            """, Overlay);

        var set = SpecSet.Create([known, overlay]);

        Assert.Equal("", Spec.Show(set.Diagnostics));
        var types = set.Files[0].Types.ToDictionary(static t => t.Name, static t => t.Fields.Select(static f => $"{f.Name} {f.Type}").ToArray());
        Assert.Equal(["id int", "when datetime", "in demo.item/ItemListResultIn", "name string"], types["ItemListResult"]);
        Assert.Equal(["a int", "b int"], types["ItemListResultIn"]);
        Assert.Equal("map<int>", set.FindMethod("demo.item.get")!.Result!.Type.ToString());
    }

    [Fact]
    public void Null_takes_away()
    {
        var set = Merge(""" "types": { "Item": { "fields": { "name": { "maxLength": null }, "meta": null } } } """);

        Assert.Equal("", Spec.Show(set.Diagnostics));
        Assert.Equal(["id", "name"], set.Files[0].Types[0].Fields.Select(static f => f.Name));
        Assert.Null(set.Files[0].Types[0].Fields[1].MaxLength);
    }

    [Theory]
    [InlineData(""" [ "GONE", "BUSY" ] """)]
    [InlineData(""" { "GONE": {}, "BUSY": {} } """)]
    public void Error_codes_are_merged_one_by_one_in_either_form(string codes)
    {
        var known = Spec.Read(""" "messages": { "GONE": "Gone." }, "methods": { "demo.item.get": { "errors": [ "DENIED", "GONE" ] } } """);
        var overlay = Spec.Read(""" "messages": { "BUSY": "Busy." }, "methods": { "demo.item.get": { "errors": {{codes}} } } """.Replace("{{codes}}", codes, StringComparison.Ordinal), Overlay);

        var set = SpecSet.Create([known, overlay]);

        Assert.Equal("", Spec.Show([.. overlay.Diagnostics, .. set.Diagnostics]));
        Assert.Equal([("DENIED", null), ("GONE", "Gone."), ("BUSY", "Busy.")], set.FindMethod("demo.item.get")!.Errors.Select(static e => (e.Code, e.Message)));
    }

    [Fact]
    public void A_flag_may_rest_on_what_the_changed_file_says()
    {
        var list = Spec.Read(""" "methods": { "demo.item.list": { "params": { "filter": { "type": "json", "as": "filter" }, "order": { "type": "json", "as": "order" } } } } """);
        var overlay = Spec.Read(""" "methods": { "demo.item.list": { "params": { "filter": { "logic": true }, "order": { "logic": true } } } } """, Overlay);

        var diagnostic = Assert.Single(SpecSet.Create([list, overlay]).Diagnostics);

        Assert.Equal("", Spec.Show(overlay.Diagnostics));
        Assert.Equal(("B24006", "/methods/demo.item.list/params/order/logic"), (diagnostic.Id, diagnostic.Pointer));
    }

    [Theory]
    [InlineData(""" "types": { "Item": { "type": "string" } } """, "B24004", "/types/Item/type", "\"type\"")]
    [InlineData(""" "types": { "Code": { "fields": {} } } """, "B24004", "/types/Code/type", "\"type\"")]
    [InlineData(""" "types": { "Item": { "fields": { "meta": { "type": "int" } } } } """, "B24004", "/types/Item/fields/meta/fields", "\"fields\"")]
    [InlineData(""" "types": { "Item": { "fields": { "name": { "minLength": 60 } } } } """, "B24005", "/types/Item/fields/name/minLength", "\"minLength\"")]
    [InlineData(""" "types": { "Item": { "fields": { "ufX": { "maxLength": 5 } } } } """, "B24002", "/types/Item/fields/ufX", "\"ufX\"")]
    [InlineData(""" "types": { "Item": { "fields": { "ufX": { "type": "Cod" } } } } """, "B24003", "/types/Item/fields/ufX/type", "\"type\"")]
    [InlineData(""" "methods": { "demo.item.add": { "result": {} } } """, "B24002", "/methods/demo.item.add/result", "\"result\"")]
    public void A_conflict_is_reported_at_its_line(string change, string id, string pointer, string pointed)
    {
        var overlay = Spec.Read(change, Overlay);
        Assert.Equal("", Spec.Show(overlay.Diagnostics));

        var diagnostic = Assert.Single(SpecSet.Create([Base, overlay]).Diagnostics);
        Assert.Equal((id, pointer), (diagnostic.Id, diagnostic.Pointer));
        var document = diagnostic.Path == Overlay ? overlay : Base;
        Assert.Equal(pointed, Spec.Pointed(document, diagnostic));
    }

    [Fact]
    public void Packaged_then_overlay_then_user_in_whatever_order_they_come()
    {
        var overlay = Spec.Read(""" "types": { "Item": { "fields": { "name": { "maxLength": 20 } } } } """, Overlay);
        var user = Spec.Read(""" "types": { "Item": { "fields": { "name": { "maxLength": 10 } } } } """, "app/demo.item.b24.json", user: true);

        foreach (var documents in new[] { new[] { Base, overlay, user }, [user, overlay, Base], [overlay, Base, user] })
        {
            var set = SpecSet.Create(documents);
            Assert.Equal("", Spec.Show(Spec.Problems(documents)));
            Assert.Equal(10, Assert.Single(set.Files).Types[0].Fields[1].MaxLength);
        }
    }

    [Fact]
    public void A_fault_that_an_overlay_has_by_itself_is_reported_once()
    {
        var overlay = Spec.Read(""" "types": { "Item": { "fields": { "name": { "maxLenth": 20 } } } } """, Overlay);

        var diagnostic = Assert.Single(Spec.Problems(Base, overlay));
        Assert.Equal((Overlay, "/types/Item/fields/name/maxLenth"), (diagnostic.Path, diagnostic.Pointer));
    }

    [Fact]
    public void An_overlay_needs_something_to_change()
    {
        var overlay = Spec.Read(""" "types": {} """, Overlay);

        Assert.Equal(RuleIds.SpecReference, Assert.Single(Spec.Problems(overlay)).Id);
    }

    [Fact]
    public void A_users_own_file_stands_alone_where_no_packaged_one_has_its_name()
    {
        var user = Spec.Read(""" "types": { "T": { "fields": { "a": { "maxLength": 5 } } } }, "methods": { "mine.get": { "result": { "type": "T" } } } """, "app/mine.b24.json", user: true);

        var diagnostic = Assert.Single(Spec.Problems(Base, user));
        Assert.Equal((RuleIds.SpecShape, "/types/T/fields/a"), (diagnostic.Id, diagnostic.Pointer));
        Assert.NotNull(SpecSet.Create([Base, user]).FindMethod("mine.get"));
    }

    [Fact]
    public void A_second_file_of_the_name_may_add_but_not_change()
    {
        var second = Spec.Read(""" "types": { "Item": { "fields": {} }, "More": { "fields": {} } } """, "specs/bitrix24/sub/demo.item.b24.json");
        var set = SpecSet.Create([Base, second]);

        var diagnostic = Assert.Single(set.Diagnostics);
        Assert.Equal((RuleIds.SpecConflict, second.Path, "\"Item\""), (diagnostic.Id, diagnostic.Path, Spec.Pointed(second, diagnostic)));
        Assert.Equal(["Item", "Code", "More", "ItemMeta"], set.Files[0].Types.Select(static t => t.Name));
        Assert.Equal(3, set.Files[0].Types[0].Fields.Count);
    }

    private static SpecSet Merge(string change)
    {
        var overlay = Spec.Read(change, Overlay);
        Assert.Equal("", Spec.Show(overlay.Diagnostics));
        return SpecSet.Create([Base, overlay]);
    }
}

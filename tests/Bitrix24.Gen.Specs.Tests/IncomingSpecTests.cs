namespace Bitrix24.Gen.Specs.Tests;

/// <summary>Events, placements and callbacks in spec files.</summary>
public class IncomingSpecTests
{
    private static readonly SpecDocument Base = Spec.Read(
        """
        "scope": "demo",
        "types": { "Item": { "fields": { "id": { "type": "int" }, "url": { "type": "string" } } } },
        "events": { "ONDEMOITEMADD": { "name": "onDemoItemAdd", "data": { "fields": { "FIELDS": { "fields": { "ID": { "type": "long" } } } } } } },
        "placements": { "DEMO_{kind}_TAB": { "options": { "fields": { "ID": { "type": "long" } } } } },
        "callbacks": { "demo.item.url": { "of": "Item", "field": "url", "timeout": 250, "request": { "type": "map<string>" }, "result": { "type": "Item[]" } } }
        """);

    [Fact]
    public void They_are_read_and_their_inline_objects_are_types_of_the_file()
    {
        Assert.Equal("", Spec.Show(Spec.Problems(Base)));
        var file = SpecSet.Create([Base]).Files[0];
        Assert.Equal("DemoItemAddEventData", file.Events[0].Data!.Name);
        Assert.Equal("DemoTabOptions", file.Placements[0].Options!.Name);
        Assert.Equal(["kind"], file.Placements[0].Parameters);
        Assert.Equal((250, "url", "Item"), (file.Callbacks[0].Timeout, file.Callbacks[0].Field, file.Callbacks[0].Of!.Name));
        Assert.Equal(["Item", "DemoItemAddEventDataFIELDS", "DemoItemAddEventData", "DemoTabOptions"], file.Types.Select(static t => t.Name), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_overlay_adds_members_and_takes_them_away()
    {
        var overlay = Spec.Read(
            """
            "events": { "ONDEMOITEMADD": { "data": { "fields": { "EXTRA": { "type": "string" } } } }, "ONDEMOITEMDELETE": {} },
            "placements": { "DEMO_{kind}_TAB": null },
            "callbacks": { "demo.item.url": { "timeout": 10 } }
            """,
            "specs/bitrix24/demo.item.overlay.b24.json");
        var set = SpecSet.Create([Base, overlay]);

        Assert.Equal("", Spec.Show(set.Diagnostics));
        var file = set.Files[0];
        Assert.Equal(["ONDEMOITEMADD", "ONDEMOITEMDELETE"], file.Events.Select(static e => e.Code));
        Assert.Equal(["FIELDS", "EXTRA"], set.ResolveType(file.Events[0].Data!)!.Fields.Select(static f => f.Name));
        Assert.Empty(file.Placements);
        Assert.Equal((10, "url"), (file.Callbacks[0].Timeout, file.Callbacks[0].Field));
    }

    [Theory]
    [InlineData(""" "events": { "onDemoAdd": {} } """, RuleIds.SpecShape, "upper case")]
    [InlineData(""" "events": { "ONDEMOADD": { "name": "onDemoDelete" } } """, RuleIds.SpecConflict, "another case")]
    [InlineData(""" "events": { "ONDEMOADD": { "datas": {} } } """, RuleIds.SpecShape, "Did you mean \"data\"?")]
    [InlineData(""" "events": { "ONDEMOADD": { "data": { "type": "Nothing" } } } """, RuleIds.SpecReference, "no type \"Nothing\"")]
    [InlineData(""" "events": { "ONDEMOADD": { "data": {} } } """, RuleIds.SpecShape, "\"type\"")]
    [InlineData(""" "placements": { "DEMO_{TAB": {} } """, RuleIds.SpecShape, "parameters such as")]
    [InlineData(""" "placements": { "DEMO_TAB": {}, "demo_tab": {} } """, RuleIds.SpecConflict, "in case only")]
    [InlineData(""" "callbacks": { "a.b": { "timeout": 0 } } """, RuleIds.SpecRule, "at least 1")]
    [InlineData(""" "callbacks": { "a.b": { "result": { "type": "Gone[]" } } } """, RuleIds.SpecReference, "no type \"Gone\"")]
    [InlineData(""" "callbacks": { "a b": {} } """, RuleIds.SpecShape, "A callback's name")]
    [InlineData(""" "callbacks": { "a.b": { "of": "Gone", "field": "url" } } """, RuleIds.SpecReference, "no type \"Gone\"")]
    [InlineData(""" "callbacks": { "a.b": { "result": { "type": "int", "at": "items" } } } """, RuleIds.SpecShape, "as a whole")]
    [InlineData(""" "types": { "T": { "fields": { "url": { "type": "string" } } } }, "callbacks": { "a.b": { "of": "T", "field": "ulr" } } """, RuleIds.SpecReference, "Did you mean \"url\"?")]
    [InlineData(""" "types": { "T": { "fields": { "url": { "type": "string" } } } }, "callbacks": { "a.b": { "request": { "type": "T" } }, "a.c": { "request": { "type": "T" } } } """, RuleIds.SpecConflict, "Another callback")]
    [InlineData(""" "methods": { "demo.item.add": { "params": { "HANDLER": { "type": "string" } } } }, "callbacks": { "a.b": { "method": "demo.item.add", "field": "HANDLR" } } """, RuleIds.SpecReference, "Did you mean \"HANDLER\"?")]
    [InlineData(""" "methods": { "demo.item.add": { "params": { "HANDLER": { "type": "string" } } } }, "placements": { "A_TAB": { "method": "demo.item.add", "field": "HANDLR" } } """, RuleIds.SpecReference, "Did you mean \"HANDLER\"?")]
    [InlineData(""" "placements": { "A_{x}_{x}_TAB": {} } """, RuleIds.SpecConflict, "twice")]
    [InlineData(""" "placements": { "A_{x}{y}": {} } """, RuleIds.SpecRule, "Nothing parts")]
    public void What_is_wrong_is_said_at_its_line(string members, string id, string message)
    {
        var found = Assert.Single(Spec.Problems(Spec.Read(members)));
        Assert.Equal(id, found.Id);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.NotEqual("", found.Pointer);
    }

    [Theory]
    [InlineData("CRM_DEAL_DETAIL_TAB", "CRM_DEAL_DETAIL_TAB", true)]
    [InlineData("CRM_DEAL_DETAIL_TAB", "crm_deal_detail_tab", true)]
    [InlineData("CRM_DEAL_DETAIL_TAB", "CRM_DEAL_DETAIL_TABS", false)]
    [InlineData("CRM_DYNAMIC_{entityTypeId}_DETAIL_TAB", "CRM_DYNAMIC_183_DETAIL_TAB", true)]
    [InlineData("CRM_DYNAMIC_{entityTypeId}_DETAIL_TAB", "CRM_DYNAMIC__DETAIL_TAB", false)]
    [InlineData("CRM_DYNAMIC_{entityTypeId}_DETAIL_TAB", "CRM_DYNAMIC_1_2_DETAIL_TAB", false)]
    [InlineData("CRM_DYNAMIC_{entityTypeId}_DETAIL_TAB", "CRM_DYNAMIC_183", false)]
    [InlineData("A_{x}", "A_1", true)]
    [InlineData("LANDING_BLOCK_{code}", "LANDING_BLOCK_04.1.one_col_fix", true)]
    [InlineData("LANDING_BLOCK_{code}", "LANDING_BLOCK_*", true)]
    [InlineData("LANDING_BLOCK_{code}", "LANDING_BLOCK_", false)]
    public void A_code_is_matched_with_its_parameters(string pattern, string code, bool expected) =>
        Assert.Equal(expected, PlacementCodes.Matches(pattern, code));
}

using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>Pages about events and placements become specs.</summary>
public class IncomingPageTests
{
    private const string Event = """
        # Event on a new Box onShopBoxAdd

        > Scope: [`shop`](../scopes.md)

        The event `ONSHOPBOXADD` is triggered when a box is made.

        ## What the Handler Receives

        ```json
        { "event": "ONSHOPBOXADD", "event_handler_id": "1", "data": { "FIELDS": { "ID": "7", "NOTE": "x" } }, "ts": "1", "auth": { "member_id": "m" } }
        ```

        #|
        || **Parameter**
        `type` | **Description** ||
        || **event**
        [`string`](../data-types.md) | Code ||
        || **data**
        [`object`](../data-types.md) | Data ||
        || **data.FIELDS**
        [`object`](../data-types.md) | Fields.

        The structure is described [below](#fields) ||
        |#

        ### Parameter FIELDS {#fields}

        #|
        || **Parameter**
        `type` | **Description** ||
        || **ID**
        [`integer`](../data-types.md) | Identifier ||
        |#
        """;

    private const string Tabs = """
        # Event on a moved Box onShopBoxMove

        > Scope: [`shop`](../scopes.md)

        ## What the Handler Receives

        {% list tabs %}

        - Within a room

            ```json
            { "event": "ONSHOPBOXMOVE", "data": { "ID": "7", "FROM": "1", "IS_NEW": "N" } }
            ```

        - To another room

            ```json
            { "event": "ONSHOPBOXMOVE", "data": { "ID": "7", "FROM": "cellar", "ROOM_ID": "3" } }
            ```

        {% endlist %}
        """;

    private const string Placement = """
        # Tab of a Box SHOP_XXX_TAB

        > Scope: [`placement, shop`](../scopes.md)

        ## Where the Widget is Embedded

        #|
        || **Placement Code** | **Location** ||
        || `SHOP_BOX_TAB` | Tab of a box ||
        || `SHOP_DYNAMIC_XXX_TAB` | Tab of what a portal adds. Replace XXX with its number ||
        |#

        ## What the Handler Receives

        ```php
        Array
        (
            [PLACEMENT] => SHOP_BOX_TAB
            [PLACEMENT_OPTIONS] => {"ID":"8061","URI":"\/x"}
        )
        ```

        ### PLACEMENT_OPTIONS

        #|
        || **Parameter** | **Description** ||
        || **ID***
        [`string`](../data-types.md) | Identifier ||
        |#

        ## OPTIONS When Registering via placement.bind

        #|
        || **Parameter** | **Description** ||
        || **width**
        [`integer`](../data-types.md) | Width ||
        |#
        """;

    private const string Several = """
        # Events of bots

        ## ONSHOPBOXMESSAGEADD

        #|
        || **Field** | **Type** | **Description** ||
        || **text** | `string` | The text ||
        || **count** | `integer` | How many ||
        |#

        ### Example Data

        ```json
        { "text": "a", "count": 1, "more": { "deep": "x" } }
        ```
        """;

    private static readonly Docs Imported = Docs.Import(
        (Docs.FileOf("shop.box.add"), Docs.Text("shop.box.add", "No parameters.")),
        (Docs.FileOf("shop.message.add"), Docs.Text("shop.message.add", "No parameters.")),
        ("shop/events/on-shop-box-add.md", Event), ("shop/events/on-shop-box-move.md", Tabs), ("shop/widgets/tab.md", Placement), ("shop/events.md", Several));

    [Fact]
    public void An_event_page_gives_code_words_and_data()
    {
        var spec = Assert.Single(Imported.Set.FindFile("shop.events")!.Events, static e => e.Code == "ONSHOPBOXADD");
        Assert.Equal("onShopBoxAdd", spec.Name);
        var fields = Imported.Set.ResolveType(Imported.Set.ResolveType(spec.Data!)!.Fields.Single().Type)!.Fields;
        Assert.Equal([("ID", TypeKind.Long), ("NOTE", TypeKind.String)], fields.Select(static f => (f.Name, f.Type.Kind)));
        Assert.Equal("https://apidocs.bitrix24.com/shop/events/on-shop-box-add.html", spec.Docs);
    }

    [Fact]
    public void Examples_in_tabs_are_forms_of_one_event()
    {
        var spec = Assert.Single(Imported.Set.FindFile("shop.events")!.Events, static e => e.Code == "ONSHOPBOXMOVE");
        var fields = Imported.Set.ResolveType(spec.Data!)!.Fields;
        Assert.Equal(["ID: long", "FROM: string", "IS_NEW: yn", "ROOM_ID: long"], fields.Select(static f => $"{f.Name}: {f.Type}"));
        Assert.Equal(2, Imported.Result.Incoming.Events.Single(static e => e.Code == "ONSHOPBOXMOVE").Examples.Count);
    }

    [Fact]
    public void A_page_about_several_events_gives_each_and_finds_the_words_of_their_codes()
    {
        var spec = Assert.Single(Imported.Set.FindFile("shop.events")!.Events, static e => e.Code == "ONSHOPBOXMESSAGEADD");
        Assert.Equal("onShopBoxMessageAdd", spec.Name);
        Assert.Equal(["text", "count", "more"], Imported.Set.ResolveType(spec.Data!)!.Fields.Select(static f => f.Name));
    }

    [Fact]
    public void A_placement_page_gives_its_codes_options_and_what_registering_takes()
    {
        var file = Imported.Set.FindFile("shop.placements")!;
        Assert.Equal("shop", file.Scope);
        Assert.Equal(["SHOP_BOX_TAB", "SHOP_DYNAMIC_{entityTypeId}_TAB"], file.Placements.Select(static p => p.Code));
        foreach (var spec in file.Placements)
        {
            Assert.Equal([("ID", TypeKind.Long), ("URI", TypeKind.String)], Imported.Set.ResolveType(spec.Options!)!.Fields.Select(static f => (f.Name, f.Type.Kind)));
            Assert.Equal(["width"], Imported.Set.ResolveType(spec.BindOptions!)!.Fields.Select(static f => f.Name));
        }
    }

    [Fact]
    public void The_report_says_what_of_the_shown_payloads_is_lost()
    {
        var report = Assert.Single(ImportReport.Create(Imported.Result, [], [], MutationReport.None, [], []).Incoming);
        Assert.Equal(("shop", 3, 2, 6, 6), (report.Area, report.Events, report.Placements, report.Payloads, report.Whole));
        Assert.Empty(report.Lost);
    }

    [Fact]
    public void A_code_with_points_is_an_event_of_its_area()
    {
        const string page = """
            # Event on adding a Box SHOP.BOX.ON.ADD

            > Scope: [`shop`](../scopes.md)

            ```json
            { "event": "SHOP.BOX.ON.ADD", "data": { "FIELDS": { "ID": 1 } } }
            ```
            """;
        var docs = Docs.Import((Docs.FileOf("shop.box.add"), Docs.Text("shop.box.add", "No parameters.")), ("shop/box/events/shop-box-on-add.md", page));

        var spec = Assert.Single(docs.Set.FindFile("shop.events")!.Events);
        Assert.Equal(("SHOP.BOX.ON.ADD", null), (spec.Code, spec.Name));
        Assert.Equal(TypeKind.Long, docs.Set.ResolveType(docs.Set.ResolveType(spec.Data!)!.Fields.Single().Type)!.Fields.Single().Type.Kind);
    }

    [Fact]
    public void EventWhoseDevelopmentHasStopped_IsDeprecated()
    {
        var docs = Docs.Import(("api/on-shop-box-add.md", Event.Replace("The event `ONSHOPBOXADD` is", "{% note warning \"DEPRECATED\" %}\n\nThe development of this event has been halted. Use another one.\n\n{% endnote %}\n\nThe event `ONSHOPBOXADD` is", StringComparison.Ordinal)));

        Assert.True(docs.Result.Files.SelectMany(static f => f.Events).Single().Deprecated);
    }
}

using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>Lists: what they are called, what they answer, and what their filters may hold.</summary>
public class ListPageTests
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";
    private const string Record = """{"id": 1, "title": "A", "kind": "x", "weight": 1.5, "owner": 4, "place": "B"}""";
    private const string Filter = Header + "|| **filter**\n[`object`](t.md) | Filter ||\n|| **start**\n[`integer`](t.md) | Offset ||\n|#";

    private static (string, string) Page(string name, string parameters, string request, string answer, string after = "") =>
        (Docs.FileOf(name), Docs.Text(name, parameters, request, answer, after));

    private static (string, string) Get(string answer) =>
        Page("shop.box.get", Header + "|| **id***\n[`integer`](t.md) | Id ||\n|#", """{"id": 1}""", answer, "### Returned Data\n\n" + Header + "|| **result**\n[`object`](t.md) | See [below](#box) ||\n|#\n\n#### Box {#box}\n\n"
            + Header + string.Concat(new[] { "id", "title", "kind", "weight", "owner", "place" }.Select(static n => $"|| **{n}**\n[`string`](t.md) | Text ||\n")) + "|#");

    private static Docs Boxes(string filter, string answer = $$"""{"result": [{{Record}}], "total": 1}""", string after = "") => Docs.Import(
        Get($$"""{"result": {{Record}}}"""),
        Page("shop.box.list", Filter, $$"""{"filter": {{filter}}}""", answer, after));

    private static FieldSpec FilterOf(Docs docs) => docs.Parameter("filter", "shop.box.list");

    [Fact]
    public void ListThatIsCalledGet_IsAList()
    {
        var docs = Docs.Import(Page("shop.user.get", Filter, """{"filter": {"title": "A"}}""", $$"""{"result": [{{Record}}, {{Record}}], "total": 2}"""));

        Assert.Equal((Operation.List, Paging.Start), (docs.Method("shop.user.get").Operation, docs.Method("shop.user.get").Paging));
    }

    [Fact]
    public void ObjectUnderTheMethodsOwnWord_IsNoMap()
    {
        var result = Docs.Import(Get($$"""{"result": {"box": {{Record}} } }""")).Method("shop.box.get").Result!;

        Assert.Equal(("box", TypeKind.Named), (result.At, result.Type.Kind));
    }

    [Fact]
    public void ObjectUnderAnyOtherWord_IsAMap() =>
        Assert.Equal(TypeKind.Map, Docs.Import(Get($$"""{"result": {"k7": {{Record}} } }""")).Method("shop.box.get").Result!.Type.Kind);

    [Fact]
    public void GroupsOfConditions_AreLogicOfTheFilter()
    {
        var filter = FilterOf(Boxes("""{"0": {"logic": "OR", "0": {"!=title": "A"}, "1": {">weight": 1}}, "@kind": ["x"]}"""));

        Assert.True(filter is { As: View.Filter, Logic: true });
        Assert.True(FilterOf(Boxes("""{"@kind": ["x"]}""")) is { As: View.Filter, Logic: false });
        Assert.Null(FilterOf(Boxes("""{"kind": {"of": "x"}}""")).As);
    }

    [Fact]
    public void QueryWithinParams_HasTheFieldsOfTheAnswer()
    {
        const string Query = Header + "|| **params**\n[`object`](t.md) | See [below](#params) ||\n|#\n\n### params {#params}\n\n" + Header
            + "|| **select**\n[`string[]`](t.md) | Names ||\n|| **filter**\n[`object`](t.md) | Conditions on [fields](#box) ||\n|| **order**\n[`object`](t.md) | Directions ||\n|#";
        const string Box = "### Returned Data\n\n" + Header + "|| **result**\n[`object[]`](t.md) | See [below](#box) ||\n|#\n\n#### Box {#box}\n\n" + Header
            + "|| **ID**\n[`string`](t.md) | Id ||\n|| **ACTIVE**\n[`string`](t.md) | Flag ||\n|| **TITLE**\n[`string`](t.md) | Title ||\n|#";
        var docs = Docs.Import(Page(
            "shop.box.getList", Query, """{"params": {"select": ["ID"], "filter": {"ACTIVE": "Y"}, "order": {"ID": "DESC"}}}""",
            """{"result": [{"ID": "7", "ACTIVE": "Y", "TITLE": "A"}]}""", Box));

        var query = docs.Type(docs.Parameter("params", "shop.box.getList").Type).Fields;
        Assert.Equal([View.Select, View.Filter, View.Order], query.Select(static f => f.As!.Value));
        var filter = docs.Type(query.Single(static f => f.Name == "filter").Type).Fields;
        Assert.Equal([("ID", "long"), ("ACTIVE", "yn"), ("TITLE", "string")], filter.Select(static f => (f.Name, f.Type.ToString())));
    }

    [Fact]
    public void OneUnknownFieldAmongMany_IsAGapInTheTables()
    {
        var docs = Boxes("""{"title": "A", "kind": "x", ">weight": 1, "owner": 4, "colour": "red"}""");

        Assert.Equal(View.Filter, FilterOf(docs).As);
        Assert.Contains(docs.Type(FilterOf(docs).Type).Fields, static f => f.Name == "colour");
        Assert.Contains(docs.Notes, static n => n == "Field 'colour' stands in an example's filter only.");

        // Two of which one is unknown are fields of something else: a type of its own, and open.
        var other = Boxes("""{"title": "A", "colour": "red"}""");
        Assert.Equal(View.Filter, FilterOf(other).As);
        Assert.NotEqual("Box", FilterOf(other).Type.Name);
        Assert.True(other.Type(FilterOf(other).Type) is { Open: true, Undescribed: true });
    }

    [Fact]
    public void AnswerThatThePageDoesNotShow_IsWhatTheOtherPagesTell()
    {
        var docs = Boxes("{}", "{\"result\": [{\"id\": 1}, of these there are: 48 ]}", "### Returned Data\n\n" + Header + "|| **result**\n[`array`](t.md) | Boxes ||\n|#");
        var result = docs.Method("shop.box.list").Result!.Type;

        Assert.Equal((TypeKind.Array, "Box"), (result.Kind, result.Element!.Name));
    }

    [Fact]
    public void ListOfWhatDoesNotWork_IsNoListOfFields()
    {
        var docs = Docs.Import(
            Get($$"""{"result": {{Record}}}"""),
            Page("shop.box.list", Header + "|| **order**\n[`object`](t.md) | Order. Sorting by these is not supported:\n- `S:Money` — money\n- `kind` — kind\n||\n|#", """{"order": {"title": "asc"}}""", $$"""{"result": [{{Record}}], "total": 1}"""));

        Assert.Equal(TypeKind.Named, docs.Parameter("order", "shop.box.list").Type.Kind);
    }

    // https://apidocs.bitrix24.com/api-reference/telephony/voximplant/voximplant-statistic-get.html: the answer has no table, the filter has one.
    private const string Calls = Header + "|| **FILTER**\n[`object`](t.md) | See the [list of fields for filtering](#filterable) below ||\n"
        + "|| **SORT**\n[`string`](t.md) | Sorting field.\n\nThe same fields as in the [list of fields for filtering](#filterable) are used, except for `CALL_TYPE` ||\n|#\n\n"
        + "### Available Fields for Filtering {#filterable}\n\n" + Header + "|| **ID**\n[`integer`](t.md) | Id ||\n|| **CALL_TYPE**\n[`integer`](t.md) | Type.\n\nPossible values:\n- `1` — out\n- `2` — in ||\n"
        + "|| **CALL_DURATION**\n[`integer`](t.md) | Seconds ||\n|| **NUMBER**\n[`string`](t.md) | Number ||\n|| **COST**\n[`double`](t.md) | Cost ||\n|#";

    private static readonly Docs Statistics = Docs.Import(Page(
        "shop.call.get", Calls, """{"FILTER": {">CALL_DURATION": 5}, "SORT": "ID"}""", """{"result": [{"ID": "7", "CALL_TYPE": "2", "CALL_DURATION": "26", "NOTE": "a"}], "total": 1}"""));

    [Fact]
    public void FilterWithATableOfItsOwn_IsTypedByIt()
    {
        var filter = Statistics.Type(Statistics.Parameter("FILTER", "shop.call.get").Type).Fields;

        Assert.Equal(["CALL_TYPE int", "CALL_DURATION int"], filter.Where(static f => f.Name.StartsWith("CALL", StringComparison.Ordinal)).Select(static f => $"{f.Name} {f.Type}"));
        Assert.Equal(["1", "2"], filter.Single(static f => f.Name == "CALL_TYPE").Enum);
    }

    [Fact]
    public void NumberInQuotesInAnAnswer_IsOneWhereTheFiltersTableSaysSo() =>
        Assert.Equal(TypeKind.Int, Statistics.Type(Statistics.Method("shop.call.get").Result!.Type).Fields.Single(static f => f.Name == "CALL_DURATION").Type.Kind);

    [Fact]
    public void SortByOneName_TakesTheFiltersNamesButThoseExcepted()
    {
        var sort = Statistics.Parameter("SORT", "shop.call.get");

        Assert.Equal(["ID", "CALL_DURATION", "NUMBER", "COST"], sort.Enum);
        Assert.Equal(["enum"], sort.Weak);
    }

    // https://apidocs.bitrix24.com/api-reference/entity/items/entity-item-get.html
    [Fact]
    public void FilterByCodesOfTheCaller_RefusesNoName()
    {
        var docs = Docs.Import(Page(
            "shop.item.get", Header + "|| **FILTER**\n[`object`](t.md) | See [fields](#item) ||\n|#\n\n### Item {#item}\n\n" + Header
            + "|| **ID**\n[`integer`](t.md) | Id ||\n|| **NAME**\n[`string`](t.md) | Name ||\n|| **VALUES**\n[`object`](t.md) | To filter, use the key `PROPERTY_<PROPERTY_CODE>` ||\n|#",
            """{"FILTER": {">ID": 5}}""", """{"result": [{"ID": "7", "NAME": "a"}], "total": 1}"""));

        Assert.True(docs.Type(docs.Parameter("FILTER", "shop.item.get").Type) is { Open: true, Undescribed: true });
    }
}

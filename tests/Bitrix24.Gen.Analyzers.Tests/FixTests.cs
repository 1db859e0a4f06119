using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

public class FixTests
{
    private const string Get = "await portal.CallAsync(\"biconnector.dataset.get\", ";
    private const string Update = "await portal.CallAsync(\"biconnector.dataset.update\", ";
    private const string List = "await portal.CallAsync(\"biconnector.dataset.list\", ";

    public static TheoryData<string, string> Renames => new()
    {
        { "await portal.CallAsync({|B24101:\"biconnector.dataset.gte\"|}, new { id });", "await portal.CallAsync(\"biconnector.dataset.get\", new { id });" },
        { Update + "new { id, fields = new { {|B24102:descripton|} = text } });", Update + "new { id, fields = new { description = text } });" },
        { "var descripton = text; " + Update + "new { id, fields = new { {|B24102:descripton|} } });", "var descripton = text; " + Update + "new { id, fields = new { description = descripton } });" },
        { Update + "new { id, fields = new Dictionary<string, object?> { [{|B24102:\"descripton\"|}] = 1 + text } });", Update + "new { id, fields = new Dictionary<string, object?> { [\"description\"] = 1 + text } });" },
        { Update + "\"{\\\"id\\\":5,\\\"fields\\\":{{|B24102:\\\"descripton\\\"|}:\\\"x\\\"}}\");", Update + "\"{\\\"id\\\":5,\\\"fields\\\":{\\\"description\\\":\\\"x\\\"}}\");" },
        { Update + "@\"{\"\"id\"\":5,\"\"fields\"\":{{|B24102:\"\"descripton\"\"|}:\"\"x\"\"}}\");", Update + "@\"{\"\"id\"\":5,\"\"fields\"\":{\"\"description\"\":\"\"x\"\"}}\");" },
        { Update + "\"\"\"{\"id\":5,\"fields\":{{|B24102:\"descripton\"|}:\"x\"}}\"\"\");", Update + "\"\"\"{\"id\":5,\"fields\":{\"description\":\"x\"}}\"\"\");" },
        { List + "new { page = 1, select = new[] { {|B24112:\"nmae\"|} } });", List + "new { page = 1, select = new[] { \"name\" } });" },
        { List + "new { page = 1, filter = new Dictionary<string, object?> { [{|B24111:\">=dateCreat\"|}] = text } });", List + "new { page = 1, filter = new Dictionary<string, object?> { [\">=dateCreate\"] = text } });" },
        { List + "new { page = 1, order = new { id = {|B24113:\"DESCC\"|} } });", List + "new { page = 1, order = new { id = \"DESC\" } });" },
        { "var field = new DatasetFieldCreate { Type = {|B24109:\"strin\"|}, Name = \"ID\", ExternalCode = \"ID\" };", "var field = new DatasetFieldCreate { Type = \"string\", Name = \"ID\", ExternalCode = \"ID\" };" },
        { "var field = new DatasetFieldCreate { Type = DatasetFieldType.Int, Name = {|B24107:\"order id\"|}, ExternalCode = \"ID\" };", "var field = new DatasetFieldCreate { Type = DatasetFieldType.Int, Name = \"ORDER_ID\", ExternalCode = \"ID\" };" },
    };

    public static TheoryData<string, string> Removals => new()
    {
        { Update + "new { id, fields = new { {|B24104:dateCreate|} = text, description = text } });", Update + "new { id, fields = new { description = text } });" },
        { Update + "new { id, fields = new { description = text, {|B24105:name|} = \"sales\" } });", Update + "new { id, fields = new { description = text } });" },
        { Update + "new JsonObject { [\"id\"] = 5, [\"fields\"] = new JsonObject { [{|B24105:\"name\"|}] = \"sales\", [\"description\"] = text } });", Update + "new JsonObject { [\"id\"] = 5, [\"fields\"] = new JsonObject { [\"description\"] = text } });" },
        { Update + "\"\"\"{\"id\": 5, \"fields\": {\"description\": \"x\", {|B24105:\"name\"|}: \"sales\"}}\"\"\");", Update + "\"\"\"{\"id\": 5, \"fields\": {\"description\": \"x\"}}\"\"\");" },
        { "var d = new DatasetCreate { SourceId = id, Name = \"a\", ExternalName = \"A\", ExternalCode = \"a\", Fields = [new() { Type = \"int\", Name = \"ID\", ExternalCode = \"a\" }, new() { Type = \"int\", Name = {|B24110:\"ID\"|}, ExternalCode = \"b\" }] };",
          "var d = new DatasetCreate { SourceId = id, Name = \"a\", ExternalName = \"A\", ExternalCode = \"a\", Fields = [new() { Type = \"int\", Name = \"ID\", ExternalCode = \"a\" }] };" },
    };

    public static TheoryData<string, string> Additions => new()
    {
        { Get + "{|B24103:new|} { });", Get + "new { id = {|B24108:0|} });" },
        { "await portal.CallAsync({|B24103:\"biconnector.dataset.get\"|});", Get + "new { id = {|B24108:0|} });" },
        { Update + "{|B24103:new|} { id });", Update + "new { id, fields = {|B24108:new { }|} });" },
        { Update + "{|B24103:new Dictionary<string, object?>|} { [\"id\"] = id });", Update + "new Dictionary<string, object?> { [\"id\"] = id, [\"fields\"] = {|B24108:new { }|} });" },
        { Update + "{|B24103:new Dictionary<string, object?>|} { { \"id\", id } });", Update + "new Dictionary<string, object?> { { \"id\", id }, { \"fields\", {|B24108:new { }|} } });" },
        { "await portal.CallAsync(\"landing.repowidget.unregister\", \"{|B24103:{|}}\");", "await portal.CallAsync(\"landing.repowidget.unregister\", \"{\\\"code\\\": \\\"\\\"}\");" },
    };

    public static TheoryData<string, string> Conversions => new()
    {
        { Update + "new { id, fields = new { description = {|B24106:5|} } });", Update + "new { id, fields = new { description = \"5\" } });" },
        { "await portal.CallAsync(\"landing.repowidget.debug\", new { enable = {|B24106:\"true\"|} });", "await portal.CallAsync(\"landing.repowidget.debug\", new { enable = true });" },
        { "await portal.CallAsync(\"landing.repowidget.debug\", \"\"\"{\"enable\": {|B24106:1|}}\"\"\");", "await portal.CallAsync(\"landing.repowidget.debug\", \"\"\"{\"enable\": true}\"\"\");" },
        { "await portal.CallAsync(\"biconnector.dataset.fields.update\", new { id, delete = {|B24106:5|} });", "await portal.CallAsync(\"biconnector.dataset.fields.update\", new { id, delete = new[] { 5 } });" },
    };

    public static TheoryData<string, string> OtherMethods => new()
    {
        { Update + "new { id, fields = new { {|B24116:fields|} = new[] { new { name = \"ID\", externalCode = \"id\", type = \"int\" } } } });",
          "await portal.CallAsync(\"biconnector.dataset.fields.update\", new { id, add = new[] { new { name = \"ID\", externalCode = \"id\", type = \"int\" } } });" },
        { Update + "new JsonObject { [\"id\"] = 5, [\"fields\"] = new JsonObject { [{|B24116:\"fields\"|}] = new JsonArray(text) } });",
          "await portal.CallAsync(\"biconnector.dataset.fields.update\", new JsonObject { [\"id\"] = 5, [\"add\"] = new JsonArray(text) });" },
        { Update + "\"\"\"{\"id\": 5, \"fields\": {{|B24116:\"fields\"|}: [{\"name\": \"ID\", \"externalCode\": \"id\", \"type\": \"int\"}]}}\"\"\");",
          "await portal.CallAsync(\"biconnector.dataset.fields.update\", \"\"\"{\"id\": 5, \"add\": [{\"name\": \"ID\", \"externalCode\": \"id\", \"type\": \"int\"}]}\"\"\");" },
    };

    [Theory]
    [MemberData(nameof(OtherMethods))]
    [MemberData(nameof(Renames))]
    [MemberData(nameof(Removals))]
    [MemberData(nameof(Additions))]
    [MemberData(nameof(Conversions))]
    public Task A_fix_changes_what_is_reported(string statements, string fixedText) => VerifyFix.StatementsAsync(statements, fixedText);

    [Theory]
    [InlineData("const string Method = \"biconnector.dataset.gte\"; await portal.CallAsync({|B24101:Method|}, new { id });")]
    [InlineData("var description = text; await portal.CallAsync(\"biconnector.dataset.update\", new { id, fields = new { description, {|B24102:descripton|} = text } });")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", new { id = {|B24106:\"five\"|} });")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.update\", new { id, fields = new { {|B24116:fields|} = new[] { text }, description = text } });")]
    public Task No_fix_is_offered_where_none_would_be_right(string statements) => VerifyFix.NoneAsync(statements);

    [Fact]
    public Task Members_of_several_documents_are_removed_at_once() => VerifyFix.AllAsync(
        [
            Update + "new { id, fields = new { {|B24105:name|} = \"a\", {|B24105:sourceId|} = 3, description = text } });",
            Update + "new { id, fields = new { description = text, {|B24105:name|} = \"a\", {|B24105:sourceId|} = 3 } });",
            Update + "new { id, fields = new { {|B24105:name|} = \"a\", description = text, {|B24105:sourceId|} = 3 } });",
        ],
        [
            Update + "new { id, fields = new { description = text } });",
            Update + "new { id, fields = new { description = text } });",
            Update + "new { id, fields = new { description = text } });",
        ]);

    [Fact]
    public Task Members_missing_from_several_documents_are_added_at_once() => VerifyFix.AllAsync(
        ["await portal.CallAsync(\"landing.landing.favoriteBlock\", {|B24103:{|B24103:new|}|} { });", Get + "{|B24103:new|} { });"],
        ["await portal.CallAsync(\"landing.landing.favoriteBlock\", new { block = 0, lid = 0 });", Get + "new { id = {|B24108:0|} });"]);

    [Fact]
    public Task Names_in_several_documents_are_changed_at_once() => VerifyFix.AllAsync(
        [Update + "new { id, fields = new { {|B24102:descripton|} = text } });", Update + "\"\"\"{\"id\": 5, \"fields\": {{|B24102:\"descripton\"|}: \"x\"}}\"\"\");"],
        [Update + "new { id, fields = new { description = text } });", Update + "\"\"\"{\"id\": 5, \"fields\": {\"description\": \"x\"}}\"\"\");"]);

    /// <summary>Each rule with a fix, twice in one document and once in another: all at once.</summary>
    [Theory]
    [MemberData(nameof(Renames))]
    [MemberData(nameof(Removals))]
    [MemberData(nameof(Conversions))]
    [MemberData(nameof(OtherMethods))]
    public Task A_fix_is_made_in_all_documents_at_once(string statements, string fixedText) =>
        VerifyFix.AllAsync([Twice(statements), statements], [Twice(fixedText), fixedText]);

    // Each copy in a block: its variables are its own.
    private static string Twice(string statements) => $"{{ {statements} }} {{ {statements} }}";

    [Fact]
    public Task Values_in_several_documents_are_converted_at_once() => VerifyFix.AllAsync(
        [Update + "new { id, fields = new { description = {|B24106:5|} } });", Update + "new { id, fields = new { description = {|B24106:true|} } });"],
        [Update + "new { id, fields = new { description = \"5\" } });", Update + "new { id, fields = new { description = \"true\" } });"]);
}

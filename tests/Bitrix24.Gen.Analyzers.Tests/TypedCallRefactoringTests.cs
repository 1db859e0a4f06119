using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>A call by name becomes the typed call that sends the same, or stays what it is.</summary>
public class TypedCallRefactoringTests
{
    public static TheoryData<string, string> Calls => new()
    {
        // Every form that parameters may have.
        { "await portal.Call$$Async(\"biconnector.dataset.get\", new { id = 5 });", "await portal.BiConnector.Dataset.GetAsync(id: 5);" },
        { "await portal.CallAsync(\"biconnector.$$dataset.get\", new { id });", "await portal.BiConnector.Dataset.GetAsync(id: id);" },
        { "await portal.CallAsync(\"biconnector.dataset.get\", new Dictionary<string, object?> { [\"id\"] = i$$d });", "await portal.BiConnector.Dataset.GetAsync(id: id);" },
        { "await portal.CallAs$$ync(\"biconnector.dataset.get\", new Dictionary<string, object?> { { \"id\", id + 1 } });", "await portal.BiConnector.Dataset.GetAsync(id: id + 1);" },
        { "await portal.CallAs$$ync(\"biconnector.dataset.get\", new JsonObject { [\"id\"] = 7 });", "await portal.BiConnector.Dataset.GetAsync(id: 7);" },
        { "await portal.CallAs$$ync(\"biconnector.dataset.get\", \"{\\\"id\\\": 7}\");", "await portal.BiConnector.Dataset.GetAsync(id: 7);" },
        // Records, only what is given.
        { "await portal.CallAs$$ync(\"biconnector.dataset.update\", new { id, fields = new { description = text } });",
          "await portal.BiConnector.Dataset.UpdateAsync(id: id, fields: new() { Description = text });" },
        { "await portal.CallAs$$ync(\"biconnector.dataset.update\", new { id, fields = new { description = text.Trim() + \"!\" } });",
          "await portal.BiConnector.Dataset.UpdateAsync(id: id, fields: new() { Description = text.Trim() + \"!\" });" },
        // Constants keep their names where their types fit.
        { "const int Id = 5; await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id = Id });", "const int Id = 5; await portal.BiConnector.Dataset.GetAsync(id: Id);" },
        { "const string Id = \"5\"; await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id = Id });", "const string Id = \"5\"; await portal.BiConnector.Dataset.GetAsync(id: 5);" },
        { "await portal.CallAs$$ync(\"landing.repowidget.debug\", new { enable = id > 5 });", "await portal.Landing.RepoWidget.DebugAsync(enable: id > 5);" },
        // A choice between Y and N is a truth value.
        { "await portal.CallAs$$ync(\"landing.landing.addByTemplate\", new { siteId = id, code = text, fields = new { ADD_IN_MENU = id > 5 ? \"Y\" : \"N\" } });",
          "await portal.Landing.Landing.AddByTemplateAsync(siteId: id, code: text, fields: new() { AddInMenu = id > 5 });" },
        // Files, with the bytes as they are.
        { "await portal.CallAs$$ync(\"landing.block.uploadfile\", new { block = id, picture = new[] { text, Convert.ToBase64String(new byte[id]) } });",
          "await portal.Landing.Block.UploadFileAsync(block: id, picture: Bitrix24File.FromBytes(text, new byte[id]));" },
        { "await portal.CallAs$$ync(\"landing.block.uploadfile\", new { block = id, picture = new[] { \"a.png\", \"AQID\" } });",
          "await portal.Landing.Block.UploadFileAsync(block: id, picture: Bitrix24File.FromBytes(\"a.png\", Convert.FromBase64String(\"AQID\")));" },
        // The reading of the answer goes, as the answer is typed.
        { "bool gone = (await portal.CallAs$$ync(\"landing.repowidget.unregister\", new { code = text })).GetBoolean();",
          "bool gone = await portal.Landing.RepoWidget.UnregisterAsync(code: text);" },
        // A record that is read by name: at once, or through a variable.
        { "Console.WriteLine((await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id })).GetProperty(\"item\").GetProperty(\"name\").GetString());",
          "Console.WriteLine((await portal.BiConnector.Dataset.GetAsync(id: id)).Name);" },
        { "string? name = (await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id })).GetProperty(\"item\").GetProperty(\"name\").GetString();",
          "string? name = (await portal.BiConnector.Dataset.GetAsync(id: id)).Name;" },
        { "var set = (await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id })).GetProperty(\"item\"); if (id > 0) Console.WriteLine(set.GetProperty(\"name\").GetString() + set.GetProperty(\"id\"));",
          "var set = await portal.BiConnector.Dataset.GetAsync(id: id); if (id > 0) Console.WriteLine(set.Name + set.Id);" },
        { "JsonElement answer = await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id }); Console.WriteLine(answer.GetProperty(\"item\").GetProperty(\"id\").GetInt64());",
          "var answer = await portal.BiConnector.Dataset.GetAsync(id: id); Console.WriteLine(answer.Id);" },
        // A loop over a list.
        { "foreach (var each in (await portal.CallAs$$ync(\"biconnector.dataset.list\", new { select = new[] { \"id\", \"name\" }, order = new { id = \"DESC\" } })).EnumerateArray()) Console.WriteLine(each.GetProperty(\"name\").GetString());",
          "await foreach (var each in portal.BiConnector.Dataset.ListAsync(query: q => q.OrderByDescending(x => x.Id).Select(x => x.Id, x => x.Name))) Console.WriteLine(each.Name);" },
        { "foreach (JsonElement each in (await portal.CallAs$$ync(\"biconnector.dataset.list\", new { filter = new Dictionary<string, object?> { [\">id\"] = id } })).EnumerateArray()) { Console.WriteLine($\"{each.GetProperty(\"id\").GetInt64()}\"); }",
          "await foreach (var each in portal.BiConnector.Dataset.ListAsync(query: q => q.Where(x => x.Id > id))) { Console.WriteLine($\"{each.Id}\"); }" },
        { "foreach (var each in (await portal.CallAs$$ync(\"biconnector.dataset.list\", new { page = 1 })).EnumerateArray()) Console.WriteLine(each.GetProperty(\"name\").GetString());",
          "await foreach (var each in portal.BiConnector.Dataset.ListAsync()) Console.WriteLine(each.Name);" },
        // What stands around stays.
        { "await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id }, CancellationToken.None).ConfigureAwait(false);",
          "await portal.BiConnector.Dataset.GetAsync(id: id, cancellationToken: CancellationToken.None).ConfigureAwait(false);" },
        { "var task = portal.CallAs$$ync(\"biconnector.dataset.get\", new { id }); await task;", "var task = portal.BiConnector.Dataset.GetAsync(id: id); await task;" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public Task A_call_by_name_becomes_typed(string statements, string expected) => VerifyRefactoring.StatementsAsync(statements, expected);

    [Theory]
    [InlineData("await portal.CallAs$$ync(\"biconnector.dataset.gte\", new { id });")] // no such method
    [InlineData("await portal.CallAs$$ync(text, new { id });")] // nobody knows which
    [InlineData("await portal.CallAs$$ync(\"crm.deal.get\", new { id });")] // the client has no such area
    [InlineData("await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id = text });")] // text is no number
    [InlineData("await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id, other = 5 });")] // no such parameter
    [InlineData("await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id = \"five\" });")]
    [InlineData("await portal.CallAs$$ync(\"landing.block.uploadfile\", new { block = id, picture = new[] { text, \"no base64\" } });")]
    [InlineData("await portal.CallAs$$ync(\"biconnector.dataset.get\");")] // an id is required
    [InlineData("await portal.CallAs$$ync(\"biconnector.dataset.update\", new { id, fields = new { name = text } });")] // cannot be changed
    [InlineData("await portal.CallAs$$ync(\"biconnector.dataset.get\", new Dictionary<string, object?> { [\"id\"] = id, [text] = 5 });")] // more than is seen
    [InlineData("var given = new Dictionary<string, object?> { [\"id\"] = id }; given[text] = 5; await portal.CallAs$$ync(\"biconnector.dataset.get\", given);")]
    [InlineData("var given = new { id }; await portal.CallAs$$ync(\"biconnector.dataset.get\", given);")] // stands elsewhere
    [InlineData("await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id /* of the dataset */ });")] // a remark would be lost
    [InlineData("var item = (await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id })).GetProperty(\"item\"); Console.WriteLine(item);")] // the answer is read as JSON
    [InlineData("var answer = await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id }); Console.WriteLine(answer.GetProperty(\"item\").GetProperty(\"nam\"));")] // no such member
    [InlineData("var answer = await portal.CallAs$$ync(\"biconnector.dataset.get\", new { id }); Console.WriteLine(answer.GetProperty(\"item\").GetProperty(\"name\")); Console.WriteLine(answer);")] // printed as JSON
    [InlineData("var all = await portal.CallAs$$ync(\"biconnector.dataset.list\", new { page = 1 });")] // one page is not all
    [InlineData("foreach (var each in (await portal.CallAs$$ync(\"biconnector.dataset.list\")).EnumerateArray()) Console.WriteLine(each);")] // the record as JSON
    [InlineData("foreach (var each in (await portal.CallAs$$ync(\"biconnector.dataset.list\")).EnumerateArray()) Console.WriteLine(each.GetProperty(\"nam\"));")]
    [InlineData("foreach (var each in (await portal.CallAs$$ync(\"biconnector.dataset.list\", new { page = 2 })).EnumerateArray()) Console.WriteLine(each.GetProperty(\"name\"));")] // the others
    [InlineData("foreach (var each in (await portal.CallAs$$ync(\"biconnector.dataset.list\", new { page = id })).EnumerateArray()) Console.WriteLine(each.GetProperty(\"name\"));")]
    [InlineData("foreach (var each in (await portal.CallAs$$ync(\"biconnector.dataset.list\")).GetProperty(\"items\").EnumerateArray()) Console.WriteLine(each.GetProperty(\"name\"));")]
    [InlineData("await portal.BiConnector.Dataset.Get$$Async(id);")]
    public Task A_call_stays_where_typed_code_would_do_something_else(string statements) => VerifyRefactoring.NoneAsync(statements);

    [Fact]
    public Task Long_values_are_indented_as_the_call_is() => VerifyRefactoring.StatementsAsync(
        """
                if (id > 0)
                {
                    await portal.CallAs$$ync("biconnector.dataset.add", new { fields = new { sourceId = id, name = "sales", externalName = "Sales", externalCode = "sales", fields = new[] { new { type = "int", name = "ID", externalCode = "ID" } } } });
                }
        """,
        """
                if (id > 0)
                {
                    await portal.BiConnector.Dataset.AddAsync(fields: new()
                    {
                        SourceId = id,
                        Name = "sales",
                        ExternalName = "Sales",
                        ExternalCode = "sales",
                        Fields = [new() { Type = "int", Name = "ID", ExternalCode = "ID" }],
                    });
                }
        """);
}

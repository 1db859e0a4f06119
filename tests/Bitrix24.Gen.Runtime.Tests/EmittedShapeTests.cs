using System.Text;
using System.Text.Json;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class EmittedShapeTests
{
    [Fact]
    public void Create_view_writes_what_is_set()
    {
        var request = new DatasetAddRequest
        {
            Fields = new()
            {
                SourceId = 3,
                Name = "sales",
                Fields = [new() { Type = DatasetFieldType.Int, Name = "ID", ExternalCode = "идентификатор" }],
            },
        };

        Assert.Equal(
            """{"fields":{"sourceId":3,"name":"sales","fields":[{"type":"int","name":"ID","externalCode":"идентификатор"}]}}""",
            Json.Of(request));
    }

    [Fact]
    public void Update_view_sends_only_what_was_assigned_and_null_where_null_was()
    {
        Assert.Equal("""{"id":1,"fields":{}}""", Json.Of(new DatasetUpdateRequest { Id = 1, Fields = new() }));
        Assert.Equal(
            """{"id":1,"fields":{"description":null}}""",
            Json.Of(new DatasetUpdateRequest { Id = 1, Fields = new() { Description = null } }));
    }

    [Fact]
    public void Portals_own_fields_travel_in_Extra()
    {
        var update = new DatasetUpdate { Description = "x" };
        update.Extra["UF_NOTE"] = "y";

        Assert.Equal("""{"id":1,"fields":{"description":"x","UF_NOTE":"y"}}""", Json.Of(new DatasetUpdateRequest { Id = 1, Fields = update }));
    }

    [Fact]
    public void Name_that_a_property_sends_already_is_refused_in_Extra()
    {
        var update = new DatasetUpdate { Description = null };
        update.Extra["description"] = "y";
        var request = new DatasetUpdateRequest { Id = 1, Fields = update };
        var e = Assert.Throws<ArgumentException>(() => Json.Of(request));
        Assert.Equal("DatasetUpdate is given 'description' twice, once in Extra; the server would drop one of them.", e.Message);
        Assert.Throws<ArgumentException>(request.Validate);

        // What no property sends, Extra may send by any name.
        var create = new DatasetUpdate();
        create.Extra["description"] = 5;
        create.Extra["Description"] = 6;
        Assert.Equal("""{"id":1,"fields":{"description":5,"Description":6}}""", Json.Of(new DatasetUpdateRequest { Id = 1, Fields = create }));

        // Each object has names of its own.
        request = new() { Id = 1, Fields = new() { Description = "x" } };
        request.Extra["description"] = "y";
        Assert.Equal("""{"id":1,"fields":{"description":"x"},"description":"y"}""", Json.Of(request));
        request.Extra["id"] = 2;
        Assert.Throws<ArgumentException>(() => Json.Of(request));
    }

    [Fact]
    public void Read_view_reads_any_order_and_keeps_unknown_members()
    {
        var dataset = Json.Read<Dataset>("""{"name":"n","id":"7","new":{"a":[1]},"fields":{"5":{"id":1,"type":"guid"}},"dateCreate":"2025-03-21 10:30:00"}""");

        Assert.Equal((7, "n"), (dataset.Id, dataset.Name));
        Assert.Equal("guid", Assert.Single(dataset.Fields).Type.Value);
        Assert.Equal(new DateTimeOffset(2025, 3, 21, 10, 30, 0, TimeSpan.Zero), dataset.DateCreate);
        Assert.Equal("""{"a":[1]}""", dataset.Extra["new"].GetRawText());
    }

    [Fact]
    public void Filter_select_and_order_are_written_as_the_server_reads_them()
    {
        var request = new DatasetListRequest { Page = 2 }.With(q => q
            .Where(d => d.Name.Like("sales%") & d.Id > 10)
            .OrderByDescending(d => d.Id)
            .Select(d => d.Id, d => d.Name));

        Assert.Equal(
            """{"select":["id","name"],"filter":{"=%name":"sales%",">id":10},"order":{"id":"DESC"},"page":2}""",
            Json.Of(request));
    }
}

internal static class Json
{
    public static string Of(IBitrix24Request request)
    {
        using var buffer = new PooledBuffer();
        request.WriteParameters(buffer);
        return Encoding.UTF8.GetString(buffer.Span);
    }

    public static T Read<T>(string json)
        where T : Bitrix24Object, new()
    {
        var reader = new FieldReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return JsonRead.Object<T>(ref reader);
    }
}

using System.Text.Json;
using Bitrix24;
using Bitrix24.BiConnector;
using Bitrix24.Landing;

namespace Bitrix24.Gen.Generated.Tests;

/// <summary>Typed calls: what is written, what is read, what is refused before it is sent.</summary>
public class TypedTests
{
    internal static DatasetCreate Dataset() => new()
    {
        SourceId = 3,
        Name = "sales_2026",
        ExternalName = "Sales",
        ExternalCode = "sales",
        Fields = [new() { Type = DatasetFieldType.Int, Name = "ID", ExternalCode = "ID" }],
    };

    [Fact]
    public void RightRequest_HasNoViolation() => Assert.Empty(new DatasetAddRequest { Fields = Dataset() }.Validate());

    [Theory]
    [InlineData("Sales", "B24107", "VALIDATION_DATASET_NAME_INVALID")]
    [InlineData("1abc", "B24107", "VALIDATION_DATASET_NAME_INVALID")]
    [InlineData(null, "B24108", "VALIDATION_DATASET_NAME_TOO_LONG")]
    public void DatasetName_IsChecked(string? name, string rule, string code)
    {
        var fields = Dataset();
        fields.Name = name ?? new string('a', 231);
        AssertViolation(new DatasetAddRequest { Fields = fields }.Validate(), rule, "fields.name", code);
    }

    [Theory]
    [InlineData("name", "B24107", "VALIDATION_FIELD_NAME_INVALID_FORMAT")]
    [InlineData(null, "B24108", "VALIDATION_FIELD_NAME_TOO_LONG")]
    public void DatasetFieldName_IsChecked(string? name, string rule, string code)
    {
        var fields = Dataset();
        fields.Fields[0].Name = name ?? new string('A', 33);
        AssertViolation(new DatasetAddRequest { Fields = fields }.Validate(), rule, "fields.fields[0].name", code);
    }

    [Fact]
    public void UnknownFieldType_IsChecked()
    {
        var fields = Dataset();
        fields.Fields[0].Type = "text";
        AssertViolation(new DatasetAddRequest { Fields = fields }.Validate(), "B24109", "fields.fields[0].type", "VALIDATION_FIELD_INVALID_TYPE");
    }

    [Fact]
    public void RepeatedCode_IsChecked()
    {
        var fields = Dataset();
        fields.Fields = [fields.Fields[0], new() { Type = DatasetFieldType.Date, Name = "DAY", ExternalCode = "ID" }];
        AssertViolation(
            new DatasetAddRequest { Fields = fields }.Validate(), "B24110", "fields.fields[1].externalCode", "VALIDATION_DUPLICATE_FIELD_CODE");
    }

    [Fact]
    public void RequiredFieldSetToNull_IsChecked()
    {
        var fields = Dataset();
        fields.ExternalName = null!;
        AssertViolation(new DatasetAddRequest { Fields = fields }.Validate(), "B24103", "fields.externalName", "VALIDATION_REQUIRED_FIELD_MISSING");
    }

    [Fact]
    public void ImmutableField_CanOnlyBeWrittenAsExtra()
    {
        var fields = new DatasetUpdate { Description = "a" };
#pragma warning disable B24105 // The analyzers say so too.
        fields.Extra["name"] = "other";
#pragma warning restore B24105
        AssertViolation(new DatasetUpdateRequest { Id = 1, Fields = fields }.Validate(), "B24105", "fields.name", "VALIDATION_IMMUTABLE_FIELD");
    }

    [Fact]
    public void EmptyUpdate_IsChecked() => AssertViolation(
        new DatasetUpdateRequest { Id = 1, Fields = new() }.Validate(), "B24108", "fields", "VALIDATION_FIELDS_NOT_PROVIDED");

    [Fact]
    public async Task Update_SendsWhatWasAssigned()
    {
        var server = new CannedServer();
        using var portal = server.Connect();
        await portal.BiConnector.Dataset.UpdateAsync(5, new() { Description = null });
        Assert.EndsWith("biconnector.dataset.update", server.Path, StringComparison.Ordinal);
        using var sent = JsonDocument.Parse(server.Sent!);
        Assert.Equal("""{"description":null}""", sent.RootElement.GetProperty("fields").GetRawText());
        Assert.Equal(5, sent.RootElement.GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Create_LeavesOutWhatHasNoValue()
    {
        var server = new CannedServer("""{"result":{"id":"7"}}""");
        using var portal = server.Connect();
        var added = await portal.BiConnector.Source.AddAsync(new() { Title = "a", ConnectorId = 2, Settings = new() { ["port"] = 5432, ["login"] = "me" } });
        Assert.Equal(7, added.Id);
        using var sent = JsonDocument.Parse(server.Sent!);
        Assert.Equal("""{"title":"a","connectorId":2,"settings":{"port":5432,"login":"me"}}""", sent.RootElement.GetProperty("fields").GetRawText());
    }

    [Fact]
    public async Task List_WritesFilterSelectAndOrder()
    {
        var server = new CannedServer("""{"result":[{"id":"12","name":"sales","colour":"red"}]}""");
        using var portal = server.Connect();
        var found = new List<Dataset>();
        await foreach (var dataset in portal.BiConnector.Dataset.ListAsync(q => q
            .Where(d => d.Name.Like("sales%") & d.Id > 10)
            .OrderByDescending(d => d.Id)
            .Select(d => d.Id, d => d.Name)
            .Take(1)))
            found.Add(dataset);
        Assert.Equal(12, Assert.Single(found).Id);
        Assert.Equal("red", found[0].Extra["colour"].GetString());
        using var sent = JsonDocument.Parse(server.Sent!);
        Assert.Equal("""{"=%name":"sales%",">id":10}""", sent.RootElement.GetProperty("filter").GetRawText());
        Assert.Equal("""["id","name"]""", sent.RootElement.GetProperty("select").GetRawText());
        Assert.Equal("""{"id":"DESC"}""", sent.RootElement.GetProperty("order").GetRawText());
    }

    [Theory]
    [InlineData(false, """["*","id","iblockId"]""")]
    [InlineData(true, """["name","id","iblockId"]""")]
    public async Task List_NamesWhatTheServerDemands(bool selects, string expected)
    {
        var server = new CannedServer("""{"result":{"products":[]}}""");
        using var portal = server.Connect();
        await foreach (var product in portal.Catalog.Product.ListAsync(q =>
        {
            q.Where(p => p.IblockId == 23 & p.Name == "Lamp");
            if (selects)
                q.Select(p => p.Name, p => p.Id);
        }))
            Assert.Fail($"The list is empty, {product.Id} is not.");
        using var sent = JsonDocument.Parse(server.Sent!);
        Assert.Equal("""{"iblockId":23,"=name":"Lamp"}""", sent.RootElement.GetProperty("filter").GetRawText());
        Assert.Equal(expected, sent.RootElement.GetProperty("select").GetRawText());
    }

    [Fact]
    public async Task NestedQuery_IsWritten()
    {
        var server = new CannedServer("""{"result":[]}""");
        using var portal = server.Connect();
        await portal.Landing.RepoWidget.GetListAsync(new()
        {
            Filter = default(RepoWidgetFilter).Name.Like("a%"),
            Select = [default(RepoWidgetSelect).Id],
            Order = [default(RepoWidgetOrder).Id],
        });
        using var sent = JsonDocument.Parse(server.Sent!);
        Assert.Equal(
            """{"select":["ID"],"filter":{"=%NAME":"a%"},"order":{"ID":"ASC"}}""",
            sent.RootElement.GetProperty("params").GetRawText());
    }

    [Fact]
    public async Task AddedRecord_CanBeUsedAtOnce()
    {
        var server = new CannedServer("""{"result":{"type":{"id":7,"title":"Repairs","entityTypeId":"1032"}}}""");
        using var portal = server.Connect();
        var process = await portal.Crm.Type.AddAsync(new() { Title = "Repairs" });
        var again = await portal.Crm.Type.GetByEntityTypeIdAsync(process.EntityTypeId);
        Assert.Equal("""{"entityTypeId":1032}""", server.Sent);
        Assert.Equal(7, again.Id);
    }

    [Fact]
    public async Task DocumentedError_IsAnExceptionWithItsCode()
    {
        using var portal = new CannedServer("""{"result":{"error":{"error":"SOURCE_NOT_FOUND","error_description":"Source was not found."}}}""").Connect();
        var code = "";
        try
        {
            await portal.BiConnector.Dataset.AddAsync(Dataset());
        }
        catch (Bitrix24ApiException e) when (e.Code == BiConnectorErrors.SourceNotFound)
        {
            code = e.Code;
        }

        Assert.Equal("SOURCE_NOT_FOUND", code);
    }

    [Fact]
    public async Task RawCallOfAKnownMethod_IsChecked()
    {
        using var portal = new CannedServer().Connect();
        var e = await Assert.ThrowsAsync<Bitrix24ValidationException>(() => portal.CallAsync("BICONNECTOR.dataset.get", "{}"));
        AssertViolation(e.Violations, "B24103", "id", "VALIDATION_ID_NOT_PROVIDED");
    }

    private static void AssertViolation(IReadOnlyList<Violation> violations, string rule, string path, string code)
    {
        var first = violations[0];
        Assert.Equal((rule, path, code), (first.Rule, first.Path, first.Code));
    }
}

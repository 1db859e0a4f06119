using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

public class TypedTests
{
    private const string Fields = """Fields = [new() { Type = DatasetFieldType.Int, Name = "ID", ExternalCode = "ID" }]""";

    [Theory]
    [InlineData("""await portal.BiConnector.Dataset.AddAsync(new() { SourceId = 3, Name = "sales_2026", ExternalName = "Sales", ExternalCode = "sales", FIELDS });""")]
    [InlineData("""await portal.BiConnector.Dataset.AddAsync(new() { SourceId = 3, Name = {|B24107:"Sales"|}, ExternalName = "Sales", ExternalCode = "sales", FIELDS });""")]
    [InlineData("""await portal.BiConnector.Dataset.AddAsync(new() { SourceId = 3, Name = text, ExternalName = "Sales", ExternalCode = "sales", FIELDS });""")]
    [InlineData("""await portal.SendAsync(new DatasetAddRequest { Fields = new() { SourceId = 3, Name = {|B24107:"Sales"|}, ExternalName = "Sales", ExternalCode = "sales", FIELDS } });""")]
    [InlineData("""var request = new DatasetAddRequest { Fields = new() { SourceId = 3, Name = {|B24107:"1abc"|}, ExternalName = "Sales", ExternalCode = "sales", FIELDS } };""")]
    [InlineData("""var dataset = new DatasetCreate { SourceId = 3, Name = {|B24107:"Sales"|}, ExternalName = "Sales", ExternalCode = "sales", FIELDS };""")]
    [InlineData("""var field = new DatasetFieldCreate { Type = DatasetFieldType.Int, Name = {|B24107:"name"|}, ExternalCode = "ID" };""")]
    [InlineData("""var fields = new List<DatasetFieldCreate> { new() { Type = {|B24109:"text"|}, Name = "ID", ExternalCode = "ID" } };""")]
    [InlineData("""var fields = new List<DatasetFieldCreate>(); fields.Add(new() { Type = new DatasetFieldType({|B24109:"text"|}), Name = "ID", ExternalCode = "ID" });""")]
    [InlineData("""var field = new DatasetFieldCreate { Type = DatasetFieldType.Int, Name = text, ExternalCode = "ID" }; field.Name = {|B24107:"name"|}; field.Name = "NAME";""")]
    [InlineData("""await portal.BiConnector.Dataset.GetAsync({|B24108:-1|});""")]
    [InlineData("""await portal.BiConnector.Dataset.GetAsync(id: {|B24108:0|});""")]
    [InlineData("""await portal.BiConnector.Dataset.GetAsync(id);""")]
    [InlineData("""await portal.BiConnector.Dataset.UpdateAsync(5, new() { Description = "2026" });""")]
    [InlineData("""var parameters = new RepoWidgetGetListParams { Order = [default(RepoWidgetOrder).Id], Select = [default(RepoWidgetSelect).Id] };""")]
    [InlineData("""await portal.SendAsync(new DatasetListRequest { Page = {|B24108:0|}, Select = [default(DatasetSelect).Id], Filter = default(DatasetFilter).Id > 5 });""")]
    [InlineData("""await portal.BiConnector.Connector.UpdateAsync(5, new() { Title = {|B24108:""|} });""")]
    public Task A_value_is_checked_where_it_is_written(string statement) =>
        Verify.StatementsAsync(statement.Replace("FIELDS", Fields, StringComparison.Ordinal));

    [Fact]
    public Task Names_and_codes_within_one_initializer_are_compared() => Verify.StatementsAsync("""
        var dataset = new DatasetCreate
        {
            SourceId = 3, Name = "sales", ExternalName = "Sales", ExternalCode = "sales",
            Fields =
            [
                new() { Type = DatasetFieldType.Int, Name = "ID", ExternalCode = "a" },
                new() { Type = DatasetFieldType.Int, Name = {|B24110:"ID"|}, ExternalCode = "b" },
                new() { Type = DatasetFieldType.Int, Name = "CODE", ExternalCode = {|B24110:"b"|} },
            ],
        };
        """);
}

using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Names of fields that typed queries take as text.</summary>
public class QueryNameTests
{
    [Theory]
    [InlineData("""await foreach (var d in portal.BiConnector.Dataset.ListAsync(q => q.Where(d => Filter.Raw(">=dateCreate", "2026-01-01")))) Console.WriteLine(d.Name);""")]
    [InlineData("""await foreach (var d in portal.BiConnector.Dataset.ListAsync(q => q.Where(d => Filter.Raw({|B24111:">=dateCreat"|}, "2026-01-01")))) Console.WriteLine(d.Name);""")]
    [InlineData("""await foreach (var d in portal.BiConnector.Dataset.ListAsync(q => q.Where(d => d.Id > 5 & Filter.Raw({|B24111:"^id"|}, 5)))) Console.WriteLine(d.Name);""")]
    [InlineData("""await foreach (var d in portal.BiConnector.Dataset.ListAsync(q => q.Select(d => d.Id, d => new({|B24112:"nam"|})))) Console.WriteLine(d.Name);""")]
    [InlineData("""await foreach (var d in portal.BiConnector.Dataset.ListAsync(q => q.OrderBy(d => new({|B24113:"nam"|})))) Console.WriteLine(d.Name);""")]
    [InlineData("""await foreach (var d in portal.BiConnector.Dataset.ListAsync(q => q.Where(d => Filter.Raw(text, 5)).Select(d => new("id")).OrderBy(d => new OrderField("name")))) Console.WriteLine(d.Name);""")]
    [InlineData("""await portal.SendAsync(new DatasetListRequest { Page = 1, Filter = Filter.Raw({|B24111:"nam"|}, 5), Select = [new({|B24112:"nam"|})], Order = [new OrderField({|B24113:"nam"|})] });""")]
    [InlineData("""var filter = Filter.Raw("anything", 5); var field = new SelectField("anything");""")]
    public Task A_name_that_the_method_does_not_have_is_reported(string statement) => Verify.StatementsAsync(statement);

    /// <summary>One name of a selection says nothing of those that it must have: the client adds them.</summary>
    [Fact]
    public Task A_name_in_a_selection_that_must_have_others_is_fine() => Verify.StatementsAsync(
        """await foreach (var d in portal.BiConnector.Dataset.ListAsync(q => q.Select(d => d.Name, d => new("externalName"), d => new({|B24112:"nam"|})))) Console.WriteLine(d.Name);""",
        SpecText.Own("biconnector.dataset.b24.json", """{"api":"bitrix24","methods":{"biconnector.dataset.list":{"params":{"select":{"mustName":["id"]}}}}}"""));
}

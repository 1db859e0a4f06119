namespace Bitrix24.Gen.Specs.Tests;

public class GlossaryTests
{
    [Theory]
    [InlineData("Deal", "ASSIGNED_BY_ID", "User responsible for the deal")]
    [InlineData("DealProductrow", "PRICE", "Price of the product")]
    [InlineData("Deal", "OPPORTUNITY", "Amount of the deal, in its currency")]
    [InlineData("Lead", "opportunity", "Expected amount of the lead")]
    [InlineData("Deal", "ID", "Id of the deal")]
    [InlineData("DatasetField", "id", "Id of the dataset field")]
    [InlineData("PaysystemHandlerListResultSettingsCodes", "id", "Id of the record")]
    [InlineData("Anything", "smartOfficeId", "Id of the smart office")]
    [InlineData("Anything", "isPurple", "Whether it is purple")]
    [InlineData("Anything", "xyzzy", null)]
    public void Field_HasAMeaning(string owner, string field, string? meaning) => Assert.Equal(meaning, Glossary.Of(owner, field));

    [Theory]
    [InlineData("ExternalCallFinish", "STATUS_CODE", "603-S", "Cancelled")]
    [InlineData("DealProductrow", "DISCOUNT_TYPE_ID", "2", "Percentage")]
    [InlineData("Anything", "STATUS_CODE", "200", null)]
    public void Value_HasAMeaning(string owner, string field, string value, string? meaning) =>
        Assert.Equal(meaning, Glossary.OfValue(owner, field, value));
}

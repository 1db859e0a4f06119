using Bitrix24.Gen.Specs;
using Bitrix24.Gen.Specs.Contract;
using Bitrix24.Gen.Testing;

namespace Bitrix24.Gen.Validation.Tests;

/// <summary>Values that are nearly one of those known to be taken, where others may be taken too: advice, and no more.</summary>
public class HintTests
{
    [Theory]
    [InlineData("crm.deal.userfield.add", """{"fields":{"FIELD_NAME":"X","USER_TYPE_ID":"strnig"}}""", "fields.USER_TYPE_ID", "string")]
    [InlineData("user.userfield.add", """{"fields":{"FIELD_NAME":"X","USER_TYPE_ID":"enumertion"}}""", "fields.USER_TYPE_ID", "enumeration")]
    [InlineData("lists.add", """{"IBLOCK_TYPE_ID":"list","IBLOCK_CODE":"a","FIELDS":{"NAME":"x"}}""", "IBLOCK_TYPE_ID", "lists")]
    [InlineData("crm.lead.add", """{"fields":{"TITLE":"x","PHONE":[{"VALUE":"1","VALUE_TYPE":"WROK"}]}}""", "fields.PHONE[0].VALUE_TYPE", "WORK")]
    [InlineData("calendar.section.add", """{"type":"users","ownerId":1,"name":"x"}""", "type", "user")]
    public void A_value_near_a_known_one_is_advice(string method, string parameters, string path, string meant)
    {
        var found = Assert.Single(Found(method, parameters));
        Assert.Equal((RuleIds.Enum, RuleSeverity.Info, path, meant), (found.RuleId, found.Severity, found.Path, found.Suggestion));
        Assert.Contains("no documentation mentions", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crm.deal.userfield.add", """{"fields":{"FIELD_NAME":"X","USER_TYPE_ID":"String"}}""")]
    [InlineData("crm.deal.userfield.add", """{"fields":{"FIELD_NAME":"X","USER_TYPE_ID":"rest_10_color"}}""")]
    [InlineData("crm.deal.userfield.add", """{"fields":{"FIELD_NAME":"X","USER_TYPE_ID":"strin2"}}""")]
    [InlineData("lists.add", """{"IBLOCK_TYPE_ID":"contracts","IBLOCK_CODE":"a","FIELDS":{"NAME":"x"}}""")]
    [InlineData("crm.lead.add", """{"fields":{"TITLE":"x","PHONE":[{"VALUE":"1","VALUE_TYPE":"HOT"}]}}""")]
    public void A_value_of_its_own_is_none(string method, string parameters) => Assert.Empty(Found(method, parameters));

    private static SpecViolation[] Found(string method, string parameters) =>
        [.. SpecValidator.ValidateCall(SpecSets.All, SpecSet.DefaultApi, method, PackagedSpecs.Json(parameters)).Where(static v => v.RuleId != RuleIds.Superseded)];
}

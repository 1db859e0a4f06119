using Bitrix24.Gen.Specs;
using Bitrix24.Gen.Specs.Contract;
using Bitrix24.Gen.Testing;

namespace Bitrix24.Gen.Validation.Tests;

/// <summary>What is offered for a method that does not exist: the one that was meant, or nothing.</summary>
public class MethodSuggestionTests
{
    [Theory]
    [InlineData("crm.dael.list", "crm.deal.list")]
    [InlineData("crm.deal.lst", "crm.deal.list")]
    [InlineData("crm.dealadd", "crm.deal.add")]
    [InlineData("sale.tradingplatform.list", "sale.tradePlatform.list")]
    [InlineData("crm.timeline.note.add", "crm.timeline.note.save")]
    [InlineData("crm.timeline.note.list", "crm.timeline.note.get")]
    [InlineData("catalog.product.getFields", "catalog.product.getFieldsByFilter")]
    [InlineData("sale.order.fields", "sale.order.getFields")]
    [InlineData("disk.folder.delete", "disk.folder.deleteTree")]
    [InlineData("calendar.event.get.sync", "calendar.event.get")]
    [InlineData("crm.deals.create", "crm.deal.add")]
    [InlineData("crm.productrow.set", "crm.item.productrow.set")]
    [InlineData("crm.deal.set", "crm.deal.update")]
    public void The_method_that_was_meant_is_offered(string given, string meant) => Assert.Equal(meant, Unknown(given).Suggestion);

    [Theory]
    [InlineData("catalog.productPropertyValue.list")]
    [InlineData("sale.shipmentitemstore.list")]
    [InlineData("crm.test.get")]
    [InlineData("crm.deal.converter")]
    public void Another_object_is_not(string given) => Assert.Null(Unknown(given).Suggestion);

    [Theory]
    [InlineData("biconector.dataset.list", RuleSeverity.Error)]
    [InlineData("deal.list", RuleSeverity.Warning)]
    [InlineData("mymodule.thing.do", RuleSeverity.Info)]
    public void A_name_of_an_area_that_nobody_knows_weighs_what_is_known(string given, RuleSeverity severity) => Assert.Equal(severity, Unknown(given).Severity);

    private static SpecViolation Unknown(string name) => SpecValidator.UnknownMethod(SpecSets.All, SpecSet.DefaultApi, name);
}

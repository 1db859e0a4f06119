using System.Text;
using System.Text.Json;

namespace Bitrix24.Gen.Incoming.Tests;

using Catalog;
using Crm;
using ImBot;
using ImConnector;
using Landing;
using Tasks;

/// <summary>Generated records of what portals send.</summary>
public sealed class RecordTests
{
    [Fact]
    public void Codes_are_constants_and_patterns_methods()
    {
        Assert.Equal("ONCRMDEALADD", CrmEvents.CrmDealAdd);
        Assert.Equal("ONCRMDEALADD", CrmDealAddEvent.Code);
        Assert.Equal("CRM_DEAL_DETAIL_TAB", CrmPlacements.CrmDealDetailTab);
        Assert.Equal("CRM_DYNAMIC_183_DETAIL_TAB", CrmPlacements.CrmDynamicDetailTab(183));
        Assert.Equal("CRM_DYNAMIC_{entityTypeId}_DETAIL_TAB", CrmDynamicDetailTab.CodePattern);
    }

    [Fact]
    public void An_event_of_a_bot_is_verified_by_the_token_at_the_top()
    {
        const string form = "event=ONIMBOTV2MESSAGEADD&data[bot][id]=456&data[bot][code]=support&data[bot][auth][application_token]=inner&data[message][id]=7&data[message][text]=hi&data[message][isSystem]=0"
            + "&data[user][id]=1&data[user][active]=1&ts=1&auth[member_id]=m&auth[application_token]=outer";
        var request = IncomingRequest.ParseVerified(Encoding.ASCII.GetBytes(form), "outer");
        Assert.Throws<IncomingRefusedException>(() => IncomingRequest.ParseVerified(Encoding.ASCII.GetBytes(form), "inner"));
        var e = request.Event!.As<ImBotV2MessageAddEvent>();
        Assert.Equal((456, "hi", false), (e.Data.Bot?.Id, e.Data.Message?.Text, e.Data.Message?.IsSystem));
        Assert.Equal("inner", e.Data.Bot!.Extra["auth"].GetProperty("application_token").GetString());
    }

    [Fact]
    public void An_id_that_always_comes_is_no_null_and_a_side_that_is_undefined_is()
    {
        const string form = "event=ONTASKADD&data[FIELDS_BEFORE]=undefined&data[FIELDS_AFTER][ID]=3&auth[member_id]=m&auth[application_token]=t";
        var e = IncomingRequest.ParseVerified(Encoding.ASCII.GetBytes(form), "t").Event!.As<TaskAddEvent>();
        long id = e.Data.FieldsAfter.Id;
        Assert.Equal(3, id);
        Assert.Null(e.Data.FieldsBefore);
        Assert.Equal("undefined", e.Data.Extra["FIELDS_BEFORE"].GetString());
    }

    [Fact]
    public void A_code_with_points_gives_the_names_of_one_without()
    {
        Assert.Equal("CATALOG.PRICE.TYPE.ON.ADD", CatalogEvents.CatalogPriceTypeAdd);
        var e = IncomingRequest.Parse("event=CATALOG.PRICE.TYPE.ON.ADD&data[FIELDS][ID]=7"u8).Event!.As<CatalogPriceTypeAddEvent>();
        Assert.Equal(7, e.Data.Fields.Id);
    }

    [Fact]
    public void A_parameter_at_the_end_of_a_code_is_any_text()
    {
        const string form = "member_id=m&AUTH_ID=a&PLACEMENT=LANDING_BLOCK_43.4.cover_with_price&PLACEMENT_OPTIONS={\"ID\":\"996\",\"CODE\":\"43.4.cover_with_price\"}";
        var block = IncomingRequest.Parse(Encoding.ASCII.GetBytes(form)).Placement!.As<LandingBlock>();
        Assert.Equal(("43.4.cover_with_price", 996), (block.BlockCode, block.Options.Id));
    }

    [Fact]
    public void Data_that_is_one_number_is_typed()
    {
        Assert.Equal(107, IncomingRequest.Parse("event=ONIMCONNECTORLINEDELETE&data=107"u8).Event!.As<ImConnectorLineDeleteEvent>().Data);
        var error = Assert.Throws<Bitrix24ProtocolException>(() => IncomingRequest.Parse("event=ONIMCONNECTORLINEDELETE&data[ID]=107"u8).Event!.As<ImConnectorLineDeleteEvent>());
        Assert.Equal("What ONIMCONNECTORLINEDELETE carries is not what its spec says: it is no number.", error.Message);
    }

    [Fact]
    public void An_event_of_another_code_is_not_read_as_one()
    {
        using var data = JsonDocument.Parse("{}");
        var request = IncomingRequest.Parse(IncomingRequest.SignEvent("ONCRMDEALDELETE", data.RootElement, "m", "t"));
        var error = Assert.Throws<Bitrix24ProtocolException>(() => request.Event!.As<CrmDealAddEvent>());
        Assert.Equal("The event is ONCRMDEALDELETE, not ONCRMDEALADD.", error.Message);
    }
}

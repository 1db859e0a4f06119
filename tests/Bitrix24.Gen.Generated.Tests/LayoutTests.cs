using Bitrix24;
using Bitrix24.Crm;

namespace Bitrix24.Gen.Generated.Tests;

/// <summary>Layouts of activities: what stands in them has names that the application chooses.</summary>
public class LayoutTests
{
    private static ActivityConfigurableAddRequest Request(string block = "text") => new()
    {
        OwnerTypeId = 2,
        OwnerId = 5,
        Fields = new(),
        Layout = new()
        {
            Icon = new() { Code = "call-completed" },
            Header = new()
            {
                Title = "Incoming call",
                Tags = new Dictionary<string, ActivityLayoutTagCreate> { ["status2"] = new() { Type = ActivityLayoutTagType.Warning, Title = "not transcribed" } },
            },
            Body = new()
            {
                Logo = new() { Code = "call-incoming" },
                Blocks = new Dictionary<string, ActivityLayoutBlockCreate> { ["client"] = new() { Type = block, Properties = new() { Value = "Lorem" } } },
            },
        },
    };

    [Fact]
    public async Task Keys_AreSentAsChosen()
    {
        var server = new CannedServer("""{"result": {"activity": {"id": 7}}}""");
        var request = Request();
        Assert.Empty(request.Validate());
        using var portal = server.Connect();

        Assert.Equal(7, (await portal.SendAsync(request)).Activity!.Id);
        Assert.Contains(""""tags":{"status2":{"title":"not transcribed","type":"warning"}}"""", server.Sent, StringComparison.Ordinal);
        Assert.Contains(""""blocks":{"client":{"type":"text","properties":{"value":"Lorem"}}}"""", server.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public void KindsOfBlocks_AreChecked()
    {
        var violation = Assert.Single(Request("picture").Validate());

        Assert.Equal(("B24109", "layout.body.blocks.client.type", "ENUM_FIELD"), (violation.Rule, violation.Path, violation.Code));
    }

    [Fact]
    public async Task BlocksWithinBlocks_AreRead()
    {
        using var portal = new CannedServer("""
            {"result": {"layout": {"blocks": {
              "a": {"type": "lineOfBlocks", "properties": {"blocks": {"b": {"type": "link", "properties": {"text": {"en": "Open"}, "action": {"type": "redirect", "uri": "/crm/"}}}}}},
              "c": {"type": "withTitle", "properties": {"title": "T", "block": {"type": "deadline", "properties": []}}}}}}}
            """).Connect(strict: true);

        var blocks = (await portal.Crm.Activity.Layout.Blocks.GetAsync(2, 5, 7)).Layout!.Blocks;

        Assert.Equal(["a", "c"], blocks.Keys);
        Assert.Equal("/crm/", blocks["a"].Properties.Blocks!["b"].Properties.Action!.Uri);
        Assert.Equal("deadline", blocks["c"].Properties.Block!.Type.ToString());
    }
}

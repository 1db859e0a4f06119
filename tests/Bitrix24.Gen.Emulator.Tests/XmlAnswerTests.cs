using System.Net;
using System.Xml.Linq;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Answers of REST v2 to methods that are called with <c>.xml</c>.</summary>
public sealed class XmlAnswerTests
{
    private static readonly HttpClient Client = new();

    [Fact]
    public async Task BatchAnswersAsThePageShows()
    {
        await using var portal = await PortalEmulator.StartAsync();

        var response = await GetAsync(portal, "batch.xml?cmd[get_user]=user.get%3FID%3D1");

        var user = response.Element("result")!.Element("result")!.Element("get_user")!.Element("item")!;
        Assert.Equal("1", user.Element("ID")!.Value);
        Assert.Equal("Anna", user.Element("NAME")!.Value);
        Assert.Equal("1", user.Element("ACTIVE")!.Value);
        Assert.NotNull(response.Element("time")!.Element("duration"));
    }

    [Fact]
    public async Task AnyTextAndAnyNameIsWellFormed()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var added = await portal.CallAsWebhookAsync("crm.deal.add", """{ "fields": { "TITLE": "a < b & \u0001c \ud83d\ude00" } }""");
        await portal.CallAsWebhookAsync("app.option.set", """{ "options": { "1 ~odd/name": "x" } }""");

        var deal = await GetAsync(portal, $"crm.deal.get.xml?id={added.Result}");
        Assert.Equal("a < b & c \ud83d\ude00", deal.Element("result")!.Element("TITLE")!.Value);
        Assert.Equal("x", (await GetAsync(portal, "app.option.get.xml")).Element("result")!.Value);
    }

    [Fact]
    public async Task ErrorsAreXmlToo()
    {
        await using var portal = await PortalEmulator.StartAsync();

        using var reply = await Client.GetAsync(new Uri(portal.WebhookUrl + "crm.no.method.XML"));

        Assert.Equal("text/xml", reply.Content.Headers.ContentType!.MediaType);
        var response = XDocument.Parse(await reply.Content.ReadAsStringAsync()).Root!;
        Assert.Equal("ERROR_METHOD_NOT_FOUND", response.Element("error")!.Value);
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    private static async Task<XElement> GetAsync(PortalEmulator portal, string call) =>
        XDocument.Parse(await Client.GetStringAsync(new Uri(portal.WebhookUrl + call))).Root!;
}

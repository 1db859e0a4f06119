using System.Collections.Concurrent;
using Bitrix24.AspNetCore;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Incoming.Tests;

using Im;
using ImBot;
using ImConnector;
using ImOpenLines;

/// <summary>What is written to bots and to open lines reaches the applications that serve them, by calls alone.</summary>
public sealed class BotTests
{
    /// <summary><a href="https://apidocs.bitrix24.com/api-reference/chat-bots/outdated/bots/imbot-register.html">imbot.register</a></summary>
    [Fact]
    public async Task A_bot_hears_what_is_meant_for_it_and_answers()
    {
        var heard = new ConcurrentQueue<string>();
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            b24.OnInstall(async (install, client, ct) => await client.CallAsync("imbot.register", new { CODE = "echo", TYPE = "B", EVENT_HANDLER = install.EventsUrl, PROPERTIES = new { NAME = "Echo" } }, ct));
            b24.On<ImBotMessageAddEvent>(async (e, client, ct) =>
            {
                var bot = e.Data.Bot!.Keys.Single();
                heard.Enqueue($"{e.Data.Params?.MessageType} {e.Data.Params?.Message}");
                await client.CallAsync("imbot.message.add", new { BOT_ID = bot, DIALOG_ID = e.Data.Params?.DialogId, MESSAGE = "Echo: " + e.Data.Params?.Message }, ct);
            });
            b24.On<ImBotJoinChatEvent>((e, _, _) => Enqueue(heard, $"joined {e.Data.Params?.ChatType}"));
            b24.On<ImBotDeleteEvent>((e, _, _) => Enqueue(heard, $"removed {e.Data.BotCode}"));
        });
        await portal.OpenInstallPageAsync(app.Urls.First() + "/b24/install");
        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        var bot = (await user.CallAsync("imbot.bot.list")).EnumerateObject().Single().Value.GetProperty("ID").ToString();

        await SayAsync(bot, "hello");
        var chat = (await user.CallAsync("im.chat.add", new { TITLE = "Room", USERS = new[] { "2", bot } })).GetInt64();
        await SayAsync($"chat{chat}", "not for you");
        await SayAsync($"chat{chat}", $"[USER={bot}]Echo[/USER] and you");
        var last = (await user.CallAsync("im.dialog.messages.get", new { DIALOG_ID = $"chat{chat}", LIMIT = 1 })).GetProperty("messages")[0];
        Assert.Equal($"Echo: [USER={bot}]Echo[/USER] and you", last.GetProperty("text").GetString());
        await user.CallAsync("imbot.unregister", new { BOT_ID = bot });
        await portal.SettleAsync();

        Assert.Equal(["C [USER=" + bot + "]Echo[/USER] and you", "P hello", "joined C", "joined P", "removed echo"], heard.Order(StringComparer.Ordinal));
        Assert.All(portal.Deliveries, static d => Assert.Empty(d.Findings));

        async Task SayAsync(string dialog, string text)
        {
            await user.CallAsync("im.message.add", new { DIALOG_ID = dialog, MESSAGE = text });
            await portal.SettleAsync();
        }
    }

    /// <summary><a href="https://apidocs.bitrix24.com/api-reference/chat-bots/chat-bots-v2/imbot.v2/events/events.html">Events of imbot.v2</a></summary>
    [Fact]
    public async Task A_bot_of_the_second_version_is_told_at_its_own_address()
    {
        var heard = new ConcurrentQueue<string>();
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            b24.OnInstall(async (install, client, ct) => await client.CallAsync(
                "imbot.v2.Bot.register", new { fields = new { code = "new", eventMode = "webhook", webhookUrl = install.EventsUrl, properties = new { name = "New" } } }, ct));
            b24.On<ImBotV2MessageAddEvent>((e, _, _) => Enqueue(heard, $"{e.Data.Chat?.Type}: {e.Data.Message?.Text} by {e.Data.User?.Name}"));
            b24.On<ImBotV2JoinChatEvent>((e, _, _) => Enqueue(heard, $"joined {e.Data.DialogId}"));
            b24.On<ImBotV2DeleteEvent>((e, _, _) => Enqueue(heard, $"removed {e.Data.Bot?.Code}"));
        });
        await portal.OpenInstallPageAsync(app.Urls.First() + "/b24/install");
        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        var bot = (await user.CallAsync("imbot.v2.Bot.list")).GetProperty("bots")[0].GetProperty("id").GetInt64();

        var chat = (await user.CallAsync("im.chat.add", new { TITLE = "Room", USERS = new[] { 2 } })).GetInt64();
        await user.CallAsync("im.message.add", new { DIALOG_ID = $"chat{chat}", MESSAGE = "too early" });
        await user.CallAsync("im.chat.user.add", new { CHAT_ID = chat, USERS = new[] { bot } });
        await user.CallAsync("im.message.add", new { DIALOG_ID = $"chat{chat}", MESSAGE = "welcome" });
        await user.CallAsync("imbot.v2.Chat.Message.send", new { botId = bot, dialogId = $"chat{chat}", fields = new { message = "thanks" } });
        await user.CallAsync("imbot.v2.Bot.unregister", new { botId = bot });
        await portal.SettleAsync();

        Assert.Equal(["chat: welcome by Anna Admin", $"joined chat{chat}", "removed new"], heard.Order(StringComparer.Ordinal));
        Assert.All(portal.Deliveries, static d => Assert.Empty(d.Findings));
    }

    /// <summary><a href="https://apidocs.bitrix24.com/api-reference/imopenlines/imconnector/events/on-im-connector-message-add.html">ONIMCONNECTORMESSAGEADD</a></summary>
    [Fact]
    public async Task A_line_tells_its_connector_of_sessions_and_answers()
    {
        var heard = new ConcurrentQueue<string>();
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            b24.OnInstall(async (install, client, ct) =>
            {
                foreach (var code in new[] { "ONIMCONNECTORMESSAGEADD", "ONIMCONNECTORDIALOGSTART", "ONIMCONNECTORDIALOGFINISH", "ONOPENLINEMESSAGEADD", "ONSESSIONSTART", "ONSESSIONFINISH" })
                    await client.CallAsync("event.bind", new { @event = code, handler = install.EventsUrl }, ct);
            });
            b24.On<ImConnectorMessageAddEvent>((e, _, _) => Enqueue(heard, $"{e.Data.Connector}: {e.Data.Messages![0].Message?.Text} to {e.Data.Messages![0].Chat?.Id}"));
            b24.On<ImConnectorDialogStartEvent>((e, _, _) => Enqueue(heard, $"dialog {e.Data.Data![0].Session?.Closed}"));
            b24.On<ImConnectorDialogFinishEvent>((e, _, _) => Enqueue(heard, $"dialog {e.Data.Data![0].Session?.Closed}"));
            b24.On<OpenLineMessageAddEvent>((e, _, _) => Enqueue(heard, $"line: {e.Data.Data![0].Message?.Text}"));
            b24.On<SessionStartEvent>((e, _, _) => Enqueue(heard, $"session {e.Data.Data![0].Session?.Closed}"));
            b24.On<SessionFinishEvent>((e, _, _) => Enqueue(heard, $"session {e.Data.Data![0].Session?.Closed}"));
        });
        await portal.OpenInstallPageAsync(app.Urls.First() + "/b24/install");
        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        await user.CallAsync("imconnector.register", new { ID = "shop", NAME = "Shop", ICON = new { DATA_IMAGE = "x" }, PLACEMENT_HANDLER = "https://example.com" });
        var line = (await user.CallAsync("imopenlines.config.add", new { PARAMS = new { LINE_NAME = "Line" } })).GetInt64();
        await user.CallAsync("imconnector.activate", new { CONNECTOR = "shop", LINE = line, ACTIVE = 1 });
        var sent = await user.CallAsync("imconnector.send.messages", new
        {
            CONNECTOR = "shop",
            LINE = line,
            MESSAGES = new[] { new { user = new { id = "u1", name = "Guest" }, message = new { id = "m1", text = "hi" }, chat = new { id = "c1", name = "Chat" } } },
        });
        var chat = sent.GetProperty("DATA").GetProperty("RESULT")[0].GetProperty("session").GetProperty("CHAT_ID").ToString();
        await user.CallAsync("imopenlines.operator.answer", new { CHAT_ID = chat });
        await user.CallAsync("im.message.add", new { DIALOG_ID = "chat" + chat, MESSAGE = "welcome" });
        await user.CallAsync("imopenlines.operator.finish", new { CHAT_ID = chat });
        await portal.SettleAsync();

        Assert.Equal(
            ["dialog False", "dialog True", "line: hi", "line: welcome", "session False", "session True", "shop: [b]Anna Admin:[/b] [br]welcome to c1"],
            heard.Order(StringComparer.Ordinal));
        Assert.All(portal.Deliveries, static d => Assert.Empty(d.Findings));
    }

    private static Task Enqueue(ConcurrentQueue<string> heard, string text)
    {
        heard.Enqueue(text);
        return Task.CompletedTask;
    }
}

using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;
using Bitrix24.V3;

namespace Bitrix24.Gen.Paging.Tests;

// Here, so that the runtime's own is not nearer.

/// <summary>Lists of REST 3.0: by offset and by cursor.</summary>
public sealed class RestV3PagingTests : IAsyncLifetime
{
    private PortalEmulator _emulator = null!;
    private Portal _portal = null!;

    public async Task InitializeAsync()
    {
        _emulator = await PortalEmulator.StartAsync(new() { Empty = true });
        _portal = new(Bitrix24Credentials.Webhook(_emulator.WebhookUrl));
        for (var i = 0; i < 2_300; i++)
            _emulator.Seed("main.eventlog/EventLog", """{ "auditTypeId": "USER_LOGIN" }""");
    }

    public async Task DisposeAsync()
    {
        _portal.Dispose();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData(PagingMode.Fastest, 3)]
    [InlineData(PagingMode.PageByPage, 47)]
    public async Task Offset_paging_reads_all_in_pages_as_large_as_they_may_be(PagingMode mode, int requests)
    {
        Assert.Equal(Enumerable.Range(1, 2_300).Select(static i => (long)i), await KeyPagingTests.Read(_portal.V3.Main.EventLog.ListAsync(q => q.PageBy(mode)), static e => e.Id));
        Assert.Equal(requests, _emulator.RequestCount);
    }

    [Theory]
    [InlineData(PagingMode.Fastest, 3)]
    [InlineData(PagingMode.PageByPage, 47)]
    public async Task Cursor_paging_reads_all(PagingMode mode, int requests)
    {
        var rows = _portal.V3.Main.EventLog.TailAsync(q => q.Select(e => e.AuditTypeId).PageBy(mode));

        Assert.Equal(Enumerable.Range(1, 2_300).Select(static i => (long)i), await KeyPagingTests.Read(rows, static e => e.Id));
        Assert.Equal(requests, _emulator.RequestCount);
    }

    [Fact]
    public async Task Cursor_begins_where_the_user_says_and_goes_down_too()
    {
        var rows = _portal.V3.Main.EventLog.TailAsync(cursor: new() { Field = "id", Order = "DESC", Value = 1_500, Limit = 700 });

        Assert.Equal(Enumerable.Range(1, 1_499).Reverse().Select(static i => (long)i), await KeyPagingTests.Read(rows, static e => e.Id));
        Assert.Equal(3, _emulator.RequestCount);
    }

    [Fact]
    public async Task Cursor_over_values_that_repeat_is_refused()
    {
        var e = await Assert.ThrowsAsync<NotSupportedException>(() => KeyPagingTests.Read(
            _portal.V3.Main.EventLog.TailAsync(cursor: new() { Field = "timestampX" }), static e => e.Id));

        Assert.Contains("'timestampX'", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, _emulator.RequestCount);
    }

    [Fact]
    public async Task Cursor_that_does_not_move_is_an_error()
    {
        // b24jssdk#185, #493.
        var page = "{\"result\":{\"items\":[" + string.Join(',', Enumerable.Range(1, 50).Select(static i => $"{{\"id\":{i}}}")) + "]}}";
        _emulator.Inject(Fault.Answer(200, page, "application/json") with { Times = 5 });

        var e = await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => KeyPagingTests.Read(_portal.V3.Main.EventLog.TailAsync(), static e => e.Id));
        Assert.Contains("page 2 has records from 1 to 50 beyond 50", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 50, 4)]
    [InlineData(-1, 500, 2)]
    [InlineData(5000, 1000, 2)]
    public async Task Clamped_page_is_followed_whatever_was_asked_for(int limit, int given, int requests)
    {
        // b24jssdk#253, #465, #531: tasks give 50, −1 gives 500, nothing gives more than 1000.
        var asked = new List<JsonNode>();
        using var client = new Portal(
            Bitrix24Credentials.AccessToken($"https://{Guid.NewGuid():N}.bitrix24.test", "t"),
            new() { HttpClient = new(new Clamping(given, asked)) });

        Assert.Equal(Enumerable.Range(1, 180).Select(static i => (long)i), await KeyPagingTests.Read(client.V3.Tasks.Task.ListAsync(pagination: new() { Limit = limit }), static t => t.Id));
        Assert.Equal(requests, asked.Count);
        Assert.All(asked, a => Assert.Equal(limit, (int)a["pagination"]!["limit"]!));
    }

    private sealed class Clamping(int most, List<JsonNode> asked) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
            asked.Add(body);
            var offset = (int)body["pagination"]!["offset"]!;
            var rows = Enumerable.Range(1, 180).Skip(offset).Take(most).Select(static i => (JsonNode)new JsonObject { ["id"] = i });
            var answer = new JsonObject { ["result"] = new JsonObject { ["items"] = new JsonArray([.. rows]) } };
            return new() { Content = new StringContent(answer.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
        }
    }
}

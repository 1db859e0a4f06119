using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.Crm;

namespace Bitrix24.Gen.Paging.Tests;

/// <summary>Servers whose pages, totals and ids are not what they should be: no record is left out, and no list goes on for ever.</summary>
public class PagingFaultTests
{
    public static TheoryData<PagingMode> Modes => new(PagingMode.Fastest, PagingMode.PageByPage, PagingMode.Plain);

    public static TheoryData<PagingMode, string> Hidden
    {
        get
        {
            var all = new TheoryData<PagingMode, string>();
            foreach (var mode in Enum.GetValues<PagingMode>())
            {
                foreach (var hidden in new[] { "1", "75", "130", "101-149", "60,130,131,132", "180", "230,330,430", "1-50", "1-49" })
                    all.Add(mode, hidden);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task Records_that_the_user_may_not_see_do_not_end_the_list(PagingMode mode, string hidden)
    {
        var missing = hidden.Split(',').Select(static r => r.Split('-').Select(static n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray())
            .SelectMany(static r => Enumerable.Range(r[0], r[^1] - r[0] + 1)).ToArray();
        using var server = new ListServer { Rows = 480, Hidden = missing };
        using var client = server.Client();

        var ids = await KeyPagingTests.Read(client.Crm.Deal.ListAsync(q => q.PageBy(mode)), static d => d.Id);

        Assert.Equal(Enumerable.Range(1, 480).Except(missing).Select(static i => (long)i), ids.Order());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Tokens_that_end_on_the_way_through_a_list_lose_and_repeat_no_record(PagingMode mode)
    {
        const string address = "https://expiring.bitrix24.test";
        using var list = new ListServer { Rows = 480 };
        using var server = new Expiring { InnerHandler = list };
        using var http = new HttpClient(server);
        var store = new MemoryTokenStore();
        await store.SaveAsync(new Uri(address).Authority, new() { AccessToken = "access-0", RefreshToken = "refresh", ExpiresAt = DateTimeOffset.MaxValue });
        using var client = new Portal(
            Bitrix24Credentials.OAuth(address, new Bitrix24Application("app", "secret-of-app") { OAuthServer = new(address) }, store),
            new() { HttpClient = http, RateLimit = new(1000, 1000), MaxRetries = 0 });

        var ids = await KeyPagingTests.Read(client.Crm.Deal.ListAsync(q => q.PageBy(mode)), static d => d.Id);

        Assert.Equal(Enumerable.Range(1, 480).Select(static i => (long)i), ids.Order());
        Assert.True(server.Tokens > 0);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Ids_with_gaps_are_listed_to_the_end(PagingMode mode)
    {
        using var server = new ListServer { Spell = static i => ((long)i * i * 1_000_003).ToString(CultureInfo.InvariantCulture) };
        using var client = server.Client();

        var ids = await KeyPagingTests.Read(client.Crm.Deal.ListAsync(q => q.PageBy(mode)), static d => d.Id);

        Assert.Equal(Enumerable.Range(1, 180).Select(static i => (long)i * i * 1_000_003), ids.Order());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Ids_that_are_no_numbers_are_listed_by_offset(PagingMode mode)
    {
        using var server = new ListServer { Spell = static i => $"D_{i}" };
        using var client = server.Client();

        var texts = new List<string?>();
        await foreach (var deal in client.Crm.Deal.ListAsync(q => q.PageBy(mode)))
            texts.Add(deal.Extra["ID"].GetString());

        Assert.Equal(180, texts.Distinct().Count());
        Assert.Equal(180, texts.Count);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Next_page_of_a_list_that_has_ended_is_an_error_and_not_an_endless_loop(PagingMode mode)
    {
        var begins = 0;
        using var server = new ListServer
        {
            Rows = 0,
            Change = answer =>
            {
                answer["next"] = begins += 50;
                answer.Remove("total");
            },
        };
        using var client = server.Client();

        var e = await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => KeyPagingTests.Read(client.Crm.Deal.ListAsync(q => q.PageBy(mode)), static d => d.Id));

        Assert.Contains("crm.deal.list", e.Message, StringComparison.Ordinal);
        Assert.Contains("empty", e.Message, StringComparison.Ordinal);
        Assert.InRange(server.Methods.Count, 1, 3);
    }

    public static TheoryData<PagingMode, string> Totals
    {
        get
        {
            var all = new TheoryData<PagingMode, string>();
            foreach (var mode in Enum.GetValues<PagingMode>())
            {
                foreach (var total in new[] { "null", "0", "1", "180.0", "\"180\"", "\"many\"", "-1", "179", "181", "100000", "1e20", "[]", "false" })
                    all.Add(mode, total);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Totals))]
    public async Task Total_that_is_wrong_leaves_no_record_out(PagingMode mode, string total)
    {
        using var server = new ListServer { Change = answer => answer["total"] = JsonNode.Parse(total) };
        using var client = server.Client();

        var ids = await KeyPagingTests.Read(client.Crm.Deal.ListAsync(q => q.PageBy(mode)), static d => d.Id);

        Assert.Equal(Enumerable.Range(1, 180).Select(static i => (long)i), ids.Order());
        Assert.InRange(server.Methods.Count, 2, 10);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    public async Task Next_page_of_another_form_is_none(string next)
    {
        using var server = new ListServer { Rows = 30, Change = answer => answer["next"] = JsonNode.Parse(next) };
        using var client = server.Client();

        Assert.Equal(30, (await KeyPagingTests.Read(client.Crm.Deal.ListAsync(), static d => d.Id)).Count);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task List_of_a_client_that_was_disposed_says_so(PagingMode mode)
    {
        using var server = new ListServer();
        var client = server.Client();
        var ids = new List<long>();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            await foreach (var deal in client.Crm.Deal.ListAsync(q => q.PageBy(mode)))
            {
                ids.Add(deal.Id);
                client.Dispose();
            }
        });
        Assert.Equal(50, ids.Count);
    }

    /// <summary>A portal whose tokens last for one request each.</summary>
    private sealed class Expiring : DelegatingHandler
    {
        private bool _isUsed;

        public int Tokens { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath == "/oauth/token/")
            {
                (Tokens, _isUsed) = (Tokens + 1, false);
                return Answer(HttpStatusCode.OK, $$"""{"access_token":"access-{{Tokens}}","refresh_token":"refresh","expires_in":3600}""");
            }

            if (_isUsed || request.Headers.Authorization?.Parameter != $"access-{Tokens}")
                return Answer(HttpStatusCode.Unauthorized, """{"error":"expired_token","error_description":"The access token provided has expired."}""");
            _isUsed = true;
            return await base.SendAsync(request, cancellationToken);
        }

        private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}

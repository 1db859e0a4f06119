using System.Text.Json;
using HandWritten.BiConnector;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Work of several requests that is cancelled, or whose token ends, between them.</summary>
public class InterruptedTests
{
    private int _refreshes;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Batch_that_is_cancelled_knows_what_was_sent_and_sends_the_rest_once(int request)
    {
        var left = request;
        using var cancellation = new CancellationTokenSource();
        await using var server = await LoopbackServer.StartAsync(async (context, body) =>
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                await cancellation.CancelAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                return;
            }

            await Answer(context, body);
        });
        using var client = server.Client();
        var (batch, items, answered) = Of(client, 130, request);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.SendAsync(cancellation.Token));
        Assert.Equal(answered, items.Select(static i => i.Outcome));
        await batch.SendAsync();

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(Enumerable.Range(1, 130), server.Requests.SelectMany(static r => BatchTests.Commands(r.Body).Values).Select(IdOf).Order());
    }

    [Fact]
    public async Task Batch_that_is_cancelled_while_it_waits_for_the_limits_was_not_sent_and_goes_again()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = await LoopbackServer.StartAsync(async (context, body) =>
        {
            await Answer(context, body);
            cancellation.CancelAfter(TimeSpan.FromMilliseconds(300));
        });
        using var client = server.Client(new() { RateLimit = new(1, 0.5) });
        var (batch, items, answered) = Of(client, 60, 2, BatchOutcome.Pending);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.SendAsync(cancellation.Token));
        Assert.Equal((1, false), (server.Requests.Count, items.Any(static i => i.Error is not null)));
        Assert.Equal(answered, items.Select(static i => i.Outcome));
        await batch.SendAsync();

        Assert.Equal((2, true), (server.Requests.Count, items.All(static i => i.Outcome == BatchOutcome.Succeeded)));
    }

    [Fact]
    public async Task Batch_that_is_cancelled_while_its_token_is_refreshed_was_not_executed_and_goes_again()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = await StartAsync(2, Answer, async () =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(300);
        });
        using var client = await OAuthAsync(server);
        var (batch, items, answered) = Of(client, 130, 2, BatchOutcome.Pending);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.SendAsync(cancellation.Token));
        Assert.Equal(answered, items.Select(static i => i.Outcome));
        await batch.SendAsync();

        Assert.Equal((1, true), (_refreshes, items.All(static i => i.Outcome == BatchOutcome.Succeeded)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_that_is_disposed_between_the_requests_of_a_batch_leaves_the_others_pending(bool isHttpClient)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        HandWritten.Portal? client = null;
        await using var server = await LoopbackServer.StartAsync(async (context, body) =>
        {
            await Answer(context, body);
            if (!isHttpClient)
                client!.Dispose();
        });
        using var disposed = client = server.Client(new() { MaxRetries = 0, HttpClient = http });
        var (batch, items, answered) = Of(client, 130, 2, BatchOutcome.Pending);
        if (isHttpClient)
        {
            http.Dispose();
            answered = items.Select(static _ => BatchOutcome.Pending);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => batch.SendAsync());

        Assert.Equal(answered, items.Select(static i => i.Outcome));
        Assert.Equal(isHttpClient ? 0 : 1, server.Requests.Count);
        Assert.Contains("has not been sent yet", Assert.Throws<InvalidOperationException>(() => items[^1].Result).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Token_that_ends_between_the_requests_of_a_batch_is_refreshed_once_and_no_call_runs_twice(int request)
    {
        await using var server = await StartAsync(request, Answer);
        using var client = await OAuthAsync(server);
        var (batch, items, _) = Of(client, 130, 0);

        await batch.SendAsync();

        Assert.Equal((1, 4, true), (_refreshes, server.Requests.Count(static r => r.Path != "/oauth/token/"), items.All(static i => i.Outcome == BatchOutcome.Succeeded)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Token_that_ends_between_the_pages_of_a_list_is_refreshed_once_and_no_record_is_lost(int request)
    {
        await using var server = await StartAsync(request, static (context, body) =>
        {
            var page = JsonDocument.Parse(body).RootElement.TryGetProperty("page", out var asked) ? asked.GetInt32() : 1;
            return LoopbackServer.Answer(context, "{\"result\":[" + string.Join(',', Enumerable.Range(((page - 1) * 50) + 1, page == 3 ? 20 : 50).Select(static i => $"{{\"id\":{i}}}")) + "]}");
        });
        using var client = await OAuthAsync(server);
        var ids = new List<int>();

        await foreach (var dataset in client.BiConnector.Dataset.ListAsync())
            ids.Add(dataset.Id);

        Assert.Equal(Enumerable.Range(1, 120), ids);
        Assert.Equal(1, _refreshes);
    }

    private static (Bitrix24Batch Batch, List<BatchItem<bool>> Items, IEnumerable<BatchOutcome> Outcomes) Of(
        HandWritten.Portal client, int count, int cancelled, BatchOutcome outcome = BatchOutcome.Unknown)
    {
        var batch = client.CreateBatch();
        var items = Enumerable.Range(1, count).Select(i => batch.Add(new DatasetUpdateRequest { Id = i, Fields = new() { Description = "x" } })).ToList();
        return (batch, items, Enumerable.Range(0, count).Select(i => ((i / 50) + 1).CompareTo(cancelled) switch
        {
            < 0 => BatchOutcome.Succeeded,
            0 => outcome,
            _ => BatchOutcome.Pending,
        }));
    }

    private static Task Answer(HttpContext context, string body) => LoopbackServer.Answer(
        context, "{\"result\":{\"result\":{" + string.Join(',', BatchTests.Commands(body).Keys.Select(static k => $"\"{k}\":true")) + "},\"result_error\":[]}}");

    private static int IdOf(string command) => int.Parse(command.Split("id=")[1].Split('&')[0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A portal that refuses one request for the age of its token.</summary>
    private async Task<LoopbackServer> StartAsync(int refused, Func<HttpContext, string, Task> answer, Func<Task>? beforeTokens = null)
    {
        var requests = 0;
        return await LoopbackServer.StartAsync(async (context, body) =>
        {
            if (context.Request.Path == "/oauth/token/")
            {
                Interlocked.Increment(ref _refreshes);
                await (beforeTokens?.Invoke() ?? Task.CompletedTask);
                await LoopbackServer.Answer(context, """{"access_token":"access-2","refresh_token":"refresh-2","expires_in":3600}""");
            }
            else if (++requests == refused)
            {
                await LoopbackServer.Answer(context, """{"error":"expired_token"}""", 401);
            }
            else
            {
                await answer(context, body);
            }
        });
    }

    private static async Task<HandWritten.Portal> OAuthAsync(LoopbackServer server)
    {
        var store = new MemoryTokenStore();
        await store.SaveAsync(server.Address.Authority, new() { AccessToken = "access-1", RefreshToken = "refresh-1", ExpiresAt = DateTimeOffset.MaxValue });
        return server.Client(null, Bitrix24Credentials.OAuth(server.Address.ToString(), new("app", "secret-of-app") { OAuthServer = server.Address }, store));
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using NSubstitute;

namespace Bitrix24.Gen.Incoming.Tests;

using Crm;
using Fakes.App;

/// <summary>
/// Unit tests as users write them: each thing that a portal answers or sends is made by hand with public members only, and
/// the client's interface is faked by hand and by a mocking library.
/// </summary>
public sealed class UserTests
{
    private static readonly CancellationToken Any = default;

    [Fact]
    public void What_a_portal_answers_is_made_by_hand()
    {
        // A record, a page of them, what came around them, raw JSON.
        var record = Bitrix24Object.Parse<AppInfoResult>("""{"ID":"1","STATUS":"L"}""");
        var page = new Bitrix24Response<IReadOnlyList<AppInfoResult>> { Result = [record], Total = 51, Next = 50, Time = Bitrix24Object.Parse<Bitrix24Time>("""{"operating":1.5}""") };
        var raw = JsonDocument.Parse("""{"ID":1}""").RootElement;
        Assert.Equal(("L", 50, 1.5, 1), (page.Result[0].Status, page.Next, page.Time.Operating, raw.GetProperty("ID").GetInt32()));

        // A file, tokens.
        Assert.Equal("https://x/a", Bitrix24File.FromUrl("https://x/a").Url);
        Assert.Equal("a", new Bitrix24Token { AccessToken = "a", RefreshToken = "r", ExpiresAt = DateTimeOffset.MaxValue }.AccessToken);

        // Calls of a batch, done and failed.
        var done = BatchItem.Succeeded(new AppInfoRequest(), record);
        var failed = BatchItem.Failed(new AppInfoRequest(), new Bitrix24ApiException("app.info", "ACCESS_DENIED", "No.", HttpStatusCode.Forbidden));
        Assert.Equal((BatchOutcome.Succeeded, "L", null), (done.Outcome, done.Result.Status, done.Error));
        Assert.Equal((BatchOutcome.Failed, "ACCESS_DENIED"), (failed.Outcome, Assert.Throws<Bitrix24ApiException>(() => failed.Result).Code));
    }

    [Fact]
    public void What_a_call_throws_is_made_by_hand()
    {
        Bitrix24Exception[] all =
        [
            new Bitrix24ApiException("app.info", "VALIDATION", "No.", HttpStatusCode.BadRequest, "id") { Details = [new("title", "EMPTY", "Empty.")], RetryAfter = TimeSpan.FromSeconds(1) },
            new Bitrix24ConnectionException("app.info", "no answer", mayHaveBeenExecuted: true),
            new Bitrix24ProtocolException("app.info: HTML") { Status = HttpStatusCode.BadGateway },
            new Bitrix24LimitException("app.info", 10_000),
            new Bitrix24ValidationException("app.info", [new("B24103", "id", "MISSING", "The id is missing.")]),
        ];
        Assert.All(all, static e => Assert.Contains("app.info", e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_portal_sends_is_made_by_hand()
    {
        using var data = JsonDocument.Parse("""{"FIELDS":{"ID":7}}""");
        var e = IncomingRequest.ParseVerified(IncomingRequest.SignEvent(CrmEvents.CrmDealAdd, data.RootElement, "member", "token"), "token").Event!;
        Assert.Equal(7, e.As<CrmDealAddEvent>().Data.Fields.Id);

        var opened = IncomingRequest.Parse(Encoding.ASCII.GetBytes("PLACEMENT=CRM_DEAL_DETAIL_TAB&PLACEMENT_OPTIONS=%7B%22ID%22%3A%227%22%7D&AUTH_ID=a&member_id=m"), "DOMAIN=x.bitrix24.com");
        Assert.Equal("7", opened.Placement!.As<CrmDealDetailTab>().Options.Id.ToString());
        Assert.Equal("m", opened.Auth.MemberId);
    }

    [Fact]
    public async Task Fake_by_hand_answers_calls_and_batches()
    {
        var fake = new FakeStore();

        var (first, refused) = await CallsAsync(fake);

        Assert.Equal(("L", "ACCESS_DENIED"), (first.Result.Status, ((Bitrix24ApiException)refused.Error!).Code));
        Assert.Equal(3, fake.Calls);
        var v3 = ((IBitrix24Client)fake).CreateV3Batch();
        Assert.Empty(v3.Items);
    }

    [Fact]
    public async Task Mocking_library_fakes_the_interface()
    {
        var store = Substitute.For<IStore>();
        store.App.InfoAsync(Any).ReturnsForAnyArgs(Bitrix24Object.Parse<AppInfoResult>("""{"ID":"1","STATUS":"L"}"""));
        store.CreateBatch().Returns(_ => Bitrix24Batch.Of(store));
        store.SendAsync(Arg.Any<IBitrix24Request<AppInfoResult>>(), Arg.Any<CancellationToken>()).Returns(
            _ => Bitrix24Object.Parse<AppInfoResult>("""{"ID":"1","STATUS":"L"}"""),
            static _ => throw new Bitrix24ApiException("app.info", "ACCESS_DENIED", "No.", HttpStatusCode.Forbidden));

        var (first, refused) = await CallsAsync(store);

        Assert.Equal(("L", BatchOutcome.Failed), (first.Result.Status, refused.Outcome));
        await store.App.ReceivedWithAnyArgs(1).InfoAsync(Any);
    }

    [Fact]
    public async Task Halted_batch_of_a_fake_skips_and_one_without_an_answer_throws()
    {
        var fake = new FakeStore { Refuses = 1 };
        var batch = Bitrix24Batch.Of(fake);
        batch.Halt = true;
        var items = Enumerable.Range(0, 3).Select(_ => batch.Add(new AppInfoRequest())).ToList();
        await batch.SendAsync();
        Assert.Equal([BatchOutcome.Failed, BatchOutcome.Skipped, BatchOutcome.Skipped], items.Select(static i => i.Outcome));

        var away = Bitrix24Batch.Of(new FakeStore { IsAway = true });
        var lost = away.Add(new AppInfoRequest());
        await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => away.SendAsync());
        Assert.Equal(BatchOutcome.Unknown, lost.Outcome);
    }

    /// <summary>Code under test: a call and a batch of two.</summary>
    private static async Task<(BatchItem<AppInfoResult> First, BatchItem<AppInfoResult> Second)> CallsAsync(IStore store)
    {
        Assert.Equal("L", (await store.App.InfoAsync()).Status);
        var batch = store.CreateBatch();
        var (first, second) = (batch.Add(new AppInfoRequest()), batch.Add(new AppInfoRequest()));
        await batch.SendAsync();
        return (first, second);
    }

    private sealed class FakeStore : IStore, IAppArea
    {
        public int Calls { get; private set; }

        /// <summary>The call that is refused.</summary>
        public int Refuses { get; init; } = 3;

        public bool IsAway { get; init; }

        public IAppArea App => this;

        public Task<AppInfoResult> InfoAsync(CancellationToken cancellationToken = default) => SendAsync(new AppInfoRequest(), cancellationToken);

        public Task<T> SendAsync<T>(IBitrix24Request<T> request, CancellationToken cancellationToken = default)
        {
            if (IsAway)
                throw new Bitrix24ConnectionException(request.Method.Name, "no answer", mayHaveBeenExecuted: true);
            return ++Calls == Refuses
                ? throw new Bitrix24ApiException(request.Method.Name, "ACCESS_DENIED", "No.", HttpStatusCode.Forbidden)
                : Task.FromResult((T)(object)Bitrix24Object.Parse<AppInfoResult>("""{"ID":"1","STATUS":"L"}"""));
        }

        public Task<Bitrix24Response<T>> SendForResponseAsync<T>(IBitrix24Request<T> request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<JsonElement> CallAsync(string method, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<JsonElement> CallAsync(string method, object? parameters, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

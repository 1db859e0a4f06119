using System.Net;
using Bitrix24.Gen.Emulator;
using Bitrix24.V3.Main;
using Bitrix24.V3.Note;
using Bitrix24.V3.Tasks;

namespace Bitrix24.Gen.RestV3.Tests;

/// <summary>Generated calls of REST 3.0 against the emulator, over HTTP.</summary>
public sealed class EmulatorTests : IAsyncLifetime
{
    private const string Prefix = "BITRIX_REST_V3_EXCEPTION_";
    private const string Events = "main.eventlog/EventLog";

    private PortalEmulator _emulator = null!;
    private Portal _portal = null!;

    public async Task InitializeAsync()
    {
        _emulator = await PortalEmulator.StartAsync();
        _portal = Client();
    }

    public async Task DisposeAsync()
    {
        _portal.Dispose();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task Record_is_added_read_changed_and_deleted()
    {
        var added = await _portal.V3.Tasks.Task.AddAsync(Draft("first"));
        Assert.True(await _portal.V3.Tasks.Task.UpdateAsync(added.Id, new() { Description = "changed" }));
        var read = await _portal.V3.Tasks.Task.GetAsync(added.Id, [new TaskSelect().Id, new TaskSelect().Description]);
        Assert.Equal((added.Id, "changed", ""), (read.Id, read.Description, read.Title));

        Assert.True(await _portal.V3.Tasks.Task.DeleteAsync(added.Id));
        var gone = await Assert.ThrowsAsync<Bitrix24ApiException>(() => _portal.V3.Tasks.Task.GetAsync(added.Id));
        Assert.Equal((Prefix + "ENTITYNOTFOUNDEXCEPTION", HttpStatusCode.BadRequest), (gone.Code, gone.Status));
    }

    [Fact]
    public async Task Update_that_answers_the_record_and_a_read_only_envelope_are_read()
    {
        var document = await _portal.V3.Note.Document.AddAsync(new() { CollectionId = 1, Title = "t" });

        await _portal.V3.Note.Document.UpdateAsync(document.Id, new() { Title = "u" });

        Assert.Equal("u", (await _portal.V3.Note.Document.GetAsync(document.Id)).Title);
        Assert.True(await _portal.V3.Note.Document.ArchiveAsync(document.Id));
    }

    [Fact]
    public async Task List_is_filtered_ordered_and_paged_to_its_end()
    {
        SeedEvents(130);

        Assert.Equal(Enumerable.Range(1, 130).Select(static i => (long)i), await Ids(_portal.V3.Main.EventLog.ListAsync()));
        Assert.InRange(_emulator.Requests.Count(static r => r.Method == "main.eventlog.list"), 2, 3);
        Assert.Equal(
            [130, 129, 3, 2],
            await Ids(_portal.V3.Main.EventLog.ListAsync(q => q
                .Where(e => e.Any(e.Id.Between(2, 3), e.Id > 128) & e.Not(e.Id == 1))
                .OrderByDescending(e => e.Id)
                .Select(e => e.Id))));
        Assert.Equal([4, 8], await Ids(_portal.V3.Main.EventLog.ListAsync(q => q.Where(e => e.UserId == 0 & e.AuditTypeId.In("a4", "a5", "a8")))));
    }

    [Fact]
    public async Task Page_and_cursor_are_asked_for_by_request()
    {
        SeedEvents(10);

        var page = await _portal.SendAsync(new EventLogListRequest { Pagination = new() { Limit = 3, Page = 2 } });
        var tail = await _portal.SendAsync(new EventLogTailRequest { Cursor = new() { Field = "id", Value = 7, Order = "ASC", Limit = 2 } });

        Assert.Equal([4, 5, 6], page.Select(static e => e.Id));
        Assert.Equal([8, 9], tail.Select(static e => e.Id));
    }

    [Fact]
    public async Task Fields_say_what_may_be_filtered_and_sorted()
    {
        var fields = await _portal.V3.Main.EventLog.Field.ListAsync();

        var id = await _portal.V3.Main.EventLog.Field.GetAsync("id", [new("name"), new("type")]);
        var missing = await Assert.ThrowsAsync<Bitrix24ApiException>(() => _portal.V3.Main.EventLog.Field.GetAsync("nothing"));

        Assert.Equal(("id", "int"), (id.Name, id.Type));
        Assert.Equal("BITRIX_REST_V3_REALISATION_EXCEPTION_FIELDNOTFOUNDEXCEPTION", missing.Code);
        Assert.Equal((true, false), (fields.Single(static f => f.Name == "id").Filterable, fields.Single(static f => f.Name == "severity").Filterable));
    }

    [Fact]
    public async Task Error_object_is_a_typed_exception_with_its_findings()
    {
        using var unchecked_ = Client(new() { ValidateBeforeSending = false });

        var refused = await Assert.ThrowsAsync<Bitrix24ApiException>(() => unchecked_.CallAsync("v3/tasks.task.get", "{}"));
        var query = await Assert.ThrowsAsync<Bitrix24ApiException>(() => unchecked_.CallAsync("v3/main.eventlog.list", """{"filter":[["id","~",1]]}"""));

        Assert.Equal((Prefix + "VALIDATION_REQUESTVALIDATIONEXCEPTION", "tasks.task.get", HttpStatusCode.BadRequest), (refused.Code, refused.Method, refused.Status));
        Assert.Equal("id", Assert.Single(refused.Details).Path);
        Assert.Equal(Prefix + "UNKNOWNFILTEROPERATOREXCEPTION", query.Code);
    }

    [Fact]
    public async Task Method_of_this_version_on_the_older_path_is_not_found() =>
        Assert.Equal(
            "ERROR_METHOD_NOT_FOUND",
            (await Assert.ThrowsAsync<Bitrix24ApiException>(() => new RawClient(Webhook).CallAsync("main.eventlog.list", "{}"))).Code);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_whose_answer_was_lost_is_replayed_and_not_executed_twice(bool executed)
    {
        _emulator.Inject(Fault.Cut() with { Executed = executed });

        // The retry waits until the first call cannot run any more: two under one key at the same time may both run.
        var time = new FakeTime();
        using var client = Client(Options() with { TimeProvider = time });
        var adding = client.V3.Tasks.Task.AddAsync(Draft("once"));
        while (!adding.IsCompleted)
        {
            await Task.Delay(1);
            time.AdvanceToNextTimer(within: TimeSpan.FromSeconds(66));
        }

        var added = await adding;
        Assert.Equal((1, 1), (_emulator.Requests.Executions("tasks.task.add"), added.Id));
        Assert.Single(_emulator.Records("v3/tasks.task/Task"));
    }

    [Fact]
    public async Task Application_signs_in_with_a_bearer_in_calls_and_batches_and_refreshes_it_for_this_version_too()
    {
        // b24phpsdk#544: the retry after a refresh dropped the API version. b24jssdk#455: "auth" in the body kills the batch.
        var token = new Bitrix24Token { AccessToken = _emulator.AccessToken, RefreshToken = _emulator.RefreshToken, ExpiresAt = DateTimeOffset.MaxValue };
        var application = new Bitrix24Application(_emulator.ClientId, _emulator.ClientSecret) { OAuthServer = new(_emulator.PortalUrl) };
        var store = new MemoryTokenStore();
        await store.SaveAsync(new Uri(_emulator.PortalUrl).Authority, token);
        using var client = new Portal(Bitrix24Credentials.OAuth(_emulator.PortalUrl, application, store), Options());
        await client.V3.Tasks.Task.AddAsync(Draft("one"));
        _emulator.ExpireTokens();

        var batch = client.CreateV3Batch();
        var got = batch.Add(new TaskGetRequest { Id = 1, Select = [new TaskSelect().Title] });
        await batch.SendAsync();

        Assert.Equal(("one", 1), (got.Result.Title, _emulator.RefreshCount));
    }

    private static TaskCreate Draft(string title) => new() { Title = title, CreatorId = 1, ResponsibleId = 1 };

    private void SeedEvents(int count)
    {
        for (var i = 1; i <= count; i++)
            _emulator.Seed(Events, $$"""{"id":{{i}},"userId":{{i % 4}},"auditTypeId":"a{{i}}","severity":"INFO"}""");
    }

    private static async Task<List<long>> Ids(IAsyncEnumerable<EventLog> events)
    {
        var ids = new List<long>();
        await foreach (var e in events)
            ids.Add(e.Id);
        return ids;
    }

    private Bitrix24Credentials Webhook => Bitrix24Credentials.Webhook(_emulator.WebhookUrl);

    private Portal Client(Bitrix24ClientOptions? options = null) => new(Webhook, options ?? Options());

    private static Bitrix24ClientOptions Options() => new() { RetryDelay = TimeSpan.FromMilliseconds(1), RateLimit = Bitrix24RateLimit.None };

    /// <summary>A client that no spec is known to.</summary>
    private sealed class RawClient(Bitrix24Credentials credentials) : Bitrix24Client(credentials);
}

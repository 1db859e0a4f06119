using System.Globalization;
using System.Net;
using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.HttpApis.Tests;


/// <summary>Each error that a document names comes from the emulator on demand, and surfaces with its code and status.</summary>
public sealed class DocumentedErrorTests : IAsyncLifetime
{
    private PortalEmulator _portal = null!;

    /// <summary>Errors with the status that the documents give them; 0: they give none.</summary>
    public static TheoryData<string, string, int> Errors
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (var api in new[] { "vibecode", "amocrm" })
            {
                var set = SpecSets.Of(api);
                var methods = set.Files.SelectMany(static f => f.Methods).Where(static m => IsCalled(m.Name));
                var errors = set.Profile(api).SystemErrors.Select(static e => (e.Code, Status: e.Status ?? 0))
                    .Concat(methods.SelectMany(static m => m.Errors.Select(e => (e.Code, Status: e.Status ?? m.Failure.Status))));
                foreach (var (code, status) in errors.DistinctBy(static e => e.Code))
                    data.Add(api, code, status);
            }

            return data;
        }
    }

    public async Task InitializeAsync() => _portal = await PortalEmulator.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Error_surfaces_with_its_code_and_status(string api, string code, int status)
    {
        _portal.Inject(Fault.Documented(code));
        using Bitrix24Client client = api == "vibecode"
            ? new Vibe(Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl), TestOptions.Impatient)
            : new Amo(Bitrix24Credentials.AmoCrm(_portal.PortalUrl, _portal.AccessToken), TestOptions.Impatient);
        var call = client switch
        {
            Vibe vibe when code is "BATCH_LIMIT_EXCEEDED" or "MISSING_ENTITY_ID" => vibe.Batch.SendAsync([new() { Entity = "deals", Action = VibeCode.Batch.BatchCallAction.List }]),
            Vibe vibe when code == "INVALID_AGGREGATION_OP" => vibe.Deals.AggregateAsync(),
            Vibe vibe when code is "INVALID_FILTER_OPERATOR" or "INVALID_SORT_TYPE" => vibe.SendAsync(new VibeCode.Deals.DealsSearchRequest()),
            Vibe vibe => vibe.Deals.CreateAsync(new() { Title = "A" }),
            Amo amo => amo.Widgets.UninstallAsync("sms_gate"),
            _ => (Task)Assert.IsAssignableFrom<Task>(null),
        };
        var error = await Assert.ThrowsAnyAsync<Bitrix24ApiException>(() => call);

        Assert.Equal(code, error.Code);
        if (status > 0)
            Assert.Equal(status, (int)error.Status);
        else
            Assert.True((int)error.Status >= 400, error.Status.ToString());
        Assert.Contains(code, error.Message, StringComparison.Ordinal);
        Assert.Contains($"HTTP {((int)error.Status).ToString(CultureInfo.InvariantCulture)}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_code_of_the_documents_is_among_them()
    {
        // From the documents, written out once more: a code that falls out of the specs is missed here.
        string[] documented =
        [
            "MISSING_API_KEY 401", "INVALID_API_KEY 401", "INVALID_APP_KEY 401", "TOKEN_MISSING 401", "TOKEN_EXPIRED 401", "INVALID_SESSION 401",
            "SCOPE_DENIED 403", "OAUTH_REQUIRED 403", "MANAGEMENT_KEY_NO_ENTITY_ACCESS 403", "MANAGEMENT_SCOPE_REQUIRED 403", "WRITE_BLOCKED_READONLY_KEY 403",
            "ENTITY_NOT_FOUND 404", "INVALID_PARAMS 400", "INVALID_FILTER_OPERATOR 400", "INVALID_SORT_TYPE 400", "INVALID_AGGREGATION_OP 400",
            "MISSING_ENTITY_ID 400", "VALIDATION_ERROR 400", "BATCH_LIMIT_EXCEEDED 400", "BITRIX_ERROR 422", "RATE_LIMITED 429",
            "BITRIX_UNAVAILABLE 502", "QUEUE_TIMEOUT 504", "INTERNAL_ERROR 500",
            "BITRIX_ACCESS_DENIED 0", "B24_TARIFF_RESTRICTION 0", "SESSION_APP_MISMATCH 0", "KEY_EXPIRED 0", "KEY_INACTIVE 0", "QUEUE_OVERFLOW 0",
            "BITRIX_TIMEOUT 0", "OPERATION_TIME_LIMIT 0", "TIMEOUT_QUARANTINE 0", "AUTO_PAGINATION_FAILED 0", "ERROR_LOOP_DETECTED 0",
            "BAD_REQUEST 400", "UNAUTHORIZED 401", "FORBIDDEN 403", "NOT_FOUND 404", "TOO_MANY_REQUESTS 429",
        ];
        Assert.Equal(documented.Order(StringComparer.Ordinal), Errors.Select(static e => $"{e[1]} {e[2]}").Order(StringComparer.Ordinal));
        _portal.Inject(Fault.Answer(402, """{ "success": false, "error": { "code": "BUDGET", "message": "Nothing is left", "hint": "Add some", "userMessage": "Out of money" } }""", "application/json"));
        using var vibe = new Vibe(Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl), TestOptions.Impatient);
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => vibe.Deals.GetAsync(1));
        Assert.Equal((HttpStatusCode.PaymentRequired, "BUDGET", "Add some", "Out of money"), (error.Status, error.Code, error.Hint, error.UserMessage));
    }

    private static bool IsCalled(string method) =>
        method is "batch.send" or "deals.aggregate" or "deals.search" or "deals.create" or "widgets.uninstall";
}

using System.Diagnostics;
using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Control;
using Bitrix24.Gen.Emulator.Deliveries;
using Bitrix24.Gen.Emulator.Exchanges;
using Bitrix24.Gen.Emulator.Faults;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Limits;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>All that one emulated portal is and knows.</summary>
internal sealed class Portal(PortalOptions options, PortalClock clock, Lazy<SpecSet> specs, StateSet state, IRecordJournal journal) : IAsyncDisposable
{
    private JsonObject _start = [];
    private PortalDeliveries? _deliveries;
    private PortalAccounts? _accounts;

    public PortalOptions Options { get; } = options;

    /// <summary>The specs; built-in ones are read beside the start, and whoever asks first waits for them.</summary>
    public SpecSet Specs => specs.Value;

    public StateSet State { get; } = state;

    public TimeProvider Clock => Time;

    /// <summary>The clock as control moves it.</summary>
    public PortalClock Time { get; } = clock;

    public RecordStore Records { get; } = new(specs, state, journal);

    /// <summary>The records as tests and control see them.</summary>
    public StoreView View => field ??= new StoreView(this);

    public PortalAccounts Accounts => LazyInitializer.EnsureInitialized(ref _accounts, () => new PortalAccounts(Options, Records));

    /// <summary>Where the files of calls are sent that leave them out.</summary>
    public UploadAddresses Uploads { get; } = new();

    public FaultQueue Faults { get; } = new();

    /// <summary>Every scope that a method asks for.</summary>
    public IReadOnlyList<string> KnownScopes => field ??= [.. Specs.Profiles.SelectMany(p => Specs.MethodNames(p.Api).Select(name => Specs.FindMethod(name, p.Api)?.Scope)).OfType<string>()
        .Where(static s => s != Caller.BasicScope).Distinct(StringComparer.Ordinal)];

    /// <summary>The scopes of the application, as a portal writes them.</summary>
    public string Scope => string.Join(',', Options.Scopes ?? KnownScopes);

    /// <summary>What the portal sends.</summary>
    public PortalDeliveries Deliveries => LazyInitializer.EnsureInitialized(ref _deliveries, () => new PortalDeliveries(this));

    public RequestLog Log { get; } = new(options.CallLogCapacity);

    /// <summary>Passes calls on to a real portal; null: calls are emulated.</summary>
    public ExchangeRecorder? Recorder { get; } = options.RecordFrom is { } webhook ? new ExchangeRecorder(webhook, options.RecordTo) : null;

    public LeakyBucket? Bucket { get; } = options.Limits is { } limits ? new LeakyBucket(limits, options.TimeProvider) : null;

    public OperatingTime? Operating { get; } = options.Limits is { } limits ? new OperatingTime(limits, options.TimeProvider) : null;

    /// <summary>Logs a call.</summary>
    /// <param name="request">The request that brought it.</param>
    /// <param name="method">The method; of a command in a batch, the command's.</param>
    /// <param name="answer">What it came to, in the words of its protocol.</param>
    /// <param name="inBatch">It was a command of a batch.</param>
    /// <param name="replayed">The answer is an earlier one.</param>
    public void Record(RestRequest request, string method, Answer answer, bool inBatch = false, bool replayed = false) =>
        Record(method, answer, request.Webhook is not null, inBatch, inBatch ? answer.Took : Stopwatch.GetElapsedTime(request.Started), replayed);

    /// <summary>Logs a call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="answer">What it came to, in the words of its protocol.</param>
    /// <param name="byWebhook">It came with a webhook's secret.</param>
    /// <param name="inBatch">It was a command of a batch.</param>
    /// <param name="took">How long it took, on the machine's clock.</param>
    /// <param name="replayed">The answer is an earlier one.</param>
    public void Record(string method, Answer answer, bool byWebhook, bool inBatch, TimeSpan took, bool replayed = false)
    {
        var failure = answer as Failure;
        Log.Add(new LoggedCall
        {
            Method = Accounts.Redact(method),
            Status = failure?.Status ?? 200,
            Error = failure?.Code,
            Violations = [.. answer.Violations.Select(static v => v.RuleId)],
            Findings = [.. answer.Violations.Select(v => new CallFinding(v.RuleId, v.Rule, Accounts.Redact(v.Path), v.Code, Accounts.Redact(v.Message)))],
            Duration = took,
            Executed = failure is null && !replayed,
            InBatch = inBatch,
            ByWebhook = byWebhook,
            At = Clock.GetUtcNow(),
        });
    }

    /// <summary>What the portal has now is what <see cref="Reset"/> returns to.</summary>
    public void KeepAsStart() => _start = View.Snapshot();

    /// <summary>Records, log, faults and limits as they were at the start.</summary>
    public void Reset()
    {
        View.Restore(_start);
        Log.Clear();
        Faults.Clear();
        Bucket?.Fill(0);
        MovedTo = null;
    }

    /// <summary>Where the portal has moved to; requests are sent there.</summary>
    public Uri? MovedTo { get; set; }

    /// <summary>The portal's own address, known once it listens.</summary>
    public Uri Url { get; set; } = new("http://127.0.0.1/");

    public ValueTask DisposeAsync() => _deliveries?.DisposeAsync() ?? ValueTask.CompletedTask;
}

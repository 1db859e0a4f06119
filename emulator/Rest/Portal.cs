using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Faults;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Limits;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>All that one emulated portal is and knows.</summary>
internal sealed class Portal(PortalOptions options, SpecSet specs)
{
    public PortalOptions Options { get; } = options;

    public SpecSet Specs { get; } = specs;

    public TimeProvider Clock => Options.TimeProvider;

    public RecordStore Records { get; } = new(specs);

    public PortalAccounts Accounts { get; } = new(options);

    public FaultQueue Faults { get; } = new();

    public RequestLog Log { get; } = new();

    public LeakyBucket? Bucket { get; } = options.Limits is { } limits ? new LeakyBucket(limits, options.TimeProvider) : null;

    public OperatingTime? Operating { get; } = options.Limits is { } limits ? new OperatingTime(limits, options.TimeProvider) : null;

    /// <summary>Logs a call.</summary>
    /// <param name="request">The request that brought it.</param>
    /// <param name="method">The method; of a command in a batch, the command's.</param>
    /// <param name="answer">What it came to, in the words of its protocol.</param>
    /// <param name="inBatch">It was a command of a batch.</param>
    /// <param name="replayed">The answer is an earlier one.</param>
    public void Record(RestRequest request, string method, Answer answer, bool inBatch = false, bool replayed = false) =>
        Record(method, answer, request.Webhook is not null, inBatch, replayed);

    /// <summary>Logs a call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="answer">What it came to, in the words of its protocol.</param>
    /// <param name="byWebhook">It came with a webhook's secret.</param>
    /// <param name="inBatch">It was a command of a batch.</param>
    /// <param name="replayed">The answer is an earlier one.</param>
    public void Record(string method, Answer answer, bool byWebhook, bool inBatch, bool replayed = false)
    {
        var failure = answer as Failure;
        Log.Add(new LoggedCall
        {
            Method = method,
            Status = failure?.Status ?? 200,
            Error = failure?.Code,
            Violations = [.. answer.Violations.Select(v => v.RuleId)],
            Executed = failure is null && !replayed,
            InBatch = inBatch,
            ByWebhook = byWebhook,
            At = Clock.GetUtcNow(),
        });
    }

    /// <summary>Where the portal has moved to; requests are sent there.</summary>
    public Uri? MovedTo { get; set; }

    /// <summary>The portal's own address, known once it listens.</summary>
    public Uri Url { get; set; } = new("http://127.0.0.1/");
}

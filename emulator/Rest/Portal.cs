using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Faults;
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

    /// <summary>Where the portal has moved to; requests are sent there.</summary>
    public Uri? MovedTo { get; set; }

    /// <summary>The portal's own address, known once it listens.</summary>
    public Uri Url { get; set; } = new("http://127.0.0.1/");
}

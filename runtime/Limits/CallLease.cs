using System.Threading.RateLimiting;

namespace Bitrix24;

/// <summary>The answer of a <see cref="CallLimiter"/>. Permits are not given back through it.</summary>
internal sealed class CallLease(bool granted) : RateLimitLease
{
    public static CallLease Granted { get; } = new(true);

    public static CallLease Refused { get; } = new(false);

    public override bool IsAcquired => granted;

    public override IEnumerable<string> MetadataNames => [];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = null;
        return false;
    }
}

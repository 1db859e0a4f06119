using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Control;

/// <summary>How full the portal's bucket is.</summary>
internal sealed class LimitsControl(Portal portal)
{
    public JsonObject State() => portal is { Bucket: { } bucket, Options.Limits: { } limits }
        ? new JsonObject
        {
            ["limited"] = true,
            ["level"] = Math.Round(bucket.Level, 3),
            ["capacity"] = limits.Capacity,
            ["perSecond"] = limits.PerSecond,
        }
        : new JsonObject { ["limited"] = false };

    public JsonObject Fill(ControlQuery query)
    {
        var level = query.MemberNumber("level") ?? throw new ControlException("\"level\" is missing: the requests that the bucket is to hold.");
        if (portal is not { Bucket: { } bucket, Options.Limits: { } limits })
            throw new ControlException("The portal has no limits; start it with --limits.", "NO_LIMITS", 409);
        if (level < 0 || level > limits.Capacity)
            throw new ControlException($"\"level\" is between 0 and {limits.Capacity}.");
        bucket.Fill(level);
        return State();
    }
}

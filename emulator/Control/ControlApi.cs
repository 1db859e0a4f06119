using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Control;

/// <summary>The resources of the control API.</summary>
internal sealed class ControlApi(Portal portal)
{
    private readonly CallsControl _calls = new(portal);
    private readonly RecordsControl _records = new(portal);
    private readonly FaultsControl _faults = new(portal);
    private readonly LimitsControl _limits = new(portal);

    /// <summary>Does what a request asks for.</summary>
    /// <exception cref="ControlException">It cannot be done.</exception>
    public JsonObject Run(string verb, string resource, ControlQuery query) => (verb, resource) switch
    {
        ("GET", "info") => Info(),
        ("GET", "calls") => _calls.List(query),
        ("DELETE", "calls") => _calls.Clear(),
        ("GET", "records") => _records.List(query),
        ("POST", "records") => _records.Seed(query),
        ("POST", "reset") => Reset(),
        ("GET", "snapshot") => _records.Snapshot(),
        ("POST", "snapshot") => _records.Restore(query),
        ("GET", "faults") => _faults.List(),
        ("POST", "faults") => _faults.Add(query),
        ("DELETE", "faults") => _faults.Clear(),
        ("GET", "clock") => Clock(),
        ("POST", "clock") => Advance(query),
        ("GET", "bucket") => _limits.State(),
        ("POST", "bucket") => _limits.Fill(query),
        ("POST", "tokens/expire") => Expire(),
        _ => throw new ControlException($"There is no {verb} of \"{resource}\".", "NOT_FOUND", 404),
    };

    private JsonObject Info() => new()
    {
        ["portal"] = portal.Url.GetLeftPart(UriPartial.Authority),
        ["webhook"] = $"{portal.Url.GetLeftPart(UriPartial.Authority)}/rest/{portal.Options.UserId}/{portal.Accounts.WebhookSecret}/",
        ["apis"] = new JsonArray([.. portal.Specs.Profiles.Select(static p => (JsonNode)p.Api)]),
        ["methods"] = portal.Specs.MethodNames().Count(),
        ["limits"] = portal.Options.Limits is not null,
        ["strict"] = portal.Options.Strict,
        ["time"] = portal.Clock.GetUtcNow(),
    };

    private JsonObject Reset()
    {
        portal.Reset();
        return new JsonObject { ["reset"] = true };
    }

    private JsonObject Clock() => new() { ["now"] = portal.Clock.GetUtcNow(), ["ahead"] = portal.Time.Ahead.TotalSeconds };

    private JsonObject Advance(ControlQuery query)
    {
        var seconds = query.MemberNumber("advance") ?? throw new ControlException("\"advance\" is missing: the seconds that the clock is to go forward by.");
        if (seconds is < 0 or > 366 * 86400.0 * 10)
            throw new ControlException("\"advance\" is between 0 and ten years; a portal's clock does not go back.");
        portal.Time.Advance(TimeSpan.FromSeconds(seconds));
        return Clock();
    }

    private JsonObject Expire()
    {
        portal.Accounts.ExpireAll();
        return new JsonObject { ["expired"] = true };
    }
}

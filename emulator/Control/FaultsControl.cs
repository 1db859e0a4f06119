using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Control;

/// <summary>The faults that are yet to strike.</summary>
internal sealed class FaultsControl(Portal portal)
{
    private const string Kinds = "documented, error, answer, redirect, cut, truncated, brokenBody, truncatedGzip, late, expiredToken";

    /// <summary>Longer than any client waits.</summary>
    private const double LongestDelay = 3600;

    public JsonObject List() => new()
    {
        ["faults"] = new JsonArray([.. portal.Faults.Pending().Select(static p => (JsonNode)new JsonObject
        {
            ["fault"] = p.Fault.Name,
            ["method"] = p.Fault.Method,
            ["times"] = p.Left,
            ["after"] = p.Skip,
            ["executed"] = p.Fault.Executed,
        })]),
    };

    public JsonObject Add(ControlQuery query)
    {
        var fault = Of(query) with
        {
            Method = query.Member("method") is { Length: > 0 } method ? method : null,
            Times = Whole(query, "times", 1, 1),
            After = Whole(query, "after", 0, 0),
        };
        if (query.Member("executed") is { } executed)
            fault = fault with { Executed = executed is "1" or "true" };
        if (query.MemberNumber("delay") is { } delay)
            fault = fault with { Delay = Delay(delay) };
        portal.Faults.Add(fault);
        return List();
    }

    public JsonObject Clear()
    {
        portal.Faults.Clear();
        return List();
    }

    private static Fault Of(ControlQuery query) => query.Required("fault") switch
    {
        "documented" => Fault.Documented(query.Required("code")),
        "error" => Fault.Error(Status(query, 400), query.Required("code"), query.Member("description") ?? query.Required("code")),
        "answer" => Fault.Answer(Status(query, 500), query.Member("body") ?? "", ContentType(query)),
        "redirect" => Fault.Redirect(Address(query)),
        "cut" => Fault.Cut(),
        "truncated" => Fault.Truncated(),
        "brokenBody" => Fault.BrokenBody(),
        "truncatedGzip" => Fault.TruncatedGzip(),
        "late" => Fault.Late(Delay(query.MemberNumber("delay") ?? throw new ControlException("\"delay\" is missing: the seconds that the answer is late by."))),
        "expiredToken" => Fault.ExpiredToken(),
        var other => throw new ControlException($"There is no fault \"{other}\"; there are {Kinds}."),
    };

    private static int Status(ControlQuery query, int otherwise) => Whole(query, "status", otherwise, 200) is <= 599 and var status
        ? status
        : throw new ControlException("\"status\" is an HTTP status between 200 and 599.");

    private static string ContentType(ControlQuery query) =>
        query.Member("contentType") is not { } given ? "text/html"
        : System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(given, out _) && given.All(char.IsAscii) ? given
        : throw new ControlException("\"contentType\" is no media type.");

    private static string Address(ControlQuery query) => Uri.TryCreate(query.Required("location"), UriKind.Absolute, out var address)
        ? address.AbsoluteUri
        : throw new ControlException("\"location\" is no absolute address.");

    private static TimeSpan Delay(double seconds) => seconds is >= 0 and <= LongestDelay
        ? TimeSpan.FromSeconds(seconds)
        : throw new ControlException($"\"delay\" is between 0 and {LongestDelay} seconds.");

    private static int Whole(ControlQuery query, string name, int otherwise, int least)
    {
        var given = query.MemberNumber(name) ?? otherwise;
        return given >= least && given <= int.MaxValue && given == Math.Floor(given)
            ? (int)given
            : throw new ControlException($"\"{name}\" must be a whole number, at least {least}.");
    }
}

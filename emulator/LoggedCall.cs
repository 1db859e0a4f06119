namespace Bitrix24.Gen.Emulator;

/// <summary>A call as the portal saw it; holds no secret, and of its parameters only what the server's texts quote.</summary>
public sealed record LoggedCall
{
    /// <summary>Longer names of methods, which no API has, are cut.</summary>
    private const int LongestName = 200;

    /// <summary>Its number, counted from 1 over the portal's life.</summary>
    public long Sequence { get; init; }

    /// <summary>The method as it was asked for.</summary>
    public required string Method
    {
        get;
        init => field = value.Length > LongestName ? value[..LongestName] : value;
    }

    /// <summary>The HTTP status of the answer; of a command in a batch, the one it would have had alone.</summary>
    public int Status { get; init; }

    /// <summary>The error code of the answer.</summary>
    public string? Error { get; init; }

    /// <summary>Ids of the rules that the call broke, in the server's order; rules that only a server can check by their word.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>The rules that the call broke, with their paths and the server's texts.</summary>
    public IReadOnlyList<CallFinding> Findings { get; init; } = [];

    /// <summary>The method did its work, whether or not its answer arrived.</summary>
    public bool Executed { get; init; }

    /// <summary>The call was a command of a batch.</summary>
    public bool InBatch { get; init; }

    /// <summary>The call came with a webhook's secret rather than an access token.</summary>
    public bool ByWebhook { get; init; }

    /// <summary>When it was answered, on the portal's clock.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How long the portal worked on it, on the machine's clock.</summary>
    public TimeSpan Duration { get; init; }

    internal JsonObject ToJson() => new()
    {
        ["sequence"] = Sequence,
        ["at"] = At,
        ["method"] = Method,
        ["status"] = Status,
        ["error"] = Error,
        ["milliseconds"] = Math.Round(Duration.TotalMilliseconds, 3),
        ["executed"] = Executed,
        ["inBatch"] = InBatch,
        ["byWebhook"] = ByWebhook,
        ["violations"] = new JsonArray([.. Findings.Select(static f => (JsonNode)new JsonObject
        {
            ["rule"] = f.RuleId,
            ["check"] = f.Check,
            ["path"] = f.Path,
            ["code"] = f.Code,
            ["message"] = f.Message,
        })]),
    };
}

/// <summary>A rule that a call broke.</summary>
/// <param name="RuleId">The rule's id, as compiler and <c>Validate()</c> have it.</param>
/// <param name="Check">What of the spec is broken: <c>required</c>, <c>maxLength</c>, …</param>
/// <param name="Path">Where in the parameters.</param>
/// <param name="Code">The server's error code for it; null: the server lets it pass.</param>
/// <param name="Message">What the server says, or would say if it minded.</param>
public sealed record CallFinding(string RuleId, string Check, string Path, string? Code, string Message);

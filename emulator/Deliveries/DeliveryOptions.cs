namespace Bitrix24.Gen.Emulator;

/// <summary>What a portal sends, and how.</summary>
public sealed record DeliveryOptions
{
    /// <summary>How often an event is sent again after a failure. The documentation knows no second attempt (0); portals were seen to make one.</summary>
    public int EventRetries { get; init; } = 1;

    /// <summary>How long to wait before an event is sent again.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Events that are under way at once.</summary>
    public int Parallel { get; init; } = 16;

    /// <summary>How long a handler may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Handlers elsewhere than on loopback are called too. Off: a test calls nobody outside by accident.</summary>
    public bool CallRemoteHandlers { get; init; }

    /// <summary>The addresses of BI connectors are called where a portal calls them, in place of <see cref="PortalOptions.ConnectionCheck"/>.</summary>
    public bool CallConnectors { get; init; } = true;
}

/// <summary>Something that the portal sent.</summary>
/// <param name="Code">The event, placement or callback.</param>
/// <param name="Url">The URL, without its query.</param>
/// <param name="Status">The status of the answer; null: no answer.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record SentDelivery(string Code, string Url, int? Status, int Attempt)
{
    /// <summary>Of a callback: why a portal would not take the answer, by the rules of its spec.</summary>
    public IReadOnlyList<CallFinding> Findings { get; init; } = [];
}

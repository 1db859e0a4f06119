namespace Bitrix24;

/// <summary>
/// The innermost handler: lets each request through once. Whatever a host puts around its HTTP clients, a call is sent
/// again only by the client itself, which knows whether it may be, and has a permit of the portal's limits for it.
/// </summary>
internal sealed class SingleSendHandler : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<Ticket> Key = new("Bitrix24.Ticket");

    /// <summary>Marks a request as one that goes out once.</summary>
    public static void Mark(HttpRequestMessage request, string method) => request.Options.Set(Key, new(method));

    /// <summary>The error of a call that something else than the client tries to send again.</summary>
    public static Bitrix24ConnectionException Refusal(string method) => new(method,
        "a handler of the host tried to send the call again, which only the client may do; the first answer was dropped", mayHaveBeenExecuted: true);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Hedging and the like copy the options with the request.
        if (request.Options.TryGetValue(Key, out var ticket) && !ticket.TryUse())
            throw Refusal(ticket.Method);
        return base.SendAsync(request, cancellationToken);
    }

    private sealed class Ticket(string method)
    {
        private int _used;

        public string Method => method;

        public bool TryUse() => Interlocked.Exchange(ref _used, 1) == 0;
    }
}

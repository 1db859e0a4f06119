namespace Bitrix24;

/// <summary>
/// The innermost handler: lets each request through once. Whatever a host puts around its HTTP clients, a call is sent
/// again only by the client itself, which knows whether it may be, and has a permit of the portal's limits for it.
/// </summary>
internal sealed class SingleSendHandler : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<Ticket> Key = new("Bitrix24.Ticket");

    // A handler that makes requests of its own seldom copies the options.
    private static readonly AsyncLocal<Ticket?> Current = new();

    /// <summary>Marks a request as one that goes out once, and with it what handlers send in its place below the caller.</summary>
    public static void Mark(HttpRequestMessage request, string method)
    {
        var ticket = new Ticket(method, request.Method, request.RequestUri?.AbsolutePath);
        request.Options.Set(Key, ticket);
        Current.Value = ticket;
    }

    /// <summary>The error of a call that something else than the client tries to send again.</summary>
    public static Bitrix24ConnectionException Refusal(string method) => new(method,
        "a handler of the host tried to send the call again, which only the client may do; the first answer was dropped", mayHaveBeenExecuted: true);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (TicketOf(request) is { } ticket && !ticket.TryUse())
            throw Refusal(ticket.Method);
        return base.SendAsync(request, cancellationToken);
    }

    // Hedging and the like copy the options with the request.
    private static Ticket? TicketOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(Key, out var ticket) ? ticket : Current.Value is { } current && current.IsOf(request) ? current : null;

    private sealed class Ticket(string method, HttpMethod verb, string? path)
    {
        private int _used;

        public string Method => method;

        /// <summary>A handler may also send something else, to another path.</summary>
        public bool IsOf(HttpRequestMessage request) => request.Method == verb && request.RequestUri?.AbsolutePath == path;

        public bool TryUse() => Interlocked.Exchange(ref _used, 1) == 0;
    }
}

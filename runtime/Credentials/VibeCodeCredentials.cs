using System.Net.Http.Headers;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A VibeCode key; an application's key goes with the session of its user.</summary>
internal sealed class VibeCodeCredentials(Uri host, string key, VibeCodeSession? session)
    : HttpApiCredentials(host, new(key, session?.Token))
{
    public override ApiDescriptor Api { get; } = new() { Envelope = EnvelopeKind.VibeCode };

    // A key belongs to one portal, whose other keys may be used by others.
    internal override string LimitOwner => key;

    internal override IReadOnlyList<PermitSource> NewPermitSources() =>
        [new SlidingWindow(10, TimeSpan.FromSeconds(1)), new SlidingWindow(300, TimeSpan.FromMinutes(1))];

    internal override void Authorize(HttpRequestMessage request, string? token)
    {
        request.Headers.Add("X-Api-Key", key);
        if (session is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
    }

    internal override ValueTask<string?> AuthorizeAsync(HttpRequestMessage request, HttpTransport transport, CancellationToken cancellationToken)
    {
        if (session?.ExpiresAt <= transport.Time.GetUtcNow())
            throw new Bitrix24SessionExpiredException($"{request.Method} {request.RequestUri!.AbsolutePath}", $"the session ended at {session.ExpiresAt:O}; nothing was sent");
        return base.AuthorizeAsync(request, transport, cancellationToken);
    }
}

using System.Net.Http.Headers;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>A VibeCode key; an application's key goes with the session of its user.</summary>
internal sealed class VibeCodeCredentials(Uri host, string key, string? session) : HttpApiCredentials(host)
{
    public override ApiDescriptor Api { get; } = new() { Envelope = EnvelopeKind.VibeCode };

    // Ten requests a second and 300 a minute: this stays below both in every window.
    internal override Bitrix24RateLimit RateLimit { get; } = new(5, 4.9);

    internal override void Authorize(HttpRequestMessage request)
    {
        request.Headers.Add("X-Api-Key", key);
        if (session is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session);
    }

    internal override string Redact(string text)
    {
        text = text.Replace(key, "***", StringComparison.Ordinal);
        return session is null ? text : text.Replace(session, "***", StringComparison.Ordinal);
    }
}

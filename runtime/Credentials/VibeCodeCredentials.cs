using System.Net.Http.Headers;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>A VibeCode key; an application's key goes with the session of its user.</summary>
internal sealed class VibeCodeCredentials(Uri host, string key, string? session) : HttpApiCredentials(host)
{
    public override ApiDescriptor Api { get; } = new() { Envelope = EnvelopeKind.VibeCode };

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

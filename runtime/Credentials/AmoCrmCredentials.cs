using System.Net.Http.Headers;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Access tokens for an amoCRM account.</summary>
internal sealed class AmoCrmCredentials(Uri account, AccessTokens tokens, Secrets secrets) : HttpApiCredentials(account, secrets)
{
    public override ApiDescriptor Api { get; } = new() { Envelope = EnvelopeKind.Hal };

    internal override AccessTokens Tokens => tokens;

    /// <summary>Seven requests in any second; callers that keep exceeding it are blocked.</summary>
    internal override IReadOnlyList<PermitSource> NewPermitSources() => [new SlidingWindow(7, TimeSpan.FromSeconds(1))];

    internal override void Authorize(HttpRequestMessage request, string? token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/hal+json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/problem+json"));
    }
}

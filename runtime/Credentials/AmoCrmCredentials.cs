using System.Net.Http.Headers;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Access tokens for an amoCRM account.</summary>
internal sealed class AmoCrmCredentials(Uri account, AccessTokens tokens, Secrets secrets) : HttpApiCredentials(account, secrets)
{
    public override ApiDescriptor Api { get; } = new() { Envelope = EnvelopeKind.Hal };

    internal override AccessTokens Tokens => tokens;

    // Callers that keep exceeding the limit are blocked.
    internal override IReadOnlyList<PermitSource> NewPermitSources() => ApiProfile.AmoCrm.NewWindows();

    internal override IReadOnlyList<PathLimit> NewPathLimits() => ApiProfile.AmoCrm.NewPathLimits();

    internal override void Authorize(HttpRequestMessage request, string? token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/hal+json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/problem+json"));
    }
}

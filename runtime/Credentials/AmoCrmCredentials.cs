using System.Net.Http.Headers;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>An access token for an amoCRM account.</summary>
internal sealed class AmoCrmCredentials(Uri account, string token) : HttpApiCredentials(account)
{
    public override ApiDescriptor Api { get; } = new() { Envelope = EnvelopeKind.Hal };

    // Seven requests in any second; more, and the account's address is blocked.
    public static Bitrix24RateLimit AccountLimit { get; } = new(2, 6);

    internal override Bitrix24RateLimit RateLimit => AccountLimit;

    public static void Sign(HttpRequestMessage request, string token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/hal+json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/problem+json"));
    }

    internal override void Authorize(HttpRequestMessage request) => Sign(request, token);

    internal override string Redact(string text) => text.Replace(token, "***", StringComparison.Ordinal);
}

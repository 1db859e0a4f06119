using System.Net.Http.Headers;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>An access token for an amoCRM account.</summary>
internal sealed class AmoCrmCredentials(Uri account, string token) : HttpApiCredentials(account)
{
    public override ApiDescriptor Api { get; } = new() { Envelope = EnvelopeKind.Hal };

    internal override IReadOnlyList<Allowance> NewAllowances() => AccountLimits();

    /// <summary>Seven requests in any second; who goes on asking for more is shut out.</summary>
    public static IReadOnlyList<Allowance> AccountLimits() => [new SlidingWindow(7, TimeSpan.FromSeconds(1))];

    public static void Sign(HttpRequestMessage request, string token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/hal+json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/problem+json"));
    }

    internal override void Authorize(HttpRequestMessage request) => Sign(request, token);

    internal override string Redact(string text) => text.Replace(token, "***", StringComparison.Ordinal);
}

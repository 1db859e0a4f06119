using System.Net.Http.Headers;
using Bitrix24.Descriptors;

namespace Bitrix24;

internal sealed class AccessTokenCredentials(Uri portal, string token) : Bitrix24Credentials(portal)
{
    public override MethodAccess Access => MethodAccess.Application;

    internal override string Caller => token;

    internal override Uri AddressOf(string method) => new(Portal, $"rest/{method}");

    internal override void Authorize(HttpRequestMessage request) =>
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    internal override string Redact(string text) => text.Replace(token, "***", StringComparison.Ordinal);
}

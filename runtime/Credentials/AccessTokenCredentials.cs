using System.Net.Http.Headers;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Access tokens of an application.</summary>
internal sealed class AccessTokenCredentials(Uri portal, AccessTokens tokens, Secrets secrets) : Bitrix24Credentials(portal, secrets)
{
    public override MethodAccess Access => MethodAccess.Application;

    internal override AccessTokens Tokens => tokens;

    internal override string Caller => tokens.Owner;

    internal override Uri AddressOf(string method) => new(Portal, $"rest/{method}");

    internal override void Authorize(HttpRequestMessage request, string? token) =>
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
}

using System.Net;

namespace Bitrix24;

/// <summary>The session of a VibeCode application's user has ended. It cannot be refreshed: send the user to <see cref="VibeCodeApplication.AuthorizeUrl"/> again.</summary>
/// <param name="method">The method called.</param>
/// <param name="description">The server's text, or what is known without asking it.</param>
/// <param name="requestId">The server's id of the request, where it gives one.</param>
public sealed class Bitrix24SessionExpiredException(string method, string? description, string? requestId = null)
    : Bitrix24ApiException(method, ErrorCode, description, HttpStatusCode.Unauthorized, requestId)
{
    /// <summary>The code of this error.</summary>
    public const string ErrorCode = "TOKEN_EXPIRED";
}

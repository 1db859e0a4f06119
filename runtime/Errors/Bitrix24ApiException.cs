using System.Net;

namespace Bitrix24;

/// <summary>The server refused a call.</summary>
/// <param name="method">The method called.</param>
/// <param name="code">The server's error code.</param>
/// <param name="description">The server's text.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="requestId">The server's id of the request, where it gives one.</param>
public class Bitrix24ApiException(
    string method,
    string code,
    string? description,
    HttpStatusCode status,
    string? requestId = null)
    : Bitrix24Exception($"{method}: {(code.Length == 0 ? "error without a code" : LogText.Line(code, 200))}"
        + $"{(string.IsNullOrEmpty(description) ? "" : $": {LogText.Line(description, 2_000)}")} (HTTP {(int)status})")
{
    /// <summary>What the server said, and, where it denies access, who may call the method.</summary>
    public override string Message => Callers is { } who ? $"{base.Message}; the method is for {who}" : base.Message;

    /// <summary>The method called.</summary>
    public string Method { get; } = method;

    /// <summary>The server's error code; empty where it gave none.</summary>
    public string Code { get; } = code;

    /// <summary>The server's text.</summary>
    public string? Description { get; } = description;

    /// <summary>The HTTP status. Many methods refuse with 200.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>The server's id of the request, where it gives one.</summary>
    public string? RequestId { get; } = requestId;

    /// <summary>How long the server asks to wait before the call is retried.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How to fix the call, where the server says (VibeCode).</summary>
    public string? Hint { get; init; }

    /// <summary>A text that may be shown to users, where the server gives one (VibeCode).</summary>
    public string? UserMessage { get; init; }

    /// <summary>What the server found in detail, where it says.</summary>
    public IReadOnlyList<Bitrix24ErrorDetail> Details { get; init; } = [];

    private string? Callers { get; set; }

    /// <summary>Notes who may call the method, where that is why the server refused.</summary>
    internal void Note(Infrastructure.MethodDescriptor called)
    {
        if (Status == HttpStatusCode.Forbidden || Code.Contains("ACCESS_DENIED", StringComparison.OrdinalIgnoreCase))
        {
            Callers = called.Caller switch
            {
                Infrastructure.Access.Administrator => "administrators of the portal",
                Infrastructure.Access.SectionAdministrator => "administrators of its section",
                Infrastructure.Access.Permission => "users whom a permission on the record or section allows it",
                Infrastructure.Access.Participant => "those who take part",
                Infrastructure.Access.Application => "users of the application that made the record",
                _ => null,
            };
        }
    }
}

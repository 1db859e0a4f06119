namespace Bitrix24.Gen.Emulator;

/// <summary>A fault on demand.</summary>
public sealed record Fault
{
    /// <summary>The <see cref="Method"/> of faults at the OAuth endpoint.</summary>
    public const string TokenEndpoint = "oauth/token";

    private enum Kind
    {
        None,
        Answer,
        Refuse,
        Cut,
        Truncate,
        TruncateGzip,
        Break,
        ExpireToken,
    }

    private readonly Kind _kind;

    private Fault(Kind kind) => _kind = kind;

    /// <summary>The method it affects; null: any, including batches and the OAuth endpoint.</summary>
    public string? Method { get; init; }

    /// <summary>The number of requests it affects.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Requests that pass before it starts.</summary>
    public int After { get; init; }

    /// <summary>The method does its work before the fault hides its answer.</summary>
    public bool Executed { get; init; }

    /// <summary>How long the portal waits before it does anything, on its own clock.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Its name in the control API.</summary>
    internal string Name => _kind switch
    {
        Kind.Answer => Location is null ? "answer" : "redirect",
        Kind.Refuse => $"documented {Refusal}",
        Kind.Cut => "cut",
        Kind.Truncate => "truncated",
        Kind.TruncateGzip => "truncatedGzip",
        Kind.Break => "brokenBody",
        Kind.ExpireToken => "expiredToken",
        _ => "late",
    };

    internal int Status { get; private init; } = 200;

    internal string Body { get; private init; } = "";

    internal string ContentType { get; private init; } = "application/json; charset=utf-8";

    internal string? Location { get; private init; }

    /// <summary>The documented error code to answer.</summary>
    internal string? Refusal { get; private init; }

    internal bool Answers => _kind == Kind.Answer;

    internal bool Cuts => _kind == Kind.Cut;

    internal bool Truncates => _kind == Kind.Truncate;

    internal bool TruncatesGzip => _kind == Kind.TruncateGzip;

    internal bool Breaks => _kind == Kind.Break;

    internal bool ExpiresToken => _kind == Kind.ExpireToken;

    /// <summary>The answer is delayed.</summary>
    public static Fault Late(TimeSpan delay) => new(Kind.None) { Delay = delay };

    /// <summary>The endpoint answers something else.</summary>
    public static Fault Answer(int status, string body = "", string contentType = "text/html") =>
        new(Kind.Answer) { Status = status, Body = body, ContentType = contentType };

    /// <summary>The method answers an error.</summary>
    public static Fault Error(int status, string code, string description) =>
        new(Kind.Answer)
        {
            Status = status,
            Body = new System.Text.Json.Nodes.JsonObject { ["error"] = code, ["error_description"] = description }.ToJsonString(),
        };

    /// <summary>The method answers one of the errors that its spec, or the API's profile, documents: with that text, status and envelope.</summary>
    public static Fault Documented(string code) => new(Kind.Refuse) { Refusal = code };

    /// <summary>The client is redirected.</summary>
    public static Fault Redirect(string location) => new(Kind.Answer) { Status = 302, Location = location, ContentType = "text/html" };

    /// <summary>The connection is reset: before the method works, or <see cref="Executed"/> after it.</summary>
    public static Fault Cut() => new(Kind.Cut);

    /// <summary>The connection is reset in the middle of the answer.</summary>
    public static Fault Truncated() => new(Kind.Truncate) { Executed = true };

    /// <summary>The answer is compressed and its second half is missing, although the response ends normally.</summary>
    public static Fault TruncatedGzip() => new(Kind.TruncateGzip) { Executed = true };

    /// <summary>The response ends normally, in the middle of its JSON.</summary>
    public static Fault BrokenBody() => new(Kind.Break) { Executed = true };

    /// <summary>The access token in use has expired; no effect on a webhook.</summary>
    public static Fault ExpiredToken() => new(Kind.ExpireToken);
}

using Bitrix24.Gen.Emulator.Auth;

namespace Bitrix24.Gen.Emulator.Http;

/// <summary>Which protocol a path speaks.</summary>
internal enum RestVersion
{
    V2,
    V3,
}

/// <summary>A request taken apart: what it calls, as whom, with what.</summary>
internal sealed record RestRequest
{
    public required string Method { get; init; }

    /// <summary>When it came, by <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long Started { get; } = System.Diagnostics.Stopwatch.GetTimestamp();

    public RestVersion Version { get; init; }

    /// <summary>User and secret of the path, when it is a webhook's.</summary>
    public WebhookKey? Webhook { get; init; }

    /// <summary>The access token, wherever it stood.</summary>
    public string? Token { get; init; }

    public JsonObject Parameters { get; init; } = [];

    /// <summary>There is a body, and it is not JSON although the protocol takes nothing else.</summary>
    public bool Unreadable { get; init; }

    /// <summary>The parameters came as query or form, so that every scalar is text.</summary>
    public bool AsText { get; init; }

    /// <summary>The body as it is, where the protocol's body may be something other than parameters (REST v3's batch).</summary>
    public JsonNode? Body { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>The error that the method is to answer, whatever it thinks of the call.</summary>
    public string? Refusal { get; init; }

    /// <summary>The caller, where the request completes a call that was authorized before.</summary>
    public Caller? Caller { get; init; }

    /// <summary>Names the method; prints neither a secret nor parameters.</summary>
    public override string ToString() => $"RestRequest({Version}, {Method}, ***)";
}

/// <summary>What the path of a webhook says about its caller.</summary>
internal sealed record WebhookKey(string User, string Secret)
{
    /// <summary>Names the user; does not print the secret.</summary>
    public override string ToString() => $"WebhookKey({User}, ***)";
}

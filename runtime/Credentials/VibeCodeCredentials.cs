using System.Net.Http.Headers;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A VibeCode key; an application's key goes with the session of its user.</summary>
internal sealed class VibeCodeCredentials(Uri host, string key, VibeCodeSession? session)
    : HttpApiCredentials(host, new(key, session?.Token))
{
    public const string KeyHeader = "X-Api-Key";

    public override ApiDescriptor Api { get; } = new() { Envelope = EnvelopeKind.VibeCode };

    // A key belongs to one portal, whose other keys may be used by others.
    internal override string LimitOwner => key;

    internal override IReadOnlyList<PermitSource> NewPermitSources() => ApiProfile.VibeCode.NewWindows();

    internal override IReadOnlyList<PathLimit> NewPathLimits() => ApiProfile.VibeCode.NewPathLimits();

    /// <summary>A batch of records is worked off in waves, each of which counts as a request.</summary>
    internal override int PermitsOf(MethodDescriptor method, ReadOnlyMemory<byte> parameters)
    {
        if (method.Path?.EndsWith("/batch", StringComparison.Ordinal) != true)
            return 1;
        var records = 0;
        var reader = new Utf8JsonReader(parameters.Span);
        while (reader.Read())
        {
            // At the top, or inside the body of a call by path.
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth <= 2 && (reader.ValueTextEquals("items"u8) || reader.ValueTextEquals("ids"u8)))
                records += Count(ref reader);
        }

        return Math.Max(1, (records + ApiProfile.VibeCode.BatchLimit - 1) / ApiProfile.VibeCode.BatchLimit);
    }

    private static int Count(ref Utf8JsonReader reader)
    {
        reader.Read();
        var count = 0;
        if (reader.TokenType != JsonTokenType.StartArray)
            return count;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }

    internal override void Authorize(HttpRequestMessage request, string? token)
    {
        request.Headers.Add(KeyHeader, key);
        if (session is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
    }

    internal override ValueTask<string?> AuthorizeAsync(HttpRequestMessage request, HttpTransport transport, CancellationToken cancellationToken)
    {
        if (session?.ExpiresAt <= transport.Time.GetUtcNow())
            throw new Bitrix24SessionExpiredException($"{request.Method} {request.RequestUri!.AbsolutePath}", $"the session ended at {session.ExpiresAt:O}; nothing was sent");
        return base.AuthorizeAsync(request, transport, cancellationToken);
    }
}

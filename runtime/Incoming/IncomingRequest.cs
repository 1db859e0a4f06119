using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>
/// What a portal sent: an event, a page that was opened, or the call of a callback. It is read, and not verified: see
/// <see cref="IncomingVerifier"/>, or <see cref="IncomingAuth.HasApplicationToken"/> where the token is at hand.
/// </summary>
public sealed class IncomingRequest
{
    private IncomingRequest(JsonElement body, IncomingLimits limits)
    {
        Body = body;
        if (body.TextOf("event") is { } code)
        {
            Auth = IncomingAuth.OfEvent(body.Member("auth") ?? default);
            Event = new(body, code.ToUpperInvariant(), Auth);
        }
        else if (body.TextOf("AUTH_ID") is not null || body.TextOf("PLACEMENT") is not null)
        {
            Auth = IncomingAuth.OfPage(body);
            Placement = new(body, Auth, limits);
        }
        else
        {
            Auth = IncomingAuth.OfEvent(body.Member("auth") ?? default);
        }
    }

    /// <summary>The form and the query of the address together; it holds tokens.</summary>
    public JsonElement Body { get; }

    /// <summary>Who the request says it comes from.</summary>
    public IncomingAuth Auth { get; }

    /// <summary>The event; null: it is none.</summary>
    public IncomingEvent? Event { get; }

    /// <summary>The page that was opened; null: it is none.</summary>
    public IncomingPlacement? Placement { get; }

    /// <summary>Reads a request.</summary>
    /// <param name="form">Its body, <c>application/x-www-form-urlencoded</c>.</param>
    /// <param name="query">The query of its address, with or without the question mark.</param>
    /// <param name="limits">What is refused; null: <see cref="IncomingLimits.Default"/>.</param>
    /// <exception cref="IncomingFormatException">It cannot be read.</exception>
    public static IncomingRequest Parse(ReadOnlySpan<byte> form, string? query = null, IncomingLimits? limits = null) =>
        TryParse(form, query, limits, out var request, out var problem) ? request! : throw new IncomingFormatException(problem!);

    /// <summary>Reads a request, or says why it cannot.</summary>
    /// <param name="form">Its body.</param>
    /// <param name="query">The query of its address.</param>
    /// <param name="limits">What is refused; null: <see cref="IncomingLimits.Default"/>.</param>
    /// <param name="request">The request.</param>
    /// <param name="problem">What is wrong, without quoting a value; null: nothing.</param>
    public static bool TryParse(ReadOnlySpan<byte> form, string? query, IncomingLimits? limits, out IncomingRequest? request, out string? problem)
    {
        limits ??= IncomingLimits.Default;
        var reader = new PhpFormReader(limits);
        request = null;
        problem = string.IsNullOrEmpty(query) ? null : reader.Add(Encoding.UTF8.GetBytes(query.TrimStart('?')));
        problem ??= reader.Add(form);
        if (problem is not null)
            return false;
        var json = new Utf8JsonReader(reader.ToJson(), new JsonReaderOptions { MaxDepth = limits.MaxDepth + 4 });
        request = new(JsonElement.ParseValue(ref json), limits);
        return true;
    }

    /// <summary>Reads a request whose body is JSON, as those of some callbacks are, or says why it cannot.</summary>
    /// <param name="json">Its body: an object.</param>
    /// <param name="limits">What is refused; null: <see cref="IncomingLimits.Default"/>.</param>
    /// <param name="request">The request.</param>
    /// <param name="problem">What is wrong, without quoting a value; null: nothing.</param>
    public static bool TryParseJson(ReadOnlySpan<byte> json, IncomingLimits? limits, out IncomingRequest? request, out string? problem)
    {
        limits ??= IncomingLimits.Default;
        problem = JsonBodyCheck.Find(json, limits);
        request = null;
        if (problem is not null)
            return false;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 4 });
        request = new(JsonElement.ParseValue(ref reader), limits);
        return true;
    }

    /// <summary>Reads a request and checks its application token.</summary>
    /// <param name="form">Its body.</param>
    /// <param name="applicationToken">The token that the application keeps for the portal.</param>
    /// <param name="query">The query of its address.</param>
    /// <exception cref="IncomingFormatException">It cannot be read.</exception>
    /// <exception cref="IncomingRefusedException">It carries another token, or none.</exception>
    public static IncomingRequest ParseVerified(ReadOnlySpan<byte> form, string applicationToken, string? query = null)
    {
        var request = Parse(form, query);
        return request.Auth.HasApplicationToken(applicationToken)
            ? request
            : throw new IncomingRefusedException("The application token is not the one stored for the portal.");
    }

    /// <summary>Makes the body of an event, for tests of handlers.</summary>
    /// <param name="code">The event's code.</param>
    /// <param name="data">What it says, as JSON.</param>
    /// <param name="memberId">The portal.</param>
    /// <param name="applicationToken">The token that the application keeps for the portal.</param>
    /// <param name="domain">The portal's host.</param>
    /// <param name="sentAt">When it is sent; null: now.</param>
    public static byte[] SignEvent(
        string code, JsonElement data, string memberId, string applicationToken, string domain = "example.bitrix24.com", DateTimeOffset? sentAt = null)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("event", code.ToUpperInvariant());
            writer.WriteString("event_handler_id", "1");
            writer.WritePropertyName("data");
            if (data.ValueKind == JsonValueKind.Undefined)
                writer.WriteNullValue();
            else
                data.WriteTo(writer);
            writer.WriteNumber("ts", (sentAt ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds());
            writer.WriteStartObject("auth");
            writer.WriteString("domain", domain);
            writer.WriteString("client_endpoint", $"https://{domain}/rest/");
            writer.WriteString("server_endpoint", $"https://{ApiProfile.Bitrix24.TokenHosts[0]}/rest/");
            writer.WriteString("member_id", memberId);
            writer.WriteString("application_token", applicationToken);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return PhpForm.FromJson(document.RootElement);
    }

    /// <summary>Reads the whole form as a generated record, as requests of callbacks are.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <exception cref="Bitrix24ProtocolException">A value is of another kind than the spec says.</exception>
    public T Read<T>()
        where T : Bitrix24Object, IIncomingType, new() => IncomingReader.Read<T>(Body, T.Code);

    /// <summary>Writes the answer to a callback.</summary>
    internal static void WriteAnswer(Utf8JsonWriter writer, Bitrix24Input answer) => RawValues.Write(writer, answer, "", 0);

    /// <summary>Says what it is, and no token.</summary>
    public override string ToString() => Event?.ToString() ?? Placement?.ToString() ?? "IncomingRequest(***)";
}

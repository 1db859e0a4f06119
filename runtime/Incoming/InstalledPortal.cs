using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>A portal in which the application is installed. Never prints its token.</summary>
public sealed record InstalledPortal
{
    /// <summary>The portal's own id, which stays when its address changes.</summary>
    public required string MemberId { get; init; }

    /// <summary>Its address, without a path.</summary>
    public required Uri Url { get; init; }

    /// <summary>The secret that the portal sends with each request; null: not known yet.</summary>
    public string? ApplicationToken { get; init; }

    /// <summary>The scopes that the portal granted.</summary>
    public string? Scope { get; init; }

    /// <summary>See <see cref="IncomingAuth.Status"/>.</summary>
    public string? Status { get; init; }

    /// <summary>When the application was installed.</summary>
    public DateTimeOffset InstalledAt { get; init; }

    /// <summary>The key under which an <see cref="ITokenStore"/> keeps its tokens: the host, as credentials use it.</summary>
    public string TokenKey => PortalKey.Of(Url);

    /// <summary>The portal as JSON, for a store. It contains the application token.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("memberId"u8, MemberId);
            writer.WriteString("url"u8, Url.AbsoluteUri);
            writer.WriteString("applicationToken"u8, ApplicationToken);
            writer.WriteString("scope"u8, Scope);
            writer.WriteString("status"u8, Status);
            writer.WriteString("installedAt"u8, InstalledAt);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads the JSON of <see cref="ToJson"/>.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="InvalidDataException">It is not that JSON; the message does not quote it.</exception>
    public static InstalledPortal FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            var value = document.RootElement;
            return new()
            {
                MemberId = value.GetProperty("memberId").GetString()!,
                Url = new Uri(value.GetProperty("url").GetString()!),
                ApplicationToken = value.TextOf("applicationToken"),
                Scope = value.TextOf("scope"),
                Status = value.TextOf("status"),
                InstalledAt = value.GetProperty("installedAt").GetDateTimeOffset(),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            // The cause is not kept: it may quote a token.
            throw new InvalidDataException("The stored portal cannot be read: delete it and install the application again.");
        }
    }

    /// <summary>Names the portal.</summary>
    public override string ToString() => $"InstalledPortal({MemberId}, {TokenKey}, ***)";
}

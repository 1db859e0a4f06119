using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>A kind of event, placement or callback that is known by a code. Generated records have it.</summary>
public interface IIncomingType
{
    /// <summary>The code, as a portal sends it: <c>ONCRMDEALADD</c>; of a placement it may hold parameters: <c>CRM_DYNAMIC_{entityTypeId}_DETAIL_TAB</c>.</summary>
    static abstract string Code { get; }

    /// <summary>What is answered when a handler fails or its answer is wrong; null: status 500.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    static virtual CallbackFailure? Failure => null;
}

/// <summary>Something that happened in a portal.</summary>
/// <remarks>Source: <see href="https://apidocs.bitrix24.com/api-reference/events/index.html"/>.</remarks>
public abstract class Bitrix24Event
{
    private IncomingEvent? _source;

    /// <summary>The code, in upper case: <c>ONCRMDEALADD</c>.</summary>
    public string EventCode => Source.Code;

    /// <summary>The same for an event that arrives twice, and different for others, as far as what a portal sends allows.</summary>
    public string EventId => Source.Id;

    /// <summary>The handler's id in the portal.</summary>
    public long? HandlerId => Source.HandlerId;

    /// <summary>When the portal sent the event; events may arrive late and out of order.</summary>
    public DateTimeOffset? SentAt => Source.SentAt;

    /// <summary>Who sent it. Its tokens belong to the user who caused the event, and are missing where nobody did.</summary>
    public IncomingAuth Auth => Source.Auth;

    /// <summary>Everything that arrived.</summary>
    public IncomingEvent Source => _source ?? throw new InvalidOperationException("The event was not read from a request.");

    internal void ReadFrom(IncomingEvent source)
    {
        _source = source;
        ReadData(source);
    }

    private protected virtual void ReadData(IncomingEvent source)
    {
    }
}

/// <summary>An event whose data the specs describe.</summary>
/// <typeparam name="TData">The data.</typeparam>
public abstract class Bitrix24Event<TData> : Bitrix24Event
    where TData : Bitrix24Object, new()
{
    /// <summary>What the event says.</summary>
    public TData Data { get; private set; } = new();

    private protected sealed override void ReadData(IncomingEvent source) => Data = IncomingReader.Read<TData>(source.Data, source.Code);
}

/// <summary>An event whose data is one number.</summary>
/// <typeparam name="TData">The number.</typeparam>
public abstract class Bitrix24ValueEvent<TData> : Bitrix24Event
    where TData : struct, ISpanParsable<TData>
{
    /// <summary>What the event says.</summary>
    public TData Data { get; private set; }

    private protected sealed override void ReadData(IncomingEvent source) => Data = IncomingReader.ReadNumber<TData>(source.Data, source.Code);
}

/// <summary>An event as it arrived, of whatever code.</summary>
public sealed class IncomingEvent
{
    private string? _id;

    internal IncomingEvent(JsonElement body, string code, IncomingAuth auth)
    {
        Body = body;
        Code = code;
        Auth = auth;
        Data = body.Member("data") ?? default;
        HandlerId = body.NumberOf("event_handler_id");
        SentAt = body.MomentOf("ts");
    }

    /// <summary>The code, in upper case.</summary>
    public string Code { get; }

    /// <inheritdoc cref="Bitrix24Event.EventId"/>
    /// <remarks>Made of portal, code, handler, time and data, as a portal sends no id.</remarks>
    public string Id => _id ??= MakeId();

    /// <inheritdoc cref="Bitrix24Event.HandlerId"/>
    public long? HandlerId { get; }

    /// <inheritdoc cref="Bitrix24Event.SentAt"/>
    public DateTimeOffset? SentAt { get; }

    /// <inheritdoc cref="Bitrix24Event.Auth"/>
    public IncomingAuth Auth { get; }

    /// <summary>What the event says; undefined where it says nothing.</summary>
    public JsonElement Data { get; private init; }

    /// <summary>The whole form, with what no record names; it holds tokens.</summary>
    public JsonElement Body { get; }

    /// <summary>The event as a generated record.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <exception cref="Bitrix24ProtocolException">The event has another code, or data of another kind than the spec says.</exception>
    public T As<T>()
        where T : Bitrix24Event, IIncomingType, new()
    {
        if (!T.Code.Equals(Code, StringComparison.OrdinalIgnoreCase))
            throw IncomingReader.Wrong($"The event is {IncomingReader.Quote(Code)}, not {T.Code}.");
        var record = new T();
        record.ReadFrom(this);
        return record;
    }

    /// <summary>An event from the offline queue, which has its own id and no tokens.</summary>
    internal static IncomingEvent Offline(string code, string messageId, JsonElement data, InstalledPortal portal) =>
        new(default, code.ToUpperInvariant(), new() { MemberId = portal.MemberId, Domain = portal.Url.Authority }) { Data = data, _id = $"{portal.MemberId}:offline:{messageId}" };

    /// <summary>Names the event, and no token.</summary>
    public override string ToString() => $"{IncomingReader.Quote(Code)} of {IncomingReader.Quote(Auth.MemberId)}";

    private string MakeId()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { Auth.MemberId, Code, Body.TextOf("event_handler_id"), Body.TextOf("ts"), Body.TextOf("event_id") })
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
            hash.AppendData("\n"u8);
        }

        if (Data.ValueKind != JsonValueKind.Undefined)
            hash.AppendData(Encoding.UTF8.GetBytes(Data.GetRawText()));
        return Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, 16)).ToLowerInvariant();
    }
}

using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>The result of one record of a batch.</summary>
/// <typeparam name="T">The record.</typeparam>
public sealed class RecordOutcome<T>
    where T : Bitrix24Object, new()
{
    /// <summary>The record as the server answers it; null: the server refused it.</summary>
    public T? Record { get; init; }

    /// <summary>Why the server refused it; null: it did not.</summary>
    public RecordError? Error { get; init; }

    /// <summary>The server took it.</summary>
    public bool IsSuccess => Error is null;

    internal static RecordOutcome<T> Read(ref FieldReader reader)
    {
        var ahead = reader;
        var isError = ahead.TokenType == JsonTokenType.StartObject && ahead.Read()
            && ahead.TokenType == JsonTokenType.PropertyName && ahead.ValueTextEquals("error"u8);
        if (!isError)
            return new() { Record = reader.Object<T>() };
        var error = reader.Json().GetProperty("error");
        return new() { Error = new(Text(error, "code") ?? "", Text(error, "message")) };
    }

    private static string? Text(JsonElement error, string name) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}

/// <summary>Why the server refused a record of a batch.</summary>
/// <param name="Code">The server's error code.</param>
/// <param name="Message">The server's text.</param>
public sealed record RecordError(string Code, string? Message);

/// <summary>One action on many records of an entity.</summary>
/// <typeparam name="T">The records.</typeparam>
public sealed class RecordBatchRequest<T> : Bitrix24Request<IReadOnlyList<RecordOutcome<T>>>
    where T : Bitrix24Object, new()
{
    private readonly string _list;
    private readonly IReadOnlyList<Bitrix24Input>? _items;
    private readonly IReadOnlyList<long>? _ids;
    private readonly IReadOnlyDictionary<string, Bitrix24Value> _beside;

    private RecordBatchRequest(
        MethodDescriptor method, string list, IReadOnlyList<Bitrix24Input>? items, IReadOnlyList<long>? ids, IReadOnlyDictionary<string, Bitrix24Value> beside)
        : base(method, static (ref FieldReader reader) => reader.List(RecordOutcome<T>.Read)) => (_list, _items, _ids, _beside) = (list, items, ids, beside);

    /// <summary>Makes or changes records.</summary>
    /// <param name="method">The method.</param>
    /// <param name="list">The parameter that takes the records.</param>
    /// <param name="items">The records.</param>
    /// <param name="beside">The other parameters.</param>
    public static RecordBatchRequest<T> Of(MethodDescriptor method, string list, IEnumerable<Bitrix24Input> items, IReadOnlyDictionary<string, Bitrix24Value> beside)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new(method, list, [.. items], null, beside);
    }

    /// <summary>Changes records.</summary>
    /// <param name="method">The method.</param>
    /// <param name="list">The parameter that takes the records.</param>
    /// <param name="key">The member that names a record.</param>
    /// <param name="items">What to change, by record.</param>
    /// <param name="beside">The other parameters.</param>
    public static RecordBatchRequest<T> Of<TUpdate>(
        MethodDescriptor method, string list, string key, IEnumerable<KeyValuePair<long, TUpdate>> items, IReadOnlyDictionary<string, Bitrix24Value> beside)
        where TUpdate : Bitrix24Input
    {
        ArgumentNullException.ThrowIfNull(items);
        return new(method, list, [.. items.Select(i => new KeyedInput(key, i.Key, i.Value))], null, beside);
    }

    /// <summary>Acts on records by their keys.</summary>
    /// <param name="method">The method.</param>
    /// <param name="list">The parameter that takes the keys.</param>
    /// <param name="ids">The keys.</param>
    /// <param name="beside">The other parameters.</param>
    public static RecordBatchRequest<T> Of(MethodDescriptor method, string list, IEnumerable<long> ids, IReadOnlyDictionary<string, Bitrix24Value> beside)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return new(method, list, null, [.. ids], beside);
    }

    /// <inheritdoc/>
    protected override void WriteFields(ref FieldWriter writer)
    {
        foreach (var (name, value) in _beside)
            writer.Value(IndexOf(name), value);
        if (_items is not null)
            writer.Objects(IndexOf(_list), _items);
        else
            writer.List(IndexOf(_list), _ids);
    }

    private int IndexOf(string name) => Method.Parameters.IndexOf(name, StringComparison.Ordinal);

    /// <summary>Changes, with the key of the record that they are of.</summary>
    private sealed class KeyedInput(string key, long id, Bitrix24Input changes) : Bitrix24Input
    {
        protected override TypeDescriptor Descriptor => TypeDescriptor.Empty;

        internal override bool HasExtra => changes.HasExtra;

        protected override void WriteFields(ref FieldWriter writer)
        {
            writer.Extra(key, id, this);
            writer.Members(changes);
        }
    }
}

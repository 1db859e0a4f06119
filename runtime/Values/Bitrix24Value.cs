using System.Globalization;
using System.Text.Json;

namespace Bitrix24;

/// <summary>A scalar of one of several kinds: <c>int|string</c> in a spec. The default is null.</summary>
public readonly struct Bitrix24Value : IEquatable<Bitrix24Value>
{
    private readonly string? _text;
    private readonly JsonValueKind _kind;

    private Bitrix24Value(JsonValueKind kind, string? text) => (_kind, _text) = (kind, text);

    /// <summary>The kind of JSON value that it is.</summary>
    public JsonValueKind Kind => _kind == JsonValueKind.Undefined ? JsonValueKind.Null : _kind;

    /// <summary>Null.</summary>
    public static Bitrix24Value Null => default;

    internal static Bitrix24Value Number(string text) => new(JsonValueKind.Number, text);

    /// <summary>The value as a whole number, or null where it is none.</summary>
    public long? AsInt64() =>
        long.TryParse(_text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The value as a decimal number, or null where it is none.</summary>
    public decimal? AsDecimal() =>
        decimal.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The value as text, or null.</summary>
    public string? AsString() => _text;

    /// <summary>Text.</summary>
    public static implicit operator Bitrix24Value(string? value) =>
        value is null ? default : new(JsonValueKind.String, value);

    /// <summary>A whole number.</summary>
    public static implicit operator Bitrix24Value(int value) => (long)value;

    /// <summary>A whole number.</summary>
    public static implicit operator Bitrix24Value(long value) =>
        Number(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number.</summary>
    public static implicit operator Bitrix24Value(double value) => double.IsFinite(value)
        ? Number(value.ToString("R", CultureInfo.InvariantCulture))
        : throw new ArgumentOutOfRangeException(nameof(value), "JSON has no such number.");

    /// <summary>A decimal number.</summary>
    public static implicit operator Bitrix24Value(decimal value) =>
        Number(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A boolean.</summary>
    public static implicit operator Bitrix24Value(bool value) =>
        value ? new(JsonValueKind.True, "true") : new(JsonValueKind.False, "false");

    /// <summary>Equal in kind and text.</summary>
    public static bool operator ==(Bitrix24Value left, Bitrix24Value right) => left.Equals(right);

    /// <summary>Not equal in kind or text.</summary>
    public static bool operator !=(Bitrix24Value left, Bitrix24Value right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Bitrix24Value other) => Kind == other.Kind && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Bitrix24Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _text);

    /// <summary>The value as text; empty for null.</summary>
    public override string ToString() => _text ?? "";

    internal void WriteTo(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case JsonValueKind.String:
                writer.WriteStringValue(_text);
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(_text!);
                break;
            case JsonValueKind.Null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteBooleanValue(Kind == JsonValueKind.True);
                break;
        }
    }
}

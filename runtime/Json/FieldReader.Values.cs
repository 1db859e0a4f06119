using System.Text.Json;

namespace Bitrix24.Infrastructure;

/// <content>Reads the current value as <see cref="JsonRead"/> does: members, which the compiler binds faster than extensions.</content>
public ref partial struct FieldReader
{
    /// <inheritdoc cref="JsonRead.String(ref FieldReader)"/>
    public string String() => JsonRead.String(ref this);

    /// <inheritdoc cref="JsonRead.StringOrNull(ref FieldReader)"/>
    public string? StringOrNull() => JsonRead.StringOrNull(ref this);

    /// <inheritdoc cref="JsonRead.Int(ref FieldReader)"/>
    public int Int() => JsonRead.Int(ref this);

    /// <inheritdoc cref="JsonRead.IntOrNull(ref FieldReader)"/>
    public int? IntOrNull() => JsonRead.IntOrNull(ref this);

    /// <inheritdoc cref="JsonRead.Long(ref FieldReader)"/>
    public long Long() => JsonRead.Long(ref this);

    /// <inheritdoc cref="JsonRead.LongOrNull(ref FieldReader)"/>
    public long? LongOrNull() => JsonRead.LongOrNull(ref this);

    /// <inheritdoc cref="JsonRead.Double(ref FieldReader)"/>
    public double Double() => JsonRead.Double(ref this);

    /// <inheritdoc cref="JsonRead.DoubleOrNull(ref FieldReader)"/>
    public double? DoubleOrNull() => JsonRead.DoubleOrNull(ref this);

    /// <inheritdoc cref="JsonRead.Decimal(ref FieldReader)"/>
    public decimal Decimal() => JsonRead.Decimal(ref this);

    /// <inheritdoc cref="JsonRead.DecimalOrNull(ref FieldReader)"/>
    public decimal? DecimalOrNull() => JsonRead.DecimalOrNull(ref this);

    /// <inheritdoc cref="JsonRead.Bool(ref FieldReader)"/>
    public bool Bool() => JsonRead.Bool(ref this);

    /// <inheritdoc cref="JsonRead.BoolOrNull(ref FieldReader)"/>
    public bool? BoolOrNull() => JsonRead.BoolOrNull(ref this);

    /// <inheritdoc cref="JsonRead.Date(ref FieldReader)"/>
    public DateOnly Date() => JsonRead.Date(ref this);

    /// <inheritdoc cref="JsonRead.DateOrNull(ref FieldReader)"/>
    public DateOnly? DateOrNull() => JsonRead.DateOrNull(ref this);

    /// <inheritdoc cref="JsonRead.DateTime(ref FieldReader)"/>
    public DateTimeOffset DateTime() => JsonRead.DateTime(ref this);

    /// <inheritdoc cref="JsonRead.DateTimeOrNull(ref FieldReader)"/>
    public DateTimeOffset? DateTimeOrNull() => JsonRead.DateTimeOrNull(ref this);

    /// <inheritdoc cref="JsonRead.Json(ref FieldReader)"/>
    public JsonElement Json() => JsonRead.Json(ref this);

    /// <summary>Skips the answer of a method that answers nothing.</summary>
    public NoResult NoResult() => JsonRead.NoResult(ref this);

    /// <inheritdoc cref="JsonRead.JsonOrNull(ref FieldReader)"/>
    public JsonElement? JsonOrNull() => JsonRead.JsonOrNull(ref this);

    /// <inheritdoc cref="JsonRead.Value(ref FieldReader)"/>
    public Bitrix24Value Value() => JsonRead.Value(ref this);

    /// <inheritdoc cref="JsonRead.ValueOrNull(ref FieldReader)"/>
    public Bitrix24Value? ValueOrNull() => JsonRead.ValueOrNull(ref this);

    /// <inheritdoc cref="JsonRead.Enum{T}(ref FieldReader)"/>
    public T Enum<T>()
        where T : struct, IBitrix24Enum<T> => JsonRead.Enum<T>(ref this);

    /// <inheritdoc cref="JsonRead.EnumOrNull{T}(ref FieldReader)"/>
    public T? EnumOrNull<T>()
        where T : struct, IBitrix24Enum<T> => JsonRead.EnumOrNull<T>(ref this);

    /// <inheritdoc cref="JsonRead.Object{T}(ref FieldReader)"/>
    public T Object<T>()
        where T : Bitrix24Object, new() => JsonRead.Object<T>(ref this);

    /// <inheritdoc cref="JsonRead.ObjectOrNull{T}(ref FieldReader)"/>
    public T? ObjectOrNull<T>()
        where T : Bitrix24Object, new() => JsonRead.ObjectOrNull<T>(ref this);

    /// <inheritdoc cref="JsonRead.List{T}(ref FieldReader)"/>
    public IReadOnlyList<T> List<T>()
        where T : Bitrix24Object, new() => JsonRead.List<T>(ref this);

    /// <inheritdoc cref="JsonRead.List{T}(ref FieldReader, JsonItemReader{T})"/>
    public IReadOnlyList<T> List<T>(JsonItemReader<T> item) => JsonRead.List<T>(ref this, item);

    /// <inheritdoc cref="JsonRead.Map{T}(ref FieldReader, JsonItemReader{T})"/>
    public IReadOnlyDictionary<string, T> Map<T>(JsonItemReader<T> item) => JsonRead.Map<T>(ref this, item);

    /// <inheritdoc cref="JsonRead.Map{T}(ref FieldReader)"/>
    public IReadOnlyDictionary<string, T> Map<T>()
        where T : Bitrix24Object, new() => JsonRead.Map<T>(ref this);

    /// <inheritdoc cref="JsonRead.LocalizedText(ref FieldReader)"/>
    public LocalizedText LocalizedText() => JsonRead.LocalizedText(ref this);

    /// <inheritdoc cref="JsonRead.LocalizedTextOrNull(ref FieldReader)"/>
    public LocalizedText? LocalizedTextOrNull() => JsonRead.LocalizedTextOrNull(ref this);

    /// <inheritdoc cref="JsonRead.FileOrNull(ref FieldReader)"/>
    public Bitrix24File? FileOrNull() => JsonRead.FileOrNull(ref this);

    /// <inheritdoc cref="JsonRead.File(ref FieldReader)"/>
    public Bitrix24File File() => JsonRead.File(ref this);
}

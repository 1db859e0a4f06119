using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>What kind of value a type expression names.</summary>
public enum TypeKind
{
    String,
    Int,
    Long,
    Double,
    Decimal,
    Bool,
    Date,
    DateTime,

    /// <summary><c>yn</c>: a boolean that travels as <c>Y</c> or <c>N</c>.</summary>
    YesNo,

    /// <summary>Any JSON value.</summary>
    Json,

    /// <summary>An uploaded file.</summary>
    File,

    /// <summary>A type defined in a spec file: <c>Dataset</c> or <c>biconnector.source/Source</c>.</summary>
    Named,

    /// <summary><c>T[]</c>.</summary>
    Array,

    /// <summary><c>map&lt;T&gt;</c>: an object whose keys are data; <c>map&lt;int,T&gt;</c>: whole numbers.</summary>
    Map,

    /// <summary><c>int|string</c>.</summary>
    Union,

    /// <summary>Only in a file that changes another: the field keeps the type it has there.</summary>
    Unstated,
}

/// <summary>A parsed type expression of a spec file.</summary>
/// <param name="Kind">The kind of value.</param>
/// <param name="Name">Of a <see cref="TypeKind.Named"/> type: its name without the file.</param>
/// <param name="File">Of a <see cref="TypeKind.Named"/> type: base name of the file that defines it. The binder fills it in for types of the same file.</param>
/// <param name="Element">Of an array or map: what it holds.</param>
/// <param name="Alternatives">Of a union: its members.</param>
/// <param name="NumberKeys">Of a map: its keys are whole numbers.</param>
public sealed record TypeRef(
    TypeKind Kind,
    string? Name = null,
    string? File = null,
    TypeRef? Element = null,
    EquatableArray<TypeRef> Alternatives = default,
    bool NumberKeys = false)
{
    public static TypeRef String { get; } = new(TypeKind.String);

    public static TypeRef Json { get; } = new(TypeKind.Json);

    public static TypeRef Unstated { get; } = new(TypeKind.Unstated);

    /// <summary>The type expression as a spec file writes it.</summary>
    public override string ToString() => Kind switch
    {
        TypeKind.Named => File is null ? Name! : $"{File}/{Name}",
        TypeKind.Array => Element!.Kind == TypeKind.Union ? $"({Element})[]" : $"{Element}[]",
        TypeKind.Map => $"map<{(NumberKeys ? "int," : "")}{Element}>",
        TypeKind.Union => string.Join("|", Alternatives.Select(static a => a.ToString())),
        TypeKind.YesNo => "yn",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}

using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Model;

/// <summary>How C# holds a value.</summary>
internal enum ValueShape
{
    /// <summary>One of the scalars of <see cref="TypeKind"/>.</summary>
    Scalar,

    /// <summary>A generated struct around a text with known values.</summary>
    Enum,

    /// <summary>A generated class.</summary>
    Object,

    /// <summary>One of several scalars.</summary>
    Union,

    /// <summary>A text, or a text for each language.</summary>
    LocalizedText,
    List,
    Map,
}

/// <summary>A type expression of a spec, resolved to what C# holds.</summary>
internal sealed record ValueModel
{
    public required ValueShape Shape { get; init; }

    /// <summary>The kind of a scalar, also of the text that an enum wraps.</summary>
    public TypeKind Scalar { get; init; }

    /// <summary>Of an enum or object: the C# type with <c>global::</c>; of an object the name that its views are made of.</summary>
    public string? CSharpType { get; init; }

    /// <summary>Of an object that stands in parameters only: its one view has the type's own name.</summary>
    public bool InputOnly { get; init; }

    /// <summary>Of an object that carries one text, as phones and addresses do: filters ask for that text.</summary>
    public bool CarriesText { get; init; }

    /// <summary>Of a list or map.</summary>
    public ValueModel? Element { get; init; }

    /// <summary>Of a list: a single value is understood as a list of one.</summary>
    public bool OneOrMany { get; init; }

    /// <summary>Of a union: what it may be.</summary>
    public EquatableArray<TypeRef> Kinds { get; init; }

    /// <summary>What lists and maps hold at the end; otherwise itself.</summary>
    public ValueModel Innermost => Element?.Innermost ?? this;

    /// <summary>The value is a reference in C#, so that null needs no wrapping.</summary>
    public bool IsReference(View view) => Shape switch
    {
        ValueShape.Object or ValueShape.LocalizedText or ValueShape.List or ValueShape.Map => true,
        ValueShape.Scalar => Scalar is TypeKind.String or TypeKind.File || (Scalar == TypeKind.Json && view != View.Read),
        _ => false,
    };
}

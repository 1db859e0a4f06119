using System.Linq;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Values;

/// <summary>How a type is written as JSON.</summary>
internal enum JsonShape
{
    /// <summary>The type does not say.</summary>
    Unknown,
    Object,
    Array,
}

/// <summary>Types of the framework whose JSON form needs no serializer to know.</summary>
internal static class KnownTypes
{
    public static JsonShape Shape(INamedTypeSymbol type) => type switch
    {
        { Name: "JsonObject", Arity: 0 } when IsIn(type, "System.Text.Json.Nodes") => JsonShape.Object,
        { Name: "JsonArray", Arity: 0 } when IsIn(type, "System.Text.Json.Nodes") => JsonShape.Array,
        { Name: "Dictionary" or "SortedDictionary" or "OrderedDictionary", Arity: 2 }
            when type.TypeArguments[0].SpecialType == SpecialType.System_String && IsIn(type, "System.Collections.Generic") => JsonShape.Object,
        { Name: "LocalizedText", Arity: 0 } when IsIn(type, "Bitrix24") => JsonShape.Object,
        { Name: "List" or "HashSet", Arity: 1 }
            when type.TypeArguments[0].SpecialType != SpecialType.System_Byte && IsIn(type, "System.Collections.Generic") => JsonShape.Array,
        _ => JsonShape.Unknown,
    };

    /// <summary>A generated enumeration that takes any text.</summary>
    public static bool IsOpenEnum(ITypeSymbol type) =>
        type is { IsValueType: true } && type.AllInterfaces.Any(static i => i.Name == "IBitrix24Enum");

    /// <summary>Filters, selections and orders of generated code: what they stand for is not written as it is sent.</summary>
    public static bool IsQuery(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments: [var item] } ? IsQuery(item)
        : type.Name is "Filter" or "SelectField" or "OrderField" && IsIn(type, "Bitrix24");

    public static bool IsIn(ISymbol symbol, string ns) =>
        string.Equals(symbol.ContainingNamespace?.ToDisplayString(), ns, StringComparison.Ordinal);
}

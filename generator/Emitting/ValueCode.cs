using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>The C# types of values, and the calls that read and write them.</summary>
internal static class ValueCode
{
    public const string Reader = "b24json::Utf8JsonReader";

    /// <summary>The type in a view, without a <c>?</c>.</summary>
    public static string TypeOf(ValueModel value, View view) => value.Shape switch
    {
        ValueShape.Enum => value.CSharpType!,
        ValueShape.Object when view == View.Read || value.InputOnly => value.CSharpType!,
        ValueShape.Object => value.CSharpType + CSharpNames.Suffix(view),
        ValueShape.Union => "b24::Bitrix24Value",
        ValueShape.List => $"b24col::IReadOnlyList<{ElementOf(value, view)}>",
        ValueShape.Map => view == View.Read
            ? $"b24col::IReadOnlyDictionary<string, {ElementOf(value, view)}>"
            : $"b24col::Dictionary<string, {ElementOf(value, view)}>",
        _ => ScalarType(value.Scalar, view),
    };

    /// <summary>The type of what an input member holds when it carries a filter, a select or an order.</summary>
    public static string? QueryType(View? view) => view switch
    {
        View.Filter => "b24::Filter",
        View.Select => "b24col::IReadOnlyList<b24::SelectField>",
        View.Order => "b24col::IReadOnlyList<b24::OrderField>",
        _ => null,
    };

    /// <summary>The call that reads a value; <paramref name="nullable"/>: nothing is read as null.</summary>
    public static string Read(ValueModel value, bool nullable, string reader = "reader") => value.Shape switch
    {
        ValueShape.List or ValueShape.Map when value.Element!.Shape == ValueShape.Object =>
            $"b24read.{value.Shape}<{value.Element.CSharpType}>(ref {reader})",
        ValueShape.List or ValueShape.Map => $"b24read.{value.Shape}(ref {reader}, {ItemReader(value.Element!, 0)})",
        _ => $"b24read.{ReaderOf(value, nullable)}(ref {reader})",
    };

    /// <summary>The call that writes a property.</summary>
    public static string Write(ValueModel value, View view, string what, string writer = "writer", int depth = 0)
    {
        if ((value.Shape == ValueShape.List ? value.Element! : value) is { Shape: ValueShape.Enum } values)
            return $"{writer}.WriteEnum<{values.CSharpType}>({what})";
        if (value.Shape == ValueShape.Map || (value.Shape == ValueShape.List && NeedsItemWriter(value.Element!)))
        {
            var (w, v) = ("w" + CSharpText.Number(depth), "v" + CSharpText.Number(depth));
            return $"{writer}.Write({what}, static (ref b24::FieldWriter {w}, {ElementOf(value, view)} {v}) => {Write(value.Element!, view, v, w, depth + 1)})";
        }

        return $"{writer}.Write({what})";
    }

    private static bool NeedsItemWriter(ValueModel element) =>
        element.Shape is ValueShape.List or ValueShape.Map || element is { Shape: ValueShape.Scalar, Scalar: TypeKind.Json };

    // A JsonNode stands for JSON null when it is null.
    private static string ElementOf(ValueModel value, View view) =>
        TypeOf(value.Element!, view) + (value.Element is { Shape: ValueShape.Scalar, Scalar: TypeKind.Json } && view != View.Read ? "?" : "");

    private static string ItemReader(ValueModel item, int depth)
    {
        if (item.Shape is not (ValueShape.List or ValueShape.Map))
            return "b24read." + ReaderOf(item, nullable: false);
        var r = "r" + CSharpText.Number(depth);
        return $"static (ref {Reader} {r}) => " + (item.Element!.Shape == ValueShape.Object
            ? $"b24read.{item.Shape}<{item.Element.CSharpType}>(ref {r})"
            : $"b24read.{item.Shape}(ref {r}, {ItemReader(item.Element, depth + 1)})");
    }

    private static string ReaderOf(ValueModel value, bool nullable)
    {
        var name = value.Shape switch
        {
            ValueShape.Enum => "Enum",
            ValueShape.Object => "Object",
            ValueShape.Union => "Value",
            _ => value.Scalar == TypeKind.YesNo ? "Bool" : value.Scalar.ToString(),
        };
        var type = value.Shape is ValueShape.Enum or ValueShape.Object ? $"<{value.CSharpType}>" : "";
        return name + (nullable ? "OrNull" : "") + type;
    }

    private static string ScalarType(TypeKind kind, View view) => kind switch
    {
        TypeKind.String => "string",
        TypeKind.Int => "int",
        TypeKind.Long => "long",
        TypeKind.Double => "double",
        TypeKind.Decimal => "decimal",
        TypeKind.Bool or TypeKind.YesNo => "bool",
        TypeKind.Date => "b24sys::DateOnly",
        TypeKind.DateTime => "b24sys::DateTimeOffset",
        TypeKind.File => "b24::Bitrix24File",
        _ => view == View.Read ? "b24json::JsonElement" : "b24json::Nodes.JsonNode",
    };
}

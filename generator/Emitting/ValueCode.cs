using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>The C# types of values, and the calls that read and write them.</summary>
internal static class ValueCode
{
    /// <summary>The type in a view, without a <c>?</c>.</summary>
    public static string TypeOf(ValueModel value, View view) => value.Shape switch
    {
        ValueShape.Enum => value.CSharpType!,
        ValueShape.Object => CSharpNames.Of(value.CSharpType!, value.InputOnly ? View.Read : view),
        ValueShape.Union => "b24::Bitrix24Value",
        ValueShape.LocalizedText => "b24::LocalizedText",
        ValueShape.List => $"b24c::IReadOnlyList<{ElementOf(value, view)}>",
        ValueShape.Map => view == View.Read
            ? $"b24c::IReadOnlyDictionary<string, {ElementOf(value, view)}>"
            : $"b24c::Dictionary<string, {ElementOf(value, view)}>",
        _ => ScalarType(value.Scalar, view),
    };

    /// <summary>The type of what an input member holds when it carries a filter, a select or an order.</summary>
    public static string? QueryType(View? view) => view switch
    {
        View.Filter => "b24::Filter",
        View.Select => "b24c::IReadOnlyList<b24::SelectField>",
        View.Order => "b24c::IReadOnlyList<b24::OrderField>",
        _ => null,
    };

    /// <summary>The call that reads a value; <paramref name="nullable"/>: nothing is read as null.</summary>
    public static string Read(ValueModel value, bool nullable, string reader = "r", int depth = 0) => value.Shape switch
    {
        ValueShape.List or ValueShape.Map when value.Element!.Shape == ValueShape.Object =>
            $"{reader}.{value.Shape}<{TypeOf(value.Element, View.Read)}>()",
        ValueShape.List or ValueShape.Map => $"{reader}.{value.Shape}({Reader(value.Element!, nullable: false, depth)})",
        _ => $"{reader}.{ReaderOf(value, nullable)}()",
    };

    /// <summary>What reads a value where a delegate is asked for.</summary>
    public static string Reader(ValueModel value, bool nullable, int depth = 0)
    {
        if (value.Shape is not (ValueShape.List or ValueShape.Map))
            return "b24read." + ReaderOf(value, nullable);
        if (value.Element!.Shape == ValueShape.Object)
            return $"b24read.{value.Shape}<{TypeOf(value.Element, View.Read)}>";
        var r = "r" + CSharpText.Number(depth);
        return $"static (ref b24in {r}) => {Read(value, nullable, r, depth + 1)}";
    }

    private static string ReaderOf(ValueModel value, bool nullable)
    {
        var name = value.Shape switch
        {
            ValueShape.Enum => "Enum",
            ValueShape.Object => "Object",
            ValueShape.Union => "Value",
            ValueShape.LocalizedText => "LocalizedText",
            _ => value.Scalar == TypeKind.YesNo ? "Bool" : value.Scalar.ToString(),
        };
        var type = value.Shape is ValueShape.Enum or ValueShape.Object ? $"<{TypeOf(value, View.Read)}>" : "";
        return name + (nullable ? "OrNull" : "") + type;
    }

    /// <summary>The call that writes a property by the index of its field.</summary>
    public static string Write(ValueModel value, View view, int index, string what, bool nullable)
    {
        var field = $"w.{WriterOf(value)}({CSharpText.Number(index)}, ";
        return value.Shape switch
        {
            ValueShape.Enum => $"{field}{what}{(nullable ? "?" : "")}.Value)",
            ValueShape.List or ValueShape.Map when NeedsItemWriter(value) => $"{field}{what}, {ItemWriter(value, view, 0)})",
            _ => $"{field}{what})",
        };
    }

    /// <summary>What the spec itself gives for a parameter, as C#; null: nothing, or no value of the parameter's type.</summary>
    public static string? FixedLiteral(FieldModel field)
    {
        if (field.Spec.Fixed is not { } json || field.Value.Shape is not (ValueShape.Scalar or ValueShape.Enum))
            return null;
        return (JsonReader.Read(json).Root, field.Value.Scalar) switch
        {
            (JsonNumber number, TypeKind.Int or TypeKind.Long) when number.TryGetInt64(out var value) => CSharpText.Number(value) + "L",
            (JsonBool flag, TypeKind.Bool or TypeKind.YesNo) => flag.Value ? "true" : "false",
            (JsonString text, TypeKind.String) => CSharpText.Literal(text.Value),
            _ => null,
        };
    }

    /// <summary>The call that writes such a value.</summary>
    public static string WriteFixed(FieldModel field, int index, string literal) =>
        $"w.{(field.Value.Scalar is TypeKind.Int or TypeKind.Long ? "Long" : WriterOf(field.Value))}({CSharpText.Number(index)}, {literal})";

    private static string WriteItem(ValueModel value, View view, string what, string writer, int depth) => value.Shape switch
    {
        ValueShape.Enum => $"{writer}.Text({what}.Value)",
        ValueShape.List or ValueShape.Map => $"{writer}.{value.Shape}({what}, {ItemWriter(value, view, depth)})",
        _ => $"{writer}.{WriterOf(value)}({what})",
    };

    private static string ItemWriter(ValueModel list, View view, int depth)
    {
        var (w, v) = ("w" + CSharpText.Number(depth), "v" + CSharpText.Number(depth));
        return $"static (ref b24out {w}, {ElementOf(list, view)} {v}) => {WriteItem(list.Element!, view, v, w, depth + 1)}";
    }

    private static string WriterOf(ValueModel value) => value.Shape switch
    {
        ValueShape.Enum => "Text",
        ValueShape.Object => "Object",
        ValueShape.Union => "Value",
        ValueShape.LocalizedText => "LocalizedText",
        ValueShape.List when value.Element!.Shape == ValueShape.Object => "Objects",
        ValueShape.List when value.Element!.Shape == ValueShape.Enum => "Enums",
        ValueShape.List or ValueShape.Map => value.Shape.ToString(),
        _ => value.Scalar switch
        {
            TypeKind.String => "Text",
            TypeKind.YesNo => "Bool",
            TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal or TypeKind.Bool
                or TypeKind.Date or TypeKind.DateTime or TypeKind.File => value.Scalar.ToString(),
            _ => "Json",
        },
    };

    private static bool NeedsItemWriter(ValueModel value) =>
        value.Shape == ValueShape.Map
        || value.Element!.Shape is ValueShape.List or ValueShape.Map or ValueShape.LocalizedText
        || value.Element is { Shape: ValueShape.Scalar, Scalar: TypeKind.Json };

    // A JsonNode stands for JSON null when it is null.
    private static string ElementOf(ValueModel value, View view) =>
        TypeOf(value.Element!, view) + (value.Element is { Shape: ValueShape.Scalar, Scalar: TypeKind.Json } && view != View.Read ? "?" : "");

    private static string ScalarType(TypeKind kind, View view) => kind switch
    {
        TypeKind.String => "string",
        TypeKind.Int => "int",
        TypeKind.Long => "long",
        TypeKind.Double => "double",
        TypeKind.Decimal => "decimal",
        TypeKind.Bool or TypeKind.YesNo => "bool",
        TypeKind.Date => "b24date",
        TypeKind.DateTime => "b24moment",
        TypeKind.File => "b24::Bitrix24File",
        _ => view == View.Read ? "b24any" : "b24node",
    };
}

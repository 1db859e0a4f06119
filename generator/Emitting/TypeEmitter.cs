using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes the views of a type.</summary>
internal sealed class TypeEmitter(SourceWriter writer, TypeModel type, FileOutput file)
{
    private string Descriptor => $"{file.DescriptorsName}.{type.Name}";

    public void Emit()
    {
        if (type.Views.HasFlag(Views.Read))
            EmitRead();
        if (type.Views.HasFlag(Views.Create))
            EmitCreate();
        if (type.Views.HasFlag(Views.Update))
            EmitUpdate();
        if (type.Views.HasFlag(Views.Filter))
            EmitFields(View.Filter, static f => f.Spec.Filterable, FilterField);
        if (type.Views.HasFlag(Views.Select))
            EmitFields(View.Select, static f => f.Spec.Selectable, static _ => "b24::SelectField");
        if (type.Views.HasFlag(Views.Order))
            EmitFields(View.Order, static f => f.Spec.Sortable, static _ => "b24::OrderField");
    }

    /// <summary>Writes a method that handles each of some fields by its index.</summary>
    public static void EmitSwitch(SourceWriter writer, string header, IEnumerable<(int Index, string Statement)> cases)
    {
        writer.Line("/// <inheritdoc/>").Open(header);
        var any = false;
        foreach (var (index, statement) in cases)
        {
            if (!any)
                writer.Open("switch (index)");
            any = true;
            writer.Line($"case {CSharpText.Number(index)}: {statement}; break;");
        }

        if (any)
            writer.Close();
        writer.Close();
    }

    public const string WriteField = "protected override void WriteField(int index, ref b24::FieldWriter writer)";

    private void Begin(View view, string kind, string parent)
    {
        writer.Summary(DocText.Of(type.Spec, view));
        if (view == View.Read)
            writer.Remarks(DocText.Link(type.Spec.Docs));
        writer.Generated();
        if (parent.Length > 0)
            writer.Line(SourceFile.TypeAttribute(type.Spec, view, file.Api));
        writer.Open($"public {kind} {type.NameOf(view)}{parent}");
    }

    private void EndWithDescriptor(string header, IEnumerable<(int, string)> cases)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"protected override b24d::TypeDescriptor Descriptor => {Descriptor};");
        EmitSwitch(writer, header, cases);
        writer.Close();
        writer.Line();
    }

    private void EmitRead()
    {
        Begin(View.Read, "sealed partial class", " : b24::Bitrix24Object");
        foreach (var field in type.Fields)
        {
            var nullable = IsNullableInRead(field);
            var initial = nullable ? "" : field.Value.Shape switch
            {
                ValueShape.List => " = [];",
                ValueShape.Map => $" = new global::System.Collections.Generic.Dictionary<string, {MapElement(field.Value)}>();",
                ValueShape.Object => " = new();",
                ValueShape.Scalar when field.Value.Scalar == TypeKind.String => " = \"\";",
                ValueShape.Scalar when field.Value.Scalar == TypeKind.File => " = new();",
                _ => "",
            };
            writer.Summary(DocText.Of(field.Spec));
            writer.Line($"public {ValueCode.TypeOf(field.Value, View.Read)}{(nullable ? "?" : "")} {field.Name} {{ get; set; }}{initial}");
        }

        EndWithDescriptor(
            "protected override void ReadField(int index, ref global::System.Text.Json.Utf8JsonReader reader)",
            type.Fields.Select(static (f, i) => (i, $"{f.Name} = {ValueCode.Read(f.Value, IsNullableInRead(f))}")));
    }

    private static string MapElement(ValueModel map) => ValueCode.TypeOf(map.Element!, View.Read);

    private static bool IsNullableInRead(FieldModel field) =>
        field.Value.Shape is not (ValueShape.List or ValueShape.Map) && !field.Spec.IsAlwaysAnswered();

    private void EmitCreate()
    {
        Begin(View.Create, "sealed partial class", " : b24::Bitrix24Input");
        foreach (var field in type.Fields)
        {
            if (!field.Spec.IsInCreate())
                continue;
            writer.Summary(DocText.Of(field.Spec));
            EmitInput(writer, field);
        }

        EndWithDescriptor(WriteField, Writes(static f => f.IsInCreate()));
    }

    /// <summary>Writes a property to be sent, <c>required</c> where it is.</summary>
    public static void EmitInput(SourceWriter writer, FieldModel field, string modifier = "")
    {
        var required = field.Spec.Required;
        writer.Line($"public {modifier}{(required ? "required " : "")}{InputType(field, !required || field.Spec.Nullable)} {field.Name} {{ get; set; }}");
    }

    /// <summary>The type of a property to be sent.</summary>
    public static string InputType(FieldModel field, bool nullable) =>
        (ValueCode.QueryType(field.Spec.As) ?? ValueCode.TypeOf(field.Value, field.Spec.As ?? View.Create)) + (nullable ? "?" : "");

    public static string WriteCode(FieldModel field) => ValueCode.QueryType(field.Spec.As) is null
        ? ValueCode.Write(field.Value, field.Spec.As ?? View.Create, field.Name)
        : $"writer.Write({field.Name})";

    private void EmitUpdate()
    {
        Begin(View.Update, "sealed partial class", " : b24::Bitrix24Update");
        for (var i = 0; i < type.Fields.Count; i++)
        {
            var field = type.Fields[i];
            if (!field.Spec.IsInUpdate())
                continue;
            var (index, clr) = (CSharpText.Number(i), InputType(field, nullable: true));
            writer.Summary(DocText.Of(field.Spec));
            writer.Line($"public {clr} {field.Name} {{ get => _f{index}; set => Assign({index}, ref _f{index}, value); }}");
            writer.Line($"private {clr} _f{index};");
        }

        EndWithDescriptor(WriteField, Writes(static f => f.IsInUpdate()));
    }

    private IEnumerable<(int, string)> Writes(Func<FieldSpec, bool> filter) => type.Fields
        .Select(static (f, i) => (Index: i, Field: f))
        .Where(f => filter(f.Field.Spec))
        .Select(static f => (f.Index, WriteCode(f.Field)));

    private void EmitFields(View view, Func<FieldModel, bool> filter, Func<FieldModel, string?> fieldType)
    {
        Begin(view, "readonly partial struct", "");
        foreach (var field in type.Fields)
        {
            if (filter(field) && fieldType(field) is { } clr)
                writer.Line($"public {clr} {field.Name} => new({CSharpText.Literal(field.Spec.Name)});");
        }

        if (view == View.Filter && type.Views.HasFlag(Views.FilterLogic))
            writer.Line("public b24::Filter Any(params b24::Filter[] any) => b24::Filter.Any(any);");
        writer.Close();
        writer.Line();
    }

    private static string? FilterField(FieldModel field) => FilterField(field.Value);

    private static string? FilterField(ValueModel value) => value.Shape switch
    {
        ValueShape.Enum => $"b24::EnumField<{value.CSharpType}>",
        ValueShape.Union => "b24::ValueField",
        ValueShape.List => FilterField(value.Element!),
        ValueShape.Scalar => value.Scalar switch
        {
            TypeKind.String => "b24::TextField",
            TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal =>
                $"b24::NumberField<{ValueCode.TypeOf(value, View.Read)}>",
            TypeKind.Bool or TypeKind.YesNo => "b24::BoolField",
            TypeKind.Date or TypeKind.DateTime => "b24::DateField",
            _ => null,
        },
        _ => null,
    };
}

using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes the views of a type.</summary>
internal sealed class TypeEmitter(SourceWriter writer, TypeModel type, FileOutput file)
{
    private string Descriptor => $"{SourceFile.Own}{file.DescriptorsName}.{type.Name}";

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
    public static void EmitSwitch(SourceWriter writer, string header, int fields, IEnumerable<(int Index, string Statement)> cases)
    {
        var all = cases.ToList();
        if (fields == 1 && all.Count == 1)
        {
            writer.Line($"{header} => {all[0].Statement};");
            return;
        }

        if (all.Count == 0)
        {
            writer.Line(header + " { }");
            return;
        }

        writer.Open(header).Open("switch (index)");
        foreach (var (index, statement) in all)
            writer.Line($"case {CSharpText.Number(index)}: {statement}; break;");
        writer.Close().Close();
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
        writer.Line($"protected override b24d::TypeDescriptor Descriptor => {Descriptor};");
        EmitSwitch(writer, header, type.Fields.Count, cases);
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
                ValueShape.Map => $" = new b24col::Dictionary<string, {MapElement(field.Value)}>();",
                ValueShape.Object => " = new();",
                ValueShape.Scalar when field.Value.Scalar == TypeKind.String => " = \"\";",
                ValueShape.Scalar when field.Value.Scalar == TypeKind.File => " = new();",
                _ => "",
            };
            writer.Summary(DocText.Of(field.Spec));
            writer.Line($"public {ValueCode.TypeOf(field.Value, View.Read)}{(nullable ? "?" : "")} {field.Name} {{ get; set; }}{initial}");
        }

        EndWithDescriptor(
            "protected override void ReadField(int index, ref b24json::Utf8JsonReader reader)",
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
            EmitInheritedDoc(field);
            EmitInput(writer, field);
        }

        EndWithDescriptor(WriteField, Writes(static f => f.IsInCreate()));
    }

    // The facts stand on the read view, where it is generated; a name and a type alone are not repeated.
    private void EmitInheritedDoc(FieldModel field)
    {
        var own = $"<summary>{DocText.Of(field.Spec)}</summary>";
        var inherited = $"<inheritdoc cref=\"{type.Name}.{field.Name}\"/>";
        if (!type.Views.HasFlag(Views.Read))
            writer.Line("/// " + own);
        else if (DocText.HasMoreThanType(field.Spec))
            writer.Line("/// " + (inherited.Length < own.Length ? inherited : own));
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
            EmitInheritedDoc(field);
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

using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes the views of a type.</summary>
internal sealed class TypeEmitter(SourceWriter writer, TypeModel type, FileOutput file)
{
    // Filters of conditions have fewer operators.
    private string Prefix => file.FilterConditions ? "b24::V3" : "b24::";

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

    /// <summary>Writes the method that writes some fields.</summary>
    public static void EmitWrites(SourceWriter writer, IEnumerable<string> writes)
    {
        var all = writes.ToList();
        if (all.Count == 1)
            writer.Line($"protected override void WriteFields(ref b24out w) => {all[0]};");
        if (all.Count < 2)
            return;
        writer.Open("protected override void WriteFields(ref b24out w)");
        foreach (var write in all)
            writer.Line(write + ";");
        writer.Close();
    }

    private void Begin(View view, string kind, string parent)
    {
        if (DocText.Of(type.Spec, view) is { } doc)
            writer.Summary(doc);
        if (view == View.Read)
            writer.Remarks(DocText.Link(type.Spec.Docs));
        if (view is View.Create or View.Update)
            writer.Line(SourceFile.TypeAttribute(type.Spec, view, file.Api));
        writer.Open($"{file.Access} {kind} {type.NameOf(view)}{parent}");
    }

    private void EmitDescriptor() =>
        writer.Line($"protected override b24fields Descriptor => {SourceFile.Descriptors}{type.Name};");

    private void EmitRead()
    {
        Begin(View.Read, "sealed partial class", " : b24::Bitrix24Object");
        foreach (var field in type.Fields)
        {
            var nullable = IsNullableInRead(field);
            var initial = nullable ? "" : field.Value.Shape switch
            {
                ValueShape.List => " = [];",
                ValueShape.Map => $" = new b24c::Dictionary<string, {MapElement(field.Value)}>();",
                ValueShape.Object or ValueShape.LocalizedText => " = new();",
                ValueShape.Scalar when field.Value.Scalar == TypeKind.String => " = \"\";",
                ValueShape.Scalar when field.Value.Scalar == TypeKind.File => " = new();",
                _ => "",
            };
            EmitDoc(writer, field, type.Name);
            writer.Line($"public {ValueCode.TypeOf(field.Value, View.Read)}{(nullable ? "?" : "")} {field.Name} {{ get; set; }}{initial}");
        }

        EmitDescriptor();
        EmitReads();
        writer.Close().Line();
    }

    private void EmitReads()
    {
        const string header = "protected override void ReadField(int index, ref b24in r)";
        var reads = type.Fields.Select(static f => $"{f.Name} = {ValueCode.Read(f.Value, IsNullableInRead(f))}").ToList();
        if (reads.Count < 2)
        {
            writer.Line(header + (reads.Count == 0 ? " { }" : $" => {reads[0]};"));
            return;
        }

        writer.Open(header).Open("switch (index)");
        for (var i = 0; i < reads.Count; i++)
            writer.Line($"case {CSharpText.Number(i)}: {reads[i]}; break;");
        writer.Close().Close();
    }

    private static string MapElement(ValueModel map) => ValueCode.TypeOf(map.Element!, View.Read);

    private static bool IsNullableInRead(FieldModel field) =>
        field.Value.Shape is not (ValueShape.List or ValueShape.Map) && !field.Spec.IsAlwaysAnswered;

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

        EmitDescriptor();
        EmitWrites(writer, Writes(static f => f.Spec.IsInCreate(), static f => !f.Spec.Required || f.Spec.Nullable));
        foreach (var builder in type.Builders)
            EmitBuilder(builder);
        writer.Close().Line();
    }

    // Adds an item and returns the object, so that calls chain.
    private void EmitBuilder(BuilderModel builder)
    {
        var parameters = builder.Arguments.OrderBy(static a => a.Optional)
            .Select(static a => $"{a.Type}{(a.Optional ? "?" : "")} {a.Parameter}{(a.Optional ? " = null" : "")}")
            .Append($"b24s::Action<{builder.FilledType}>? also = null");
        var values = builder.Arguments.Select(static a => $"{a.Property} = {a.Parameter}").Concat(builder.Values.Select(static v => $"{v.Property} = {CSharpText.Literal(v.Value)}"));
        writer.Summary($"Adds to <see cref=\"{builder.List}\"/>; <c>also</c> sets what else the item has.");
        writer.Open($"public {type.NameOf(View.Create)} Add{builder.Name}({string.Join(", ", parameters)})");
        writer.Line($"{builder.FilledType} item = new() {{ {string.Join(", ", values)} }};");
        writer.Line("also?.Invoke(item);");
        var added = builder.In is { } member ? $"new {builder.ItemType} {{ {member} = {(builder.InList ? "[item]" : "item")} }}" : "item";
        writer.Line($"{builder.List} = [.. {builder.List} ?? [], {added}];");
        writer.Line("return this;").Close();
    }

    /// <summary>Writes the comment on a property, unless it would repeat the declaration.</summary>
    public static void EmitDoc(SourceWriter writer, FieldModel field, string owner)
    {
        if (DocText.Of(field.Spec, owner, field.Name, field.Numbers) is { } text)
            writer.Summary(text);
    }

    // The comment stands on the read view, where it is generated.
    private void EmitInheritedDoc(FieldModel field)
    {
        if (DocText.Of(field.Spec, type.Name, field.Name, field.Numbers) is not { } text)
            return;
        var own = $"<summary>{text}</summary>";
        var inherited = $"<inheritdoc cref=\"{type.NameOf(View.Read)}.{field.Name}\"/>";
        writer.Line("/// " + (type.Views.HasFlag(Views.Read) && inherited.Length < own.Length ? inherited : own));
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

    public static string WriteCode(FieldModel field, int index, bool nullable) => ValueCode.QueryType(field.Spec.As) is null
        ? ValueCode.Write(field.Value, field.Spec.As ?? View.Create, index, field.Name, nullable)
        : $"w.{field.Spec.As}({CSharpText.Number(index)}, {field.Name})";

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
            writer.Line($"{clr} _f{index};");
        }

        EmitDescriptor();
        EmitWrites(writer, Writes(static f => f.Spec.IsInUpdate(), static _ => true));
        writer.Close().Line();
    }

    private IEnumerable<string> Writes(Func<FieldModel, bool> filter, Func<FieldModel, bool> nullable) => type.Fields
        .Select(static (f, i) => (Index: i, Field: f))
        .Where(f => filter(f.Field))
        .Select(f => WriteCode(f.Field, f.Index, nullable(f.Field)));

    private void EmitFields(View view, Func<FieldModel, bool> filter, Func<FieldModel, string?> fieldType)
    {
        Begin(view, "readonly partial struct", "");
        foreach (var field in type.Fields)
        {
            if (filter(field) && fieldType(field) is { } clr)
                writer.Line($"public {clr} {field.Name} => new({CSharpText.Literal(field.Spec.Name)});");
        }

        if (view == View.Filter && (file.FilterConditions || type.Views.HasFlag(Views.FilterLogic)))
            writer.Line("public b24::Filter Any(params b24::Filter[] any) => b24::Filter.Any(any);");
        if (view == View.Filter && file.FilterConditions)
            writer.Line("public b24::Filter Not(b24::Filter filter) => b24::Filter.Not(filter);");
        writer.Close();
        writer.Line();
    }

    private string? FilterField(FieldModel field) => FilterField(field.Value);

    private string? FilterField(ValueModel value) => value.Shape switch
    {
        ValueShape.Enum => $"{Prefix}EnumField<{value.CSharpType}>",
        ValueShape.Union => $"{Prefix}ValueField",
        ValueShape.LocalizedText => file.FilterPatterns ? $"{Prefix}TextField" : "b24::PlainTextField",
        ValueShape.Object when value.CarriesText => $"{Prefix}TextField",
        ValueShape.List => FilterField(value.Element!),
        ValueShape.Scalar => value.Scalar switch
        {
            TypeKind.String => file.FilterPatterns ? $"{Prefix}TextField" : "b24::PlainTextField",
            TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal =>
                $"{Prefix}NumberField<{ValueCode.TypeOf(value, View.Read)}>",
            TypeKind.Bool or TypeKind.YesNo => "b24::BoolField",
            TypeKind.Date or TypeKind.DateTime => $"{Prefix}DateField",
            _ => null,
        },
        _ => null,
    };
}

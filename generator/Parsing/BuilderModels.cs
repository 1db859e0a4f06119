using System.Linq;
using Bitrix24.Gen.Generator.Emitting;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Finds the C# side of builders.</summary>
/// <param name="set">The specs.</param>
/// <param name="api">The API.</param>
/// <param name="fieldsOf">The fields of a type, as the file with the builders sees their types.</param>
internal sealed class BuilderModels(SpecSet set, string api, Func<TypeSpec, EquatableArray<FieldModel>> fieldsOf)
{
    /// <summary>Null where a field holds no object: the resolver has reported it.</summary>
    public BuilderModel? Of(BuilderSpec builder, EquatableArray<FieldModel> own)
    {
        if (Find(own, builder.List) is not { Value: { Shape: ValueShape.List, Element: { Shape: ValueShape.Object } item } } list || FieldsOf(list.Spec) is not { } fields)
            return null;
        var (filled, within) = (item, (FieldModel?)null);
        if (builder.In is { } name)
        {
            within = Find(fields, name);
            filled = within?.Value is { Shape: ValueShape.List } held ? held.Element : within?.Value;
            if (filled is not { Shape: ValueShape.Object } || FieldsOf(within!.Spec) is not { } inner)
                return null;
            fields = inner;
        }

        var arguments = builder.Arguments.Select(a => (Argument: a, Field: Find(fields, a.Field))).ToList();
        var values = builder.Values.Select(v => (v.Value, Field: Find(fields, v.Field))).ToList();
        if (arguments.Exists(static a => a.Field is null) || values.Exists(static v => v.Field is not { Value: { Shape: ValueShape.Enum } or { Shape: ValueShape.Scalar, Scalar: TypeKind.String } }))
            return null;
        return new(
            builder.Name,
            list.Name,
            ValueCode.TypeOf(item, View.Create),
            within?.Name,
            within?.Value.Shape == ValueShape.List,
            ValueCode.TypeOf(filled, View.Create),
            arguments.Select(static a => new BuilderArgumentModel(
                a.Field!.Name, CSharpNames.Parameter(a.Field.Name), TypeEmitter.InputType(a.Field, nullable: false), a.Argument.Optional)).ToEquatableArray(),
            values.Select(static v => new BuilderValueModel(v.Field!.Name, v.Value)).ToEquatableArray());
    }

    private EquatableArray<FieldModel>? FieldsOf(FieldSpec field) => TypedForm.Of(set, api, field).ItemObject is { } found ? fieldsOf(found) : null;

    private static FieldModel? Find(EquatableArray<FieldModel> fields, string name) => fields.FirstOrDefault(f => f.Spec.Name == name);
}

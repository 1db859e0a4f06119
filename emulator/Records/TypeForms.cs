using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Forms of answers that no page shows: what the spec's types say.</summary>
internal static class TypeForms
{
    /// <summary>The form of a type.</summary>
    public static AnswerForm Of(SpecSet specs, TypeRef type, string api, int depth = 0)
    {
        const int Deepest = 5;
        if (type.Kind == TypeKind.Array)
            return new() { Kind = AnswerForm.Kinds.List, Item = depth < Deepest ? Of(specs, type.Element!, api, depth + 1) : null };
        if (type.Kind == TypeKind.Map)
            return new() { Kind = AnswerForm.Kinds.Object, Item = depth < Deepest ? Of(specs, type.Element!, api, depth + 1) : null };
        if (type.Kind == TypeKind.Union)
            return Of(specs, type.Alternatives[0], api, depth);
        if (type.Kind != TypeKind.Named || specs.ResolveType(type, api) is not { } named)
            return AnswerForm.Of(type, null, null);
        if (named.Scalar is { } scalar)
            return Of(specs, scalar, api, depth);
        return new()
        {
            Kind = AnswerForm.Kinds.Object,
            Members = depth >= Deepest ? [] : [.. named.Fields.Select(f => KeyValuePair.Create(f.Name, Of(specs, f, api, depth + 1)))],
        };
    }

    private static AnswerForm Of(SpecSet specs, FieldSpec field, string api, int depth)
    {
        if (field.Enum.Count > 0 && field.Type.Kind is TypeKind.String or TypeKind.Int or TypeKind.Long)
            return new() { Kind = AnswerForm.Kinds.Literal, Fixed = JsonValues.Normalize(field.Type, null, field.Enum[0]) };
        var form = Of(specs, field.Type, api, depth);
        return form.Kind is AnswerForm.Kinds.List or AnswerForm.Kinds.Object ? form : AnswerForm.Of(field.Type, field.Wire, field.Format);
    }
}

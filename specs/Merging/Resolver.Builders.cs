namespace Bitrix24.Gen.Specs;

/// <content>Checks that the fields which builders name are there.</content>
internal sealed partial class Resolver
{
    /// <summary>The type with the builders whose fields are all known; the rest is reported.</summary>
    private TypeSpec CheckBuilders(TypeSpec type, Lazy<string> pointer)
    {
        if (type.Builders.Count == 0)
            return type;
        var kept = new List<BuilderSpec>();
        foreach (var builder in type.Builders)
        {
            string At(string key) => JsonPointer.Append(pointer.Value + "/builders", builder.Name) + "/" + key;
            if (Field(type, builder.List, () => At("to")) is not { } list || ItemOf(list, () => At("to")) is not { } item)
                continue;
            if (builder.In is { } within)
            {
                if (Field(item, within, () => At("in")) is not { } held || ItemOf(held, () => At("in")) is not { } inner)
                    continue;
                item = inner;
            }

            var known = true;
            foreach (var argument in builder.Arguments)
                known &= Field(item, argument.Field, () => At("args")) is not null;
            foreach (var value in builder.Values)
                known &= Field(item, value.Field, () => At("set")) is not null;
            if (known)
                kept.Add(builder);
        }

        return kept.Count == type.Builders.Count ? type : type with { Builders = new([.. kept]) };
    }

    private FieldSpec? Field(TypeSpec type, string name, Func<string> pointer)
    {
        foreach (var field in type.Fields)
        {
            if (field.Name == name)
                return field;
        }

        Report(RuleIds.SpecReference, pointer, () => $"{type.Name} has no field \"{BindContext.Quote(name)}\". {BindContext.Hint(name, Names(type.Fields), "Fields")}");
        return null;
    }

    // The object in a field, or in a list that it holds.
    private TypeSpec? ItemOf(FieldSpec field, Func<string> pointer)
    {
        if (TypedForm.Of(field, type => _index.FindType(type.File!, type.Name!)).ItemObject is { } found)
            return found;
        Report(RuleIds.SpecReference, pointer, () => $"\"{field.Name}\" holds no object that could be added; name a field whose type is an object or a list of them.");
        return null;
    }
}

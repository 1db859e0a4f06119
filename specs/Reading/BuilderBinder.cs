namespace Bitrix24.Gen.Specs;

/// <summary>Binds the builders of types.</summary>
internal static class BuilderBinder
{
    public static EquatableArray<BuilderSpec> BindAll(BindContext context, SpecObject type)
    {
        if (type.Get("builders") is not { } node || SpecObject.OpenMap(context, node, type.At("builders"), "\"builders\"") is not { } map)
            return default;
        var builders = new List<BuilderSpec>();
        foreach (var property in map.Members())
        {
            if (!TypeExpression.IsName(property.Name))
                context.Report(RuleIds.SpecShape, map.At(property.Name), property.NameRange, $"\"{BindContext.Quote(property.Name)}\" cannot name a method: a letter, then letters, digits and _.");
            else if (SpecObject.Open(context, property.Value, map.At(property.Name), SpecKeys.Builder) is { } value && Bind(context, property.Name, value) is { } builder)
                builders.Add(builder);
        }

        return new([.. builders]);
    }

    private static BuilderSpec? Bind(BindContext context, string name, SpecObject value)
    {
        value.Missing("to", "Name the list field that gets the item.");
        if (value.Text("to") is not { } list)
            return null;
        var arguments = new List<BuilderArgument>();
        foreach (var argument in value.Texts("args"))
        {
            var optional = argument.EndsWith("?", StringComparison.Ordinal);
            arguments.Add(new(optional ? argument.Substring(0, argument.Length - 1) : argument, optional));
        }

        return new(name, list, value.Text("in"), new([.. arguments]), BindValues(context, value));
    }

    private static EquatableArray<BuilderValue> BindValues(BindContext context, SpecObject builder)
    {
        if (builder.Get("set") is not { } node || SpecObject.OpenMap(context, node, builder.At("set"), "\"set\"") is not { } map)
            return default;
        var values = new List<BuilderValue>();
        foreach (var property in map.Members())
        {
            if (property.Value is JsonString text)
                values.Add(new(property.Name, text.Value));
            else
                map.Wrong(property.Name, property.Value, "is a text");
        }

        return new([.. values]);
    }
}

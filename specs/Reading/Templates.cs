namespace Bitrix24.Gen.Specs;

/// <summary>Methods written once for many entities: <c>templates</c> of a profile file, <c>entities</c> of others.</summary>
internal static class Templates
{
    private const string EntityMark = "{entity}";
    private const string TypeMark = "{Type}";
    private const int LargestExpansion = 10_000;

    /// <summary>Checks the templates and entities of one file by themselves.</summary>
    public static void Check(BindContext context, SpecObject file, MethodBinder methods)
    {
        CheckTemplates(context, file, methods);
        if (file.Get("entities") is not { } node
            || SpecObject.OpenMap(context, node, file.At("entities"), "\"entities\"") is not { } map)
        {
            return;
        }

        foreach (var property in map.Members())
        {
            if (SpecObject.Open(context, property.Value, map.At(property.Name), SpecKeys.Entity) is not { } value)
                continue;
            value.Missing("template", "Name a template of the API's profile file.");
            value.Missing("type", "Name the entity's type.");
            value.Text("template");
            if (value.Text("type") is { } type)
                context.Type(type, value.At("type"), value.Json.Find("type")!.Value.Range);
        }
    }

    /// <summary>The methods that an entity gets from a template.</summary>
    public static JsonObject Expand(JsonObject methods, string entity, string type)
    {
        var budget = LargestExpansion;
        return (JsonObject)Replace(methods, entity, type, ref budget);
    }

    private static void CheckTemplates(BindContext context, SpecObject file, MethodBinder methods)
    {
        if (file.Get("templates") is not { } node)
            return;
        if (context.File != SpecFileName.Profile)
        {
            file.Report(RuleIds.SpecShape, "templates", "Only the file api.b24.json has templates; move them there.");
            return;
        }

        if (SpecObject.OpenMap(context, node, file.At("templates"), "\"templates\"") is not { } map)
            return;
        foreach (var property in map.Members())
        {
            if (SpecObject.Open(context, property.Value, map.At(property.Name), SpecKeys.Template) is not { } value)
                continue;
            value.Missing("methods", "Write the methods with {entity} and {Type} where the entity and its type belong.");
            if (value.Get("methods") is not JsonObject body)
                continue;
            foreach (var method in body.Properties)
            {
                if (method.Name.IndexOf(EntityMark, StringComparison.Ordinal) < 0)
                    context.Report(RuleIds.SpecShape, value.At("methods").Member(method.Name), method.NameRange, "The name of a template's method holds {entity}.");
            }

            // The names keep their mark, so that positions and pointers are those of the text.
            methods.BindAll(Expand(body, EntityMark, "Type"), value.At("methods"), template: true);
        }
    }

    private static JsonNode Replace(JsonNode node, string entity, string type, ref int budget)
    {
        budget--;
        switch (node)
        {
            case JsonObject value:
                var properties = new List<JsonProperty>(value.Properties.Count);
                foreach (var property in value.Properties)
                {
                    if (budget > 0)
                        properties.Add(new(Replace(property.Name, entity, type), property.NameRange, Replace(property.Value, entity, type, ref budget)));
                }

                return new JsonObject(value.Range, properties);
            case JsonArray value:
                var items = new List<JsonNode>(value.Items.Count);
                foreach (var item in value.Items)
                {
                    if (budget > 0)
                        items.Add(Replace(item, entity, type, ref budget));
                }

                return new JsonArray(value.Range, items);
            case JsonString value:
                return new JsonString(value.Range, Replace(value.Value, entity, type));
            default:
                return node;
        }
    }

    private static string Replace(string text, string entity, string type) =>
        text.IndexOf('{') < 0 ? text : text.Replace(EntityMark, entity).Replace(TypeMark, type);
}

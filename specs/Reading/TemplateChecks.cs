namespace Bitrix24.Gen.Specs;

/// <summary>Checks <c>templates</c> and <c>entities</c> of one file by themselves.</summary>
internal static class TemplateChecks
{
    public static void Check(BindContext context, SpecObject file, FieldBinder fields, MethodBinder methods)
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
            value.Text("template");
            value.Text("path");
            value.Text("docs");
            value.Texts("except");
            if (value.Text("type") is { } type)
                context.Type(type, value.At("type"), value.Json.Find("type")!.Value.Range);
            if (value.Get("params") is { } parameters)
                fields.BindAll(parameters, value.At("params"), CSharpNames.Pascal(property.Name), parameters: true);
        }
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
            if (value.Get("methods") is not { } body)
                continue;
            if (body is JsonObject json)
                body = CheckNames(context, value, json);
            methods.BindAll(body, value.At("methods"), template: true);
        }
    }

    private static JsonObject CheckNames(BindContext context, SpecObject template, JsonObject methods)
    {
        foreach (var method in methods.Properties)
        {
            if (method.Name.IndexOf(EntityTemplate.EntityMark, StringComparison.Ordinal) < 0)
                context.Report(RuleIds.SpecShape, template.At("methods").Member(method.Name), method.NameRange, "The name of a template's method holds {entity}.");
        }

        return EntityTemplate.Sample.Fill(methods);
    }
}

using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Binds the types that a file defines by name.</summary>
internal sealed class TypeBinder(BindContext context, InlineTypes inline, FieldBinder fields)
{
    private readonly ErrorBinder _errors = new(context);

    public List<TypeSpec> BindAll(SpecObject file)
    {
        var types = new List<TypeSpec>();
        if (file.Get("types") is not { } node
            || SpecObject.OpenMap(context, node, file.At("types"), "\"types\"") is not { } map)
        {
            return types;
        }

        foreach (var property in map.Members())
            inline.Take(property.Name);
        foreach (var property in map.Members())
        {
            var pointer = map.At(property.Name);
            if (!CheckName(property, pointer))
                continue;
            var value = DropConflict(property.Value, pointer);
            var type = value is JsonObject json && json.Find("type") is not null
                ? BindScalar(property.Name, json, pointer)
                : BindObject(property.Name, value, pointer);
            if (type is not null)
                types.Add(type);
        }

        return types;
    }

    /// <summary>A type that is both object and scalar stays an object.</summary>
    private JsonNode DropConflict(JsonNode node, NodePointer pointer)
    {
        if (node is not JsonObject json || json.Find("type") is not { } type || json.Find("fields") is null)
            return node;
        context.Report(RuleIds.SpecConflict, pointer.Member("type"), type.Value.Range, "A type is an object with \"fields\" or a scalar with \"type\", not both; keep one.");
        return new JsonObject(json.Range, [.. json.Properties.Where(static p => p.Name != "type")]);
    }

    private bool CheckName(JsonProperty property, NodePointer pointer)
    {
        if (!TypeExpression.IsName(property.Name))
        {
            context.Report(RuleIds.SpecShape, pointer, property.NameRange, $"\"{BindContext.Quote(property.Name)}\" cannot name a type: a letter, then letters, digits and _.");
            return false;
        }

        foreach (var scalar in TypeExpression.ScalarNames)
        {
            if (scalar == property.Name)
            {
                context.Report(RuleIds.SpecConflict, pointer, property.NameRange, $"\"{scalar}\" is a scalar already; give the type another name.");
                return false;
            }
        }

        return true;
    }

    private TypeSpec? BindScalar(string name, JsonObject json, NodePointer pointer)
    {
        if (fields.BindScalar(name, json, pointer) is not { } scalar)
            return null;
        var value = new SpecObject(context, json, pointer);
        return new()
        {
            Name = name,
            File = context.File,
            Scalar = scalar,
            Docs = value.Text("docs"),
            CSharpName = value.CSharpName(),
            Description = value.Text("description"),
        };
    }

    private TypeSpec? BindObject(string name, JsonNode node, NodePointer pointer)
    {
        if (SpecObject.Open(context, node, pointer, SpecKeys.ObjectType) is not { } value)
            return null;
        value.Missing("fields", "Write \"fields\": { … }, or \"type\" for a scalar with rules.");
        return new()
        {
            Name = name,
            File = context.File,
            Fields = value.Get("fields") is { } members
                ? fields.BindAll(members, value.At("fields"), name, parameters: false)
                : default,
            Open = value.Flag("open"),
            Undescribed = value.Flag("undescribed"),
            Input = value.Flag("input"),
            Docs = value.Text("docs"),
            CSharpName = value.CSharpName(),
            Description = value.Text("description"),
            Builders = BuilderBinder.BindAll(context, value),
            Errors = _errors.BindRuleErrors(value, "errors"),
        };
    }
}

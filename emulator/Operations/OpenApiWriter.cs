using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>The OpenAPI document of an API's methods, as REST 3.0 describes itself.</summary>
internal static class OpenApiWriter
{
    private const string Json = "application/json";

    public static JsonObject Write(SpecSet specs, string api)
    {
        var files = specs.Files.Where(f => f.Api == api).OrderBy(static f => f.Name, StringComparer.Ordinal).ToList();
        var paths = new JsonObject();
        foreach (var name in specs.MethodNames(api).Order(StringComparer.Ordinal))
        {
            if (specs.FindMethod(name, api) is { Calls: null } method)
                paths[$"/{name}"] = new JsonObject { ["post"] = Operation(method) };
        }

        var schemas = new JsonObject();
        foreach (var type in files.SelectMany(static f => f.Types))
            schemas[SchemaName(type.File, type.Name)] = type.Scalar is { } scalar ? Schema(scalar.Type) : Object(type.Fields);
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Bitrix24 REST V3 API", ["version"] = "1.0.0" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static JsonObject Operation(MethodSpec method)
    {
        var operation = new JsonObject { ["operationId"] = method.Name, ["tags"] = new JsonArray(method.Scope ?? method.File) };
        if (method.Params.Count > 0)
            operation["requestBody"] = Body(Object(method.Params));
        var result = method.Result is { } answer ? Schema(answer.Type) : [];
        foreach (var key in Enumerable.Reverse((method.Result?.At ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries)))
            result = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { [key] = result } };
        var body = Body(new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["result"] = result } });
        body["description"] = "OK";
        operation["responses"] = new JsonObject { ["200"] = body };
        return operation;
    }

    private static JsonObject Body(JsonObject schema) => new() { ["content"] = new JsonObject { [Json] = new JsonObject { ["schema"] = schema } } };

    private static JsonObject Object(EquatableArray<FieldSpec> fields)
    {
        var properties = new JsonObject();
        foreach (var field in fields)
        {
            var schema = Schema(field.Type);
            // What stands beside a reference is not read.
            if (field.ReadOnly && !schema.ContainsKey("$ref"))
                schema["readOnly"] = true;
            properties[field.Name] = schema;
        }

        var result = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (fields.Any(static f => f.Required))
            result["required"] = new JsonArray([.. fields.Where(static f => f.Required).Select(static f => (JsonNode)f.Name)]);
        return result;
    }

    private static JsonObject Schema(TypeRef type) => type.Kind switch
    {
        TypeKind.String or TypeKind.YesNo or TypeKind.File => Typed("string"),
        TypeKind.Int => Typed("integer", "int32"),
        TypeKind.Long => Typed("integer", "int64"),
        TypeKind.Double or TypeKind.Decimal => Typed("number", "double"),
        TypeKind.Bool => Typed("boolean"),
        TypeKind.Date => Typed("string", "date"),
        TypeKind.DateTime => Typed("string", "date-time"),
        TypeKind.Array => new JsonObject { ["type"] = "array", ["items"] = Schema(type.Element!) },
        TypeKind.Map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Schema(type.Element!) },
        TypeKind.Named => new JsonObject { ["$ref"] = $"#/components/schemas/{SchemaName(type.File!, type.Name!)}" },
        TypeKind.Union => new JsonObject { ["anyOf"] = new JsonArray([.. type.Alternatives.Select(static a => (JsonNode)Schema(a))]) },
        _ => [],
    };

    private static JsonObject Typed(string type, string? format = null) =>
        format is null ? new JsonObject { ["type"] = type } : new JsonObject { ["type"] = type, ["format"] = format };

    private static string SchemaName(string file, string type) => $"{file}.{type}";
}

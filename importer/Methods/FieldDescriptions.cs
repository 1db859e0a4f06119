using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Reads field descriptions out of an answer: objects that carry isRequired, isReadOnly, filterable … by field name.</summary>
public static class FieldDescriptions
{
    private static readonly string[] Marks = ["isRequired", "isReadOnly", "isImmutable", "isMultiple", "filterable", "sortable", "editable"];

    /// <summary>The fields described anywhere in the value; null when it describes none.</summary>
    public static ObjectShape? Read(JsonNode? result, TypeSpelling types)
    {
        if (result is null)
            return null;
        var shape = new ObjectShape();
        Collect(result, types, shape, 0);
        return shape.Members.Count > 0 ? shape : null;
    }

    private static void Collect(JsonNode node, TypeSpelling types, ObjectShape shape, int depth)
    {
        switch (node)
        {
            case JsonObject obj when depth < 4:
                foreach (var property in obj.Properties)
                {
                    if (property.Value is JsonObject field && IsDescription(field))
                        Add(shape, IsWrapper(obj, field) ? Name(field)! : property.Name, field, types);
                    else
                        Collect(property.Value, types, shape, depth + 1);
                }

                break;
            case JsonArray list when depth < 4:
                foreach (var field in list.Items.OfType<JsonObject>())
                {
                    if (IsDescription(field) && Name(field) is { } name)
                        Add(shape, name, field, types);
                }

                break;
        }
    }

    private static bool IsDescription(JsonObject field) => field.Find("type") is { Value: JsonString } && Array.Exists(Marks, m => field.Find(m) is not null);

    // {"item": {"name": "title", …}}: one description, under the name of the envelope and not of the field.
    private static bool IsWrapper(JsonObject around, JsonObject field) =>
        around.Properties.Count == 1 && field.Find("name") is not null && Name(field) is { } name && !name.Equals(around.Properties[0].Name, StringComparison.OrdinalIgnoreCase);

    private static string? Name(JsonObject field) =>
        (field.Find("name") ?? field.Find("title") ?? field.Find("code"))?.Value is JsonString { Value.Length: > 0 } text
            && text.Value.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_') ? text.Value : null;

    private static void Add(ObjectShape shape, string name, JsonObject field, TypeSpelling types)
    {
        if (name.StartsWith("UF_", StringComparison.Ordinal) || name.StartsWith("ufCrm", StringComparison.Ordinal) || SchemaReader.IsPattern(name) || (Flag(field, "isDynamic") ?? false))
        {
            shape.Open = true;
            return;
        }

        if (shape.Find(name) is not null)
            return;
        var type = ((JsonString)field.Find("type")!.Value).Value;
        var spelled = types.Read([type]);
        var readOnly = Flag(field, "isReadOnly") ?? false;
        var member = new Member(name, NumberNames.Widen(spelled.Shape, name))
        {
            Declared = spelled.Known && !spelled.Shape.IsOpaque,
            Reported = true,
            IsCharacter = type.Equals("char", StringComparison.OrdinalIgnoreCase),
            ReadOnly = readOnly || Flag(field, "editable") == false,
            Required = (Flag(field, "isRequired") ?? false) && !readOnly,
            Immutable = (Flag(field, "isImmutable") ?? false) && !readOnly,
            Multiple = Flag(field, "isMultiple") ?? Flag(field, "multiple") ?? false,
            Deprecated = Flag(field, "isDeprecated") ?? false,
            Filterable = Flag(field, "filterable"),
            Sortable = Flag(field, "sortable"),
        };
        if (member.Multiple && member.Shape is not ListShape)
            member.Shape = new ListShape(member.Shape);
        shape.Add(member);
    }

    private static bool? Flag(JsonObject field, string name) => field.Find(name)?.Value switch
    {
        JsonBool flag => flag.Value,
        JsonString { Value: "Y" } => true,
        JsonString { Value: "N" } => false,
        _ => null,
    };
}

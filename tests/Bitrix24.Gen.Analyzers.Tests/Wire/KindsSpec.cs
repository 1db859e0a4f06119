namespace Bitrix24.Gen.Analyzers.Tests.Wire;

/// <summary>A value of C# and the JSON that it is sent as.</summary>
/// <param name="Code">The C# expression.</param>
/// <param name="Json">What the writer makes of it.</param>
public sealed record WireValue(string Code, string Json);

/// <summary>A kind of field: a type of the spec, its C# type, and values that keep and break its rules.</summary>
/// <param name="Property">The C# property; the field's name is the same in upper case.</param>
/// <param name="Spec">The field in the spec.</param>
/// <param name="Type">The C# type; empty: it differs between views.</param>
/// <param name="Values">Values.</param>
public sealed record FieldKind(string Property, string Spec, string Type, params WireValue[] Values)
{
    public string Name => Property.ToUpperInvariant();

    /// <summary>The analyzers know a value of the type wherever it stands, not only where it is written.</summary>
    public bool IsScalar => HasConstants || IsEnumeration || Type == "Bitrix24Value";

    public bool IsEnumeration => Type.StartsWith("Kinds", StringComparison.Ordinal);

    /// <summary>C# has constants of the type.</summary>
    public bool HasConstants => Type is "string" or "int" or "long" or "double" or "decimal" or "bool";
}

/// <summary>A made-up API with a field of every kind, in every view.</summary>
public static class KindsSpec
{
    public static IReadOnlyList<FieldKind> Kinds { get; } =
    [
        new("Title", """{ "type": "string", "maxLength": 5, "pattern": "^[a-z]*$" }""", "string", new WireValue("\"abc\"", "\"abc\""), new WireValue("\"ABC\"", "\"ABC\""), new WireValue("\"abcdef\"", "\"abcdef\"")),
        new("Count", """{ "type": "int", "min": 1, "max": 9 }""", "int", new WireValue("5", "5"), new WireValue("0", "0"), new WireValue("'\\t'", "9"), new WireValue("'a'", "97")),
        new("Size", """{ "type": "long", "max": 5000000000 }""", "long", new WireValue("5", "5"), new WireValue("6_000_000_000", "6000000000")),
        new("Ratio", """{ "type": "double", "max": 1 }""", "double", new WireValue("0.5", "0.5"), new WireValue("2", "2"), new WireValue("1.5f", "1.5")),
        new("Price", """{ "type": "decimal", "min": 0 }""", "decimal", new WireValue("9.90m", "9.90"), new WireValue("-1", "-1")),
        new("Flag", """{ "type": "bool" }""", "bool", new WireValue("true", "true")),
        new("Opened", """{ "type": "yn" }""", "bool", new WireValue("true", "\"Y\""), new WireValue("false", "\"N\"")),
        new("Closed", """{ "type": "Switch" }""", "bool", new WireValue("true", "\"Y\"")),
        new("Day", """{ "type": "date" }""", "DateOnly", new WireValue("new DateOnly(2026, 1, 31)", "\"2026-01-31\"")),
        new("Moment", """{ "type": "datetime" }""", "DateTimeOffset", new WireValue("new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero)", "\"2026-01-31T10:00:00+00:00\"")),
        new("Color", """{ "type": "string", "enum": ["RED", "DARK_BLUE"] }""", "KindsColor", new WireValue("KindsColor.DarkBlue", "\"DARK_BLUE\""), new WireValue("\"RED\"", "\"RED\""), new WireValue("\"GREEN\"", "\"GREEN\"")),
        // Named by what the glossary says of the values.
        new("EntityTypeId", """{ "type": "string", "enum": ["1", "2"] }""", "KindsEntityTypeId", new WireValue("KindsEntityTypeId.Deal", "\"2\"")),
        new("Shade", """{ "type": "Shade" }""", "", new WireValue("\"LIGHT\"", "\"LIGHT\""), new WireValue("\"PALE\"", "\"PALE\"")),
        new("Anything", """{ "type": "json" }""", "JsonNode", new WireValue("5", "5"), new WireValue("true", "true"), new WireValue("new JsonObject { [\"a\"] = true }", """{"a":true}""")),
        new("Either", """{ "type": "int|string", "max": 9 }""", "Bitrix24Value", new WireValue("5", "5"), new WireValue("\"x\"", "\"x\""), new WireValue("2.5", "2.5")),
        new("Listed", """{ "type": "Shade|int" }""", "JsonNode", new WireValue("5", "5")),
        new("Tags", """{ "type": "string[]", "maxItems": 2 }""", "IReadOnlyList<string>", new WireValue("[\"a\", \"b\"]", """["a","b"]"""), new WireValue("new[] { \"a\", \"b\", \"c\" }", """["a","b","c"]""")),
        new("Switches", """{ "type": "yn[]" }""", "IReadOnlyList<bool>", new WireValue("[true, false]", """["Y","N"]"""), new WireValue("new List<bool> { true }", """["Y"]""")),
        new("Options", """{ "type": "map<yn>" }""", "Dictionary<string, bool>", new WireValue("new() { [\"a\"] = true }", """{"a":"Y"}""")),
        new("Numbers", """{ "type": "(int|int[])", "min": 1 }""", "IReadOnlyList<int>", new WireValue("[5]", "[5]"), new WireValue("[0]", "[0]")),
        new("Ids", """{ "type": "string|int[]" }""", "IReadOnlyList<int>", new WireValue("[5, 6]", "[5,6]")),
        new("Commands", """{ "type": "map<string>|string[]" }""", "Dictionary<string, string>", new WireValue("new() { [\"a\"] = \"b\" }", """{"a":"b"}""")),
        new("Label", """{ "type": "string|map<string>", "maxLength": 5 }""", "LocalizedText", new WireValue("\"abc\"", "\"abc\""), new WireValue("new() { [\"en\"] = \"abc\" }", """{"en":"abc"}"""),
            new WireValue("new Dictionary<string, string> { [\"de\"] = \"abc\" }", """{"de":"abc"}"""), new WireValue("new LocalizedText(\"abc\")", "\"abc\"")),
        new("Labels", """{ "type": "map<string|map<string>>" }""", "Dictionary<string, LocalizedText>", new WireValue("new() { [\"a\"] = \"b\", [\"c\"] = new() { [\"en\"] = \"d\" } }", """{"a":"b","c":{"en":"d"}}""")),
        new("Attachment", """{ "type": "file" }""", "Bitrix24File", new WireValue("Bitrix24File.FromBytes(\"a.txt\", new byte[] { 65 })", """["a.txt","QQ=="]""")),
        new("Part", """{ "type": "Part" }""", "", new WireValue("new() { Visible = true, Label = \"abc\" }", """{"VISIBLE":"Y","LABEL":"abc"}"""), new WireValue("new() { Label = \"abcd\" }", """{"LABEL":"abcd"}""")),
        new("Shorter", """{ "type": "Part|int|string[]" }""", "", new WireValue("new() { Visible = true, Label = \"abcd\" }", """{"VISIBLE":"Y","LABEL":"abcd"}""")),
        new("Parts", """{ "type": "Part[]" }""", "", new WireValue("[new() { Visible = false, Label = \"abcd\" }]", """[{"VISIBLE":"N","LABEL":"abcd"}]""")),
    ];

    public static string Text { get; } = $$"""
        {
          "api": "bitrix24",
          "types": {
            "Switch": { "type": "yn" },
            "Shade": { "type": "string", "enum": ["LIGHT", "DARK"] },
            "Part": { "fields": { "VISIBLE": { "type": "yn" }, "LABEL": { "type": "string", "maxLength": 3 } } },
            "Kinds": { "fields": { {{Fields}} } }
          },
          "methods": {
            "wire.kinds.add": { "operation": "add", "params": { "fields": { "type": "Kinds", "as": "create", "required": true } }, "result": { "type": "int" } },
            "wire.kinds.update": { "operation": "update", "params": { "id": { "type": "int" }, "fields": { "type": "Kinds", "as": "update" } }, "result": { "type": "bool" } },
            "wire.kinds.set": { "operation": "action", "params": { {{Fields}} }, "result": { "type": "bool" } },
            "wire.kinds.list": {
              "operation": "list", "params": {
                "select": { "type": "Kinds", "as": "select" }, "filter": { "type": "Kinds", "as": "filter" }, "order": { "type": "Kinds", "as": "order" } },
              "result": { "type": "Kinds[]" }
            }
          }
        }
        """;

    private static string Fields => string.Join(", ", Kinds.Select(static k => $"\"{k.Name}\": {k.Spec}"));
}

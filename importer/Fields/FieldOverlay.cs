using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Fields;

/// <summary>A spec file made of what an API answered about the fields of an entity.</summary>
/// <param name="Text">The file.</param>
/// <param name="Added">Fields that the specs do not know.</param>
/// <param name="Known">Fields that they know already; these are left as they are.</param>
/// <param name="Notes">What a person should look at.</param>
public sealed record FieldOverlay(string Text, IReadOnlyList<string> Added, int Known, IReadOnlyList<string> Notes)
{
    /// <summary>Makes the file.</summary>
    /// <param name="target">The type that the fields belong to.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="descriptions">Take over what people call the fields.</param>
    /// <param name="keepOpen">Names that are not listed stay allowed also where the answer describes the whole record.</param>
    public static FieldOverlay Create(FieldTarget target, IReadOnlyList<AnsweredField> fields, bool descriptions, bool keepOpen)
    {
        var known = target.Known?.Fields ?? default;
        var notes = new List<string>();
        var added = new List<FieldSpec>();
        var met = 0;
        foreach (var field in fields)
        {
            if (known.FirstOrDefault(k => IsSame(k.Name, field.Name)) is { } listed)
            {
                met++;
                if (Difference(listed, field) is { } difference)
                    notes.Add($"{field.Name}: {difference}; the spec is left as it is.");
                continue;
            }

            var spec = SpecOf(field, target.Files, descriptions, notes);
            added.Add(target.Known is null && IsSame(field.Name, "id") ? spec with { ReadOnly = true, Nullable = false, Server = "autoIncrement" } : spec);
        }

        var whole = (target.Known is null || met > 0) && !keepOpen;
        var file = new SpecFile
        {
            Name = target.File,
            Api = target.Api,
            Overlay = target.Known is not null,
            Types = new([new TypeSpec { Name = target.Type, File = target.File, Fields = DistinctNames.Of(added, known, target.Profile, notes), Open = target.Known is null }]),
        };
        var root = (JsonObject)JsonReader.Read(SpecWriter.Write(file, schema: null)).Root!;
        if (target.Template is { } template)
            root = With(root, "entities", Object((target.File, Object(("template", Quoted(template)), ("type", Quoted(target.Type))))));
        else if (target.Known is { Undescribed: true } && whole)
            root = With(root, "types", Object((target.Type, With((JsonObject)Member(Member(root, "types"), target.Type), "undescribed", new JsonBool(default, false)))));
        return new(JsonFormatter.Format(root), [.. added.Select(static f => f.Name)], met, notes);
    }

    /// <summary>The spec of a field that the specs do not know.</summary>
    /// <param name="field">The field.</param>
    /// <param name="files">The format of files.</param>
    /// <param name="descriptions">Take over what people call it.</param>
    /// <param name="notes">Takes what a person should look at.</param>
    public static FieldSpec SpecOf(AnsweredField field, string? files, bool descriptions, List<string> notes)
    {
        // An enumeration is sent by the number of the value, and answered as number or text.
        var listed = field.Items.Count > 0;
        var type = listed ? TypeRef.String : field.Type is { Length: > 0 } word ? FieldTypes.Of(word) : null;
        if (type is null)
            notes.Add($"{field.Name}: {(field.Type is null ? "no type is given" : $"the type \"{field.Type}\" is not known")}; it is any JSON value.");
        type ??= TypeRef.Json;
        // Numbers that are ids, or refer to records, are whole ones.
        if (type.Kind is TypeKind.Int or TypeKind.Decimal && ExampleShape.IsIdName(field.Name))
            type = new(TypeKind.Long);
        var list = field.Multiple && type.Kind is not (TypeKind.Array or TypeKind.Json);
        return new FieldSpec
        {
            Name = field.Name,
            Type = list ? new(TypeKind.Array, Element: type) : type,
            Multiple = list,
            ReadOnly = field.ReadOnly,
            Format = type.Kind == TypeKind.File ? files : null,
            Required = field.Required && !field.ReadOnly,
            Immutable = field.Immutable,
            Nullable = (field.ReadOnly || listed) && !field.Required,
            Enum = field.Items.Select(static i => i.Value).ToEquatableArray(),
            Labels = new([.. field.Items]),
            Weak = listed ? new(["enum"]) : default,
            Description = descriptions ? field.Label : null,
        };
    }

    // UPPER_CASE and camelCase are one name to VibeCode.
    public static bool IsSame(string one, string other) =>
        one == other || Folded(one).Equals(Folded(other), StringComparison.OrdinalIgnoreCase);

    private static string Folded(string name) => name.Replace("_", "", StringComparison.Ordinal);

    /// <summary>Where the answer is stricter than the spec.</summary>
    private static string? Difference(FieldSpec known, AnsweredField field) => (known, field) switch
    {
        ({ ReadOnly: false }, { ReadOnly: true }) => "the answer calls it read-only, the spec does not",
        ({ ReadOnly: true }, { ReadOnly: false }) => "the spec calls it read-only, the answer does not",
        ({ Required: false, ReadOnly: false }, { Required: true }) => "the answer calls it required, the spec does not",
        ({ Immutable: false, ReadOnly: false }, { Immutable: true }) => "the answer calls it immutable, the spec does not",
        _ => null,
    };

    private static JsonString Quoted(string value) => new(default, value);

    private static JsonObject Object(params (string Name, JsonNode Value)[] members) =>
        new(default, [.. members.Select(static m => new JsonProperty(m.Name, default, m.Value))]);

    private static JsonNode Member(JsonNode node, string name) => ((JsonObject)node).Find(name)!.Value;

    /// <summary>The object with a member set, in its place or at the end.</summary>
    private static JsonObject With(JsonObject node, string name, JsonNode value) => node.Find(name) is null
        ? new(default, [.. node.Properties, new JsonProperty(name, default, value)])
        : new(default, [.. node.Properties.Select(p => p.Name == name ? p with { Value = value } : p)]);
}

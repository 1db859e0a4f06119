using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>A type of the specs of which the portal keeps records.</summary>
/// <param name="Api">The API it belongs to.</param>
/// <param name="Spec">What the spec says of it.</param>
internal sealed record RecordType(string Api, TypeSpec Spec)
{
    private readonly Dictionary<string, FieldSpec> _byName = Index(Spec);

    /// <summary>The name that <see cref="PortalEmulator.Seed"/> takes.</summary>
    public string Name => $"{Spec.File}/{Spec.Name}";

    /// <summary>The field that identifies a record.</summary>
    public FieldSpec? KeyField { get; } =
        Spec.Fields.FirstOrDefault(f => f.Server == ServerValue.AutoIncrement)
        ?? Spec.Fields.FirstOrDefault(f => f.Name.Equals("id", StringComparison.OrdinalIgnoreCase));

    /// <summary>The spec names few of the fields: a record is answered with all that is kept of it.</summary>
    public bool ShowsKept => Spec.Undescribed;

    private bool IsCamel { get; } = UserFieldNames.AreCamel([.. Spec.Fields.Select(static f => f.Name)]);

    /// <summary>How the type writes the name of a column that its spec does not name.</summary>
    public string Spelled(string column) => ShowsKept && IsCamel ? UserFieldNames.Camel(column) : column;

    public FieldSpec? Field(string name) => _byName.GetValueOrDefault(name);

    public bool Is(TypeRef type) => type.Kind == TypeKind.Named && type.Name == Spec.Name && type.File == Spec.File;

    /// <summary>All that is kept of a record, in the names of the type.</summary>
    public JsonObject See(Record record)
    {
        var seen = new JsonObject();
        foreach (var field in Spec.Fields)
            seen[field.Name] = record.Columns.Find(field.Name) is >= 0 and var column ? Kept(field, record[column]) : null;
        foreach (var (name, value) in record.ToJson())
        {
            var column = record.Columns.Find(name);
            if (column < 0)
                seen[name] = value?.DeepClone();
            else if (!Spec.Fields.Any(f => record.Columns.Find(f.Name) == column))
                seen[Spelled(name)] = value?.DeepClone();
        }

        return seen;

        static JsonNode? Kept(FieldSpec field, object? value) => value is DateTimeOffset time
            ? JsonValues.FormatTime(time, field.Format ?? (field.Type.Kind == TypeKind.Date ? JsonValues.DateFormat : null))
            : Values.ToNode(value);
    }

    private static Dictionary<string, FieldSpec> Index(TypeSpec spec)
    {
        var index = new Dictionary<string, FieldSpec>(StringComparer.Ordinal);
        foreach (var field in spec.Fields)
            index.TryAdd(field.Name, field);
        return index;
    }
}

using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Fields that the portal's users declared: records of one store that are columns of others.</summary>
internal sealed partial class RecordStore
{
    /// <summary>A record was made or loaded; where it declares a field, the stores that it is for have it from now on.</summary>
    public void Declared(RecordTable table, Record record)
    {
        if (table.Spec.Declares is not { } rule)
            return;
        var (name, field) = Field(rule, record);
        if (name is null)
            return;
        foreach (var target in Targets(rule, record))
        {
            var column = target.Declare(name, field);
            if (!target.UserFields.Exists(f => f.Column == column))
            {
                target.UserFields.Add((column, name));
                target.Generation++;
            }
        }
    }

    /// <summary>The record that declares a field of the portal's own; null: a spec or a seed does.</summary>
    public Record? Declaration(RecordTable owner, string field)
    {
        foreach (var table in State.Stores.Where(static s => s.Declares is not null).Select(s => Named(s.Name)))
        {
            foreach (var record in table.Records)
            {
                if (field.Equals(Field(table.Spec.Declares!, record).Name, StringComparison.OrdinalIgnoreCase) && Targets(table.Spec.Declares!, record).Contains(owner))
                    return record;
            }
        }

        return null;
    }

    /// <summary>Whether a declared field must have a value.</summary>
    public bool IsMandatory(Record declaration) =>
        State.Stores.Select(static s => JsonValues.Text(s.Declares?["mandatory"])).OfType<string>().Any(f => Values.Text(declaration[f]) is { } text && JsonValues.Truth(text));

    public void Undeclared(RecordTable table, Record record)
    {
        if (table.Spec.Declares is not { } rule || Field(rule, record).Name is not { } name)
            return;
        foreach (var target in Targets(rule, record))
        {
            var column = target.Columns.Find(name);
            target.UserFields.RemoveAll(f => f.Column == column);
            target.Generation++;
        }
    }

    private static (string? Name, FieldSpec Field) Field(JsonObject rule, Record record)
    {
        var name = Values.Text(record[JsonValues.Text(rule["name"]) ?? ""]);
        var type = Values.Text(record[JsonValues.Text(rule["type"]) ?? ""]) switch
        {
            "integer" or "employee" or "crm_status_id" or "iblock_element" or "iblock_section" => TypeKind.Int,
            "double" => TypeKind.Double,
            "boolean" => TypeKind.Bool,
            "date" => TypeKind.Date,
            "datetime" => TypeKind.DateTime,
            "enumeration" => TypeKind.Int,
            "file" => TypeKind.File,
            _ => TypeKind.String,
        };
        var multiple = Values.Text(record[JsonValues.Text(rule["multiple"]) ?? ""]) is { } many && JsonValues.Truth(many);
        var item = new TypeRef(type);
        return (name, new FieldSpec { Name = name ?? "", Type = multiple ? new(TypeKind.Array, Element: item) : item, Multiple = multiple });
    }

    private List<RecordTable> Targets(JsonObject rule, Record record)
    {
        var entity = Values.Text(record[JsonValues.Text(rule["entity"]) ?? ""]) ?? "";
        var targets = State.Stores.Where(s => s.UserFields is { } own && own.Equals(entity, StringComparison.OrdinalIgnoreCase)).Select(s => Named(s.Name)).ToList();
        var context = new WriteContext(default, 0, "", []);
        foreach (var lookup in (rule["stores"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (new Expression(this, context) { Record = record }.Find(lookup) is { } found
                && Values.Text(new Expression(this, context) { Record = record, Found = found }.Value(lookup["store"])) is { } name)
            {
                targets.Add(Named(name));
            }
        }

        return targets;
    }
}

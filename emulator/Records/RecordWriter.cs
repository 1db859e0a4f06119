using System.Globalization;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>What a call knows that a record may need.</summary>
/// <param name="Now">The portal's time.</param>
/// <param name="UserId">Whom the call acts for.</param>
/// <param name="AppCode">The application that the call comes from.</param>
/// <param name="Parameters">The call's parameters.</param>
internal sealed record WriteContext(DateTimeOffset Now, int UserId, string AppCode, JsonObject Parameters);

/// <summary>Makes and changes records: what the caller gave, defaults, and what the server fills in itself.</summary>
internal sealed partial class RecordWriter(SpecSet specs, RecordStore store)
{
    /// <summary>Keeps a new record and gives it its key.</summary>
    public JsonObject Add(RecordTable table, JsonObject input, WriteContext context)
    {
        var record = Create(table, input, context);
        table.Add(record);
        return record;
    }

    /// <summary>A record as it would be kept, under a key that is not yet taken up.</summary>
    public JsonObject Create(RecordTable table, JsonObject input, WriteContext context)
    {
        var type = table.Type;
        input = InTheNamesOf(type, input);
        var key = input[type.KeyName]?.DeepClone();
        if (key is null && type.KeyField?.Server == ServerValue.AutoIncrement)
            key = table.NextKey();
        return Object(type.Spec, type.Api, input, context, key, key);
    }

    /// <summary>Changes what the input names, and what changes with any change.</summary>
    public void Update(RecordTable table, JsonObject record, JsonObject input, WriteContext context)
    {
        var type = table.Type;
        input = InTheNamesOf(type, input);
        foreach (var (name, value) in input)
        {
            if (type.Field(name) is { } field)
                record[name] = Value(field, type.Api, value, context, record[type.KeyName]);
            else if (type.Spec.Open)
                record[name] = value?.DeepClone();
        }

        foreach (var field in type.Spec.Fields)
        {
            if (field.Server is ServerValue.UpdatedAt or ServerValue.UpdatedBy)
                record[field.Name] = Filled(field, type.Api, record, context, record[type.KeyName]);
        }
    }

    /// <summary>An item of a list inside a record.</summary>
    public JsonObject Item(TypeSpec type, string api, JsonObject input, WriteContext context, JsonNode? owner) =>
        Object(type, api, input, context, ItemKey(type, api, input), owner, sparse: true);

    /// <summary>Some methods take <c>RESPONSIBLE_ID</c> and answer <c>responsibleId</c>: it is one field.</summary>
    private static JsonObject InTheNamesOf(RecordType type, JsonObject input)
    {
        if (input.All(member => type.Field(member.Key) is not null))
            return input;
        var names = type.Spec.Fields.GroupBy(f => Fold(f.Name), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Name, StringComparer.Ordinal);
        var renamed = new JsonObject();
        foreach (var (name, value) in input)
            renamed[type.Field(name) is null ? names.GetValueOrDefault(Fold(name), name) : name] = value?.DeepClone();
        return renamed;
    }

    private static string Fold(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private JsonNode? ItemKey(TypeSpec type, string api, JsonObject input)
    {
        var field = type.Fields.FirstOrDefault(f => f.Server == ServerValue.AutoIncrement);
        if (field is null)
            return null;
        if (long.TryParse(JsonValues.Text(input[field.Name]), NumberStyles.None, CultureInfo.InvariantCulture, out var given))
        {
            store.KeepItemKey(type, api, given);
            return given;
        }

        return store.NextItemKey(type, api);
    }

    private JsonObject Object(TypeSpec type, string api, JsonObject input, WriteContext context, JsonNode? key, JsonNode? owner, bool sparse = false)
    {
        var record = new JsonObject();
        foreach (var field in type.Fields)
        {
            if (field.Server == ServerValue.AutoIncrement)
                record[field.Name] = key?.DeepClone();
            else if (input.TryGetPropertyValue(field.Name, out var value))
                record[field.Name] = Value(field, api, value, context, owner);
            else if (field.Default is not null)
                record[field.Name] = JsonNode.Parse(field.Default);
            else if (field.Server is null && !sparse)
                record[field.Name] = null;
        }

        // Templates look at other fields, so they come last.
        foreach (var field in type.Fields)
        {
            if (field.Server is not null and not (ServerValue.AutoIncrement or ServerValue.Record) && !input.ContainsKey(field.Name))
                record[field.Name] = Filled(field, api, record, context, owner);
        }

        if (type.Open)
        {
            foreach (var (name, value) in input)
                record.TryAdd(name, value?.DeepClone());
        }

        return record;
    }

    private JsonNode? Value(FieldSpec field, string api, JsonNode? value, WriteContext context, JsonNode? owner)
    {
        var type = field.Type.Kind == TypeKind.Array ? field.Type.Element! : field.Type;
        if (specs.ResolveType(type, api) is not { Scalar: null } nested)
            return JsonValues.Normalize(type, field.Format, value);
        return value switch
        {
            JsonArray items => new JsonArray([.. items.Select(i => i is JsonObject item ? Item(nested, api, item, context, owner) : i?.DeepClone())]),
            JsonObject item => Item(nested, api, item, context, owner),
            _ => value?.DeepClone(),
        };
    }

    private JsonNode? Filled(FieldSpec field, string api, JsonObject record, WriteContext context, JsonNode? owner)
    {
        switch (field.Server)
        {
            case ServerValue.CreatedAt or ServerValue.UpdatedAt:
                return JsonValues.FormatTime(context.Now, field.Format);
            case ServerValue.CreatedBy or ServerValue.UpdatedBy:
                return context.UserId;
            case ServerValue.AppCode:
                return context.AppCode;
            case ServerValue.Parent:
                return owner?.DeepClone();
        }

        if (ServerValue.Constant(field.Server) is { } constant)
            return JsonValues.Constant(field.Type, constant);
        if (ServerValue.Template(field.Server) is { } template)
            return Placeholder().Replace(template, match => JsonValues.Text(record[match.Groups[1].Value]) ?? "");
        if (ServerValue.Parameter(field.Server) is { } parameter)
            return Value(field, api, context.Parameters[parameter], context, owner);
        return null;
    }

    [GeneratedRegex(@"\{([^{}]+)\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}

using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>
/// Adds, changes and deletes items of a list inside a record. Of the list parameters, the one with the create view adds,
/// another list of objects changes, and a list of keys deletes.
/// </summary>
internal sealed class PatchOperation(SpecSet specs, RecordWriter writer)
{
    /// <summary>The parameter that lists items to add.</summary>
    public static FieldSpec? Added(MethodSpec method) =>
        method.Params.FirstOrDefault(p => p is { As: View.Create, Type.Kind: TypeKind.Array });

    /// <summary>Items that the record holds.</summary>
    public static IEnumerable<JsonObject> Existing(MethodCall call, Record record) =>
        (record[call.Method.Items ?? ""] as JsonArray ?? []).OfType<JsonObject>();

    public void Run(MethodCall call, RecordTable table, Record record)
    {
        if (call.ViewType is not { } type || type.Field(call.Method.Items ?? "") is not { Type.Element: { } element } list
            || specs.ResolveType(element, call.Method.Api) is not { } itemType)
            return;
        var key = new RecordType(type.Api, itemType).KeyField?.Name ?? "id";
        var items = Existing(call, record).Select(i => (JsonObject)i.DeepClone()).ToList();

        if (Removed(call.Method) is { } remove)
        {
            foreach (var gone in Values(call, remove))
                items.RemoveAll(i => JsonValues.Same(i[key], gone));
        }

        if (Changed(call.Method) is { } change)
        {
            foreach (var patch in Values(call, change).OfType<JsonObject>())
            {
                if (items.Find(i => JsonValues.Same(i[key], patch[key])) is { } item)
                    Change(itemType, key, item, patch);
            }
        }

        if (Added(call.Method) is { } add)
        {
            foreach (var input in Values(call, add).OfType<JsonObject>())
                items.Add(writer.Item(itemType, type.Api, input, call.Context, table.KeyOf(record)));
        }

        writer.Update(table, type, record, [], call.Context, [KeyValuePair.Create(list.Name, (object?)new JsonArray([.. items]))]);
    }

    private static void Change(TypeSpec type, string key, JsonObject item, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (name != key && type.Fields.FirstOrDefault(f => f.Name == name) is { } field)
                item[name] = JsonValues.Normalize(field.Type, field.Format, value);
        }
    }

    private static IEnumerable<JsonNode?> Values(MethodCall call, FieldSpec parameter) =>
        call.Parameters[parameter.Name] as JsonArray ?? [];

    private static FieldSpec? Changed(MethodSpec method) =>
        method.Params.FirstOrDefault(p => p is { As: not View.Create, Type: { Kind: TypeKind.Array, Element.Kind: TypeKind.Named } });

    private static FieldSpec? Removed(MethodSpec method) =>
        method.Params.FirstOrDefault(p => p.As is null && p.Type is { Kind: TypeKind.Array, Element.Kind: TypeKind.Int or TypeKind.Long });
}

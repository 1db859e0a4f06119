using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Adds, changes and deletes items of a list inside a record. Which parameter does what follows from its view.</summary>
internal sealed class PatchOperation(SpecSet specs, RecordWriter writer)
{
    /// <summary>The parameter that lists items to add.</summary>
    public static FieldSpec? Added(MethodSpec method) => Items(method, View.Create);

    /// <summary>Items that the record holds.</summary>
    public static IEnumerable<JsonObject> Existing(MethodCall call, JsonObject record) =>
        (record[call.Method.Items ?? ""] as JsonArray ?? []).OfType<JsonObject>();

    public void Run(MethodCall call, JsonObject record)
    {
        if (call.Table?.Type.Field(call.Method.Items ?? "") is not { Type.Element: { } element } list
            || specs.ResolveType(element, call.Method.Api) is not { } itemType)
            return;
        var type = call.Table.Type;
        var key = new RecordType(type.Api, itemType).KeyName;
        var items = Existing(call, record).Select(i => (JsonObject)i.DeepClone()).ToList();

        if (Removed(call.Method) is { } remove)
        {
            foreach (var gone in Values(call, remove))
                items.RemoveAll(i => JsonValues.Same(i[key], gone));
        }

        if (Items(call.Method, View.Update) is { } change)
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
                items.Add(writer.Item(itemType, type.Api, input, call.Context, record[type.KeyName]));
        }

        record[list.Name] = new JsonArray([.. items]);
        writer.Update(call.Table, record, [], call.Context);
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

    private static FieldSpec? Items(MethodSpec method, View view) =>
        method.Params.FirstOrDefault(p => p.As == view && p.Type.Kind == TypeKind.Array);

    private static FieldSpec? Removed(MethodSpec method) =>
        method.Params.FirstOrDefault(p => p.As is null && p.Type is { Kind: TypeKind.Array, Element.Kind: TypeKind.Int or TypeKind.Long });
}

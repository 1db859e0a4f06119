using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>
/// Files in fields of records: what a call sends as name and content becomes a record of a store of files, and the field
/// shows where that can be fetched, in a form for newer methods and one for older.
/// </summary>
internal static class FileFields
{
    private const string Store = "store";
    private const string Newer = "newer";
    private const string Older = "older";
    private const string FileData = "fileData";
    private const string Id = "id";
    private const string Remove = "remove";

    public static bool Keeps(RecordTable table, FieldSpec? field) =>
        table.Spec.FileFields is not null && field is { Type: var type } && (type.Kind == TypeKind.Array ? type.Element! : type).Kind == TypeKind.File;

    /// <summary>The value of a field after a call; files that it names by their ids remain.</summary>
    /// <param name="store">The portal's records.</param>
    /// <param name="table">The store of the record.</param>
    /// <param name="known">What the field has.</param>
    /// <param name="given">What the call gave.</param>
    /// <param name="context">The call.</param>
    /// <param name="multiple">The field has a list.</param>
    public static object? Of(RecordStore store, RecordTable table, object? known, JsonNode? given, WriteContext context, bool multiple)
    {
        var before = known switch { JsonArray list => [.. list.OfType<JsonObject>()], JsonObject one => [one], _ => Array.Empty<JsonObject>() };
        var after = Items(given).Select(item => New(store, table, item, context) ?? Known(before, item)).OfType<JsonObject>().ToList();
        return multiple ? new JsonArray([.. after]) : after.FirstOrDefault();
    }

    /// <summary>A value as answers show it.</summary>
    public static JsonNode? Shown(JsonNode? value, bool newer) => value switch
    {
        JsonArray list => new JsonArray([.. list.Select(i => Shown(i, newer))]),
        JsonObject file when file[newer ? Newer : Older] is { } form => form.DeepClone(),
        _ => value,
    };

    private static IEnumerable<JsonNode?> Items(JsonNode? given) => given switch
    {
        JsonArray pair when IsPair(pair) => [pair],
        JsonArray list => list,
        JsonObject numbered when numbered.Count > 0 && numbered.All(static m => m.Key.All(char.IsAsciiDigit)) =>
            IsPair([.. numbered.Select(static m => m.Value?.DeepClone())]) ? [new JsonArray([.. numbered.Select(static m => m.Value?.DeepClone())])] : numbered.Select(static m => m.Value),
        _ => [given],
    };

    /// <summary>A name and a content, and no two ids.</summary>
    private static bool IsPair(JsonArray list) =>
        list is [JsonValue name, JsonValue content] && JsonValues.Text(name) is { Length: > 0 } text && !text.All(char.IsAsciiDigit) && JsonValues.Text(content) is not null;

    private static JsonObject? New(RecordStore store, RecordTable table, JsonNode? item, WriteContext context)
    {
        if (item is JsonObject holder)
            item = JsonValues.Member(holder, FileData);
        if (item is null || Items(item).FirstOrDefault() is not JsonArray pair || !IsPair(pair) || table.Spec.FileFields is not { } rule)
            return null;
        var files = store.Named(JsonValues.Text(rule[Store]) ?? "");
        var record = files.New();
        if (files.Spec.Files is { } served)
        {
            record[files.Columns.Declare(JsonValues.Text(served["name"]) ?? "")] = JsonValues.Text(pair[0]);
            record[files.Columns.Declare(JsonValues.Text(served["content"]) ?? "")] = JsonValues.Text(pair[1]);
        }

        files.Add(record);
        var expression = new Expression(store, context) { Record = record };
        var kept = new JsonObject { [Id] = Values.ToNode(files.KeyOf(record)) };
        foreach (var form in (ReadOnlySpan<string>)[Newer, Older])
            kept[form] = Values.ToNode(expression.Value(rule[form]));
        return kept;
    }

    private static JsonObject? Known(JsonObject[] before, JsonNode? item)
    {
        if (item is JsonObject holder && JsonValues.Text(JsonValues.Member(holder, Remove)) is { } remove && JsonValues.Truth(remove))
            return null;
        var id = JsonValues.Text(item is JsonObject named ? JsonValues.Member(named, Id) : item);
        return before.FirstOrDefault(f => JsonValues.Text(f[Id]) == id)?.DeepClone() as JsonObject;
    }
}

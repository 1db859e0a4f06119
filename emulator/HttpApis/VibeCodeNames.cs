using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>Spells names in answers: of some entities, the fields that nobody has declared come as Bitrix24 calls them, in upper case.</summary>
internal sealed class VibeCodeNames(Portal portal, string api)
{
    private const string Upper = "upper";
    private const string Key = "id";

    /// <summary>Adds and spells what the records of an answer have beyond the declared fields.</summary>
    public void Spell(MethodSpec method, JsonObject parameters, JsonNode? result)
    {
        var state = portal.Records.State.Method(api, method.Name);
        // What is counted is no record.
        if (state.Names != Upper || method.Operation == Operation.Aggregate || method.Of is not { } of || portal.Specs.ResolveType(of, api) is not { } type)
            return;
        var select = Selected(method, parameters);
        lock (portal.Records.Gate)
        {
            var table = portal.Records.Table(state, of, api);
            foreach (var shown in Records(result))
                Spell(shown, type, table?.Find(Values.From(shown[Key])), select);
        }
    }

    private static void Spell(JsonObject shown, TypeSpec type, Record? record, List<string> select)
    {
        var declared = type.Fields.Select(static f => Columns.Fold(f.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in shown.ToList())
        {
            if (declared.Contains(Columns.Fold(name)) || UpperCase(name) == name)
                continue;
            shown.Remove(name);
            shown[UpperCase(name)] = value;
        }

        foreach (var (name, value) in record?.ToJson() ?? [])
        {
            var folded = Columns.Fold(name);
            if (!declared.Contains(folded) && (select.Count == 0 || select.Contains(folded)))
                shown.TryAdd(UpperCase(name), value?.DeepClone());
        }
    }

    private static IEnumerable<JsonObject> Records(JsonNode? result) => result switch
    {
        JsonArray list => list.OfType<JsonObject>(),
        JsonObject record => [record],
        _ => [],
    };

    private static List<string> Selected(MethodSpec method, JsonObject parameters)
    {
        var given = method.Params.FirstOrDefault(static p => p.As == View.Select) is { } select ? parameters[select.Name] : null;
        return [.. VibeCodeIncludes.Names(given).Select(Columns.Fold)];
    }

    /// <summary><c>LAST_NAME</c> of <c>lastName</c>; a custom field keeps its name.</summary>
    private static string UpperCase(string name) => VibeCodeUserFields.IsCustom(name) || name.StartsWith('_') ? name : UserFieldNames.Upper(name);
}

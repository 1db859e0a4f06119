using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>
/// Finds the event of a call by the spec: <c>crm.deal.add</c> is ONCRMDEALADD, <c>tasks.task.add</c> ONTASKADD. What it says
/// is made of the event's own data type: a member called ID gets the record's key.
/// </summary>
internal sealed class EventCatalog
{
    private readonly SpecSet _specs;
    private readonly Dictionary<string, EventSpec> _events = new(StringComparer.OrdinalIgnoreCase);

    public EventCatalog(SpecSet specs)
    {
        _specs = specs;
        foreach (var spec in specs.Files.Where(static f => f.Api == SpecSet.DefaultApi).SelectMany(static f => f.Events))
            _events[spec.Code] = spec;
    }

    public EventSpec? Find(string code) => _events.GetValueOrDefault(code);

    /// <summary>The event of a method that changes records; null: there is none.</summary>
    /// <param name="method">The method.</param>
    /// <param name="area">The area of the records it works on: <c>crm.item.add</c> of a deal is what <c>crm.deal.add</c> is.</param>
    public EventSpec? Of(MethodSpec method, string? area = null) => method.Idempotency == Idempotency.Read ? null
        : Of(method.Name) ?? (area is null ? null : Of(area + method.Name[method.Name.LastIndexOf('.')..]));

    private EventSpec? Of(string method)
    {
        var segments = method.Split('.');
        for (var skip = 0; skip < segments.Length; skip++)
        {
            if (Find("ON" + string.Concat(segments.Skip(skip))) is { } found)
                return found;
            // "tasks.task.add" repeats its area.
            if (segments.Length - skip <= 2)
                break;
        }

        return null;
    }

    /// <summary>What the event says of a record.</summary>
    public JsonObject Data(EventSpec spec, string key, JsonObject parameters)
    {
        var data = new JsonObject();
        if (spec.Data is { } type)
            Fill(type, data, key, parameters, 0);
        if (data.Count == 0)
            data["FIELDS"] = new JsonObject { ["ID"] = key };
        return data;
    }

    private bool Fill(TypeRef type, JsonObject target, string key, JsonObject parameters, int depth)
    {
        const int deepest = 4;
        if (depth > deepest || _specs.ResolveType(type) is not { Scalar: null } named)
            return false;
        var filled = false;
        foreach (var field in named.Fields)
        {
            if (field.Name.Equals("ID", StringComparison.OrdinalIgnoreCase))
            {
                target[field.Name] = key;
                filled = true;
            }
            else if (field.Type.Kind == TypeKind.Named)
            {
                var inner = new JsonObject();
                if (Fill(field.Type, inner, key, parameters, depth + 1))
                {
                    target[field.Name] = inner;
                    filled = true;
                }
            }
            else if (Text(parameters, field.Name.Replace("_", "", StringComparison.Ordinal)) is { } given)
            {
                // The type of a smart process's item, say, which the call names as entityTypeId.
                target[field.Name] = given;
            }
        }

        return filled;
    }

    /// <summary>The key of the record that a call made or changed; null: the call does not say.</summary>
    public static string? KeyOf(MethodSpec method, JsonObject parameters, JsonNode? result)
    {
        if (method.Operation is not (Operation.Add or Operation.Upsert) && Text(parameters, method.Key ?? "id") is { } key)
            return key;
        return result switch
        {
            JsonObject members => Inner(members),
            null => null,
            _ => JsonValues.Text(result),
        } ?? Text(parameters, method.Key ?? "id");
    }

    // {"id": 5}, {"task": {"id": 5}}, {"item": {"id": 5}}
    private static string? Inner(JsonObject members) =>
        Text(members, "id") ?? members.Select(static m => m.Value).OfType<JsonObject>().Select(static o => Text(o, "id")).FirstOrDefault(static t => t is not null);

    private static string? Text(JsonObject members, string name) =>
        members.Where(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static m => JsonValues.Text(m.Value)).FirstOrDefault(static t => !string.IsNullOrEmpty(t));
}

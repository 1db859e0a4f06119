using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>
/// Ids of records that a portal has, by the area of the methods that made or listed them. Puts them in place of the
/// documentation's own ids, wherever in a call they stand: parameters, <c>fields</c>, <c>filter</c>, lists.
/// </summary>
internal sealed class KnownRecords(PortalClient client, IReadOnlyList<DocumentedCall> calls, TextWriter output)
{
    private static readonly Dictionary<string, string> CrmTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["1"] = "crm.lead",
        ["2"] = "crm.deal",
        ["3"] = "crm.contact",
        ["4"] = "crm.company",
        ["7"] = "crm.quote",
        ["8"] = "crm.requisite",
        ["31"] = "crm.item.31",
        ["L"] = "crm.lead",
        ["D"] = "crm.deal",
        ["C"] = "crm.contact",
        ["CO"] = "crm.company",
        ["Q"] = "crm.quote",
        ["SI"] = "crm.item.31",
        ["lead"] = "crm.lead",
        ["deal"] = "crm.deal",
        ["contact"] = "crm.contact",
        ["company"] = "crm.company",
        ["quote"] = "crm.quote",
    };

    /// <summary>The items of a smart process that the preparation makes.</summary>
    private const string SmartProcess = "crm.item.177";

    private readonly Dictionary<string, List<JsonNode>> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly Preparation _preparation = Preparation.Read();

    /// <summary>Of the call at hand, the documentation's ids and what stands in place of each: two ids are two records.</summary>
    private readonly Dictionary<(string Area, string Shown), JsonNode> _given = [];

    /// <summary>The latest record of an area; null: none is known.</summary>
    public JsonNode? Of(string area) => _ids.TryGetValue(area, out var ids) ? ids[^1] : null;

    public void Add(string area, JsonNode id)
    {
        if (!_ids.TryGetValue(area, out var ids))
            _ids[area] = ids = [];
        ids.RemoveAll(i => i.ToString() == id.ToString());
        ids.Add(id);
    }

    /// <summary>Learns what the portal has from the start, then makes what no documented JSON request makes.</summary>
    public async Task PrepareAsync()
    {
        foreach (var call in calls.Where(static c => c.Operation == "List" && c.Api == "bitrix24"))
        {
            var (answer, _) = await client.SendAsync(call.Api, call.Method, []);
            foreach (var row in Rows(answer?["result"]).Reverse())
            {
                if (Id(row) is { } id)
                    Add(call.Area, id);
            }
        }

        Add("user", 1);
        await RunAsync(_preparation.Steps.Where(static s => !s.Late));
    }

    /// <summary>What belongs to the records that documented calls have made meanwhile.</summary>
    public Task CompleteAsync() => RunAsync(_preparation.Steps.Where(static s => s.Late));

    /// <summary>Makes again what calls of the method need and earlier ones have used up.</summary>
    /// <returns>Whether there is such a thing.</returns>
    public async Task<bool> RenewAsync(string method)
    {
        var steps = _preparation.Steps.Where(s => s.For?.Split(' ').Any(f => method.StartsWith(f, StringComparison.OrdinalIgnoreCase)) == true).ToList();
        await RunAsync(steps);
        return steps.Count > 0;
    }

    private async Task RunAsync(IEnumerable<PreparationStep> steps)
    {
        foreach (var step in steps)
        {
            var (answer, _) = await client.SendAsync(step.Api, step.Call, (JsonObject)Filled(step.With)!);
            if (answer?["error"] is { } error)
                output.WriteLine($"preparation: {step.Call}: {error.ToJsonString()} {answer["error_description"]}");
            else if (step.Id is { } path ? At(answer, path) is { } found : (found = Id(answer?["result"])!) is not null)
            {
                Add(step.As, found.DeepClone());
                if (step.With["entityTypeId"] is { } type)
                    Add($"{step.As}.{type}", found.DeepClone());
            }
        }
    }

    private static JsonNode? At(JsonNode? node, string path)
    {
        foreach (var step in path.Split('.'))
            node = step == "*" ? (node as JsonObject)?.FirstOrDefault().Value : node is JsonArray list ? list.ElementAtOrDefault(int.Parse(step, CultureInfo.InvariantCulture)) : (node as JsonObject)?[step];
        return node;
    }

    private static IEnumerable<JsonNode?> Rows(JsonNode? result) => result switch
    {
        JsonArray rows => rows,
        JsonObject members => members.FirstOrDefault(static m => m.Value is JsonArray { Count: > 0 }).Value as JsonArray ?? [],
        _ => [],
    };

    /// <summary>The id in what an adding call answers.</summary>
    public static JsonNode? Id(JsonNode? result) => result switch
    {
        JsonValue value when value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String => value.DeepClone(),
        JsonObject members => members.FirstOrDefault(static m => m.Key.Equals("id", StringComparison.OrdinalIgnoreCase)).Value?.DeepClone()
            ?? members.Select(static m => m.Value as JsonObject).Where(static o => o is not null).Select(Id).FirstOrDefault(static i => i is not null),
        _ => null,
    };

    public static bool IsId(string name) => name.Equals("id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("ID", StringComparison.Ordinal) || name.EndsWith("_id", StringComparison.Ordinal);

    /// <summary>The parameters of a documented call with ids of this portal.</summary>
    /// <param name="call">The call.</param>
    /// <param name="own">The record that the call is about; null: the latest of its area.</param>
    public JsonObject Substituted(DocumentedCall call, JsonNode? own = null)
    {
        _given.Clear();
        var parameters = (JsonObject)Substituted(call, call.Parameters!, own, top: true)!;
        foreach (var (name, value) in _preparation.Parameters.GetValueOrDefault(call.Method) ?? [])
            parameters[name] = Filled(value);
        return parameters;
    }

    private JsonNode? Substituted(DocumentedCall call, JsonNode? node, JsonNode? own, bool top, string? within = null)
    {
        switch (node)
        {
            case JsonObject members:
                var copy = new JsonObject();
                foreach (var (name, value) in members)
                    copy[name] = Member(call, members, name, value, own, top, within);
                return copy;
            case JsonArray items:
                return new JsonArray([.. items.Select(i => Substituted(call, i, own, top: false))]);
            default:
                return node?.DeepClone();
        }
    }

    private JsonNode? Member(DocumentedCall call, JsonObject owner, string key, JsonNode? value, JsonNode? own, bool top, string? within)
    {
        var name = key.TrimStart('=', '@', '!', '<', '>', '%');
        if (Fold(name) == "DIALOGID" && value is JsonValue && Of("im.chat") is { } chat)
            return $"chat{chat}";
        // A type above those of the documentation's every portal is a smart process of the page's own portal.
        if (name == "entityTypeId" && value is JsonValue type && !CrmTypes.ContainsKey(type.ToString()) && call.Operation != "Add" && call.Area == "crm.item" && Of(SmartProcess) is not null && !_ids.ContainsKey("crm.item." + type))
            return InKind(SmartProcess[(SmartProcess.LastIndexOf('.') + 1)..], type);
        // A condition that is not "equals" bounds ids rather than naming one.
        if (name.Length < key.Length && key[0] is not ('=' or '@'))
            return value?.DeepClone();
        var plain = name.EndsWith("Ids", StringComparison.Ordinal) || name.EndsWith("IDS", StringComparison.Ordinal) ? name[..^1] : name;
        if ((!IsId(plain) && Named(call, plain) is null) || value is JsonObject)
            return Substituted(call, value, own, top: false, name);
        var isOwn = plain.Equals("id", StringComparison.OrdinalIgnoreCase) ? top || !call.Operation.Equals("Add", StringComparison.Ordinal) : Fold(plain) == Fold(call.Area[(call.Area.LastIndexOf('.') + 1)..]) + "ID";
        if (own is not null && isOwn && value is JsonValue)
            return InKind(own, value);
        var area = within is not null && Fold(plain) == "ID" && EndingWith(Fold(within), call) is { } other ? other : AreaOf(call, owner, plain, top);
        // A code such as DEAL_STAGE names the same thing in every portal.
        if (area is null || !_ids.TryGetValue(area, out var ids) || IsCode(value))
            return value?.DeepClone();
        return value switch
        {
            JsonArray list => new JsonArray([.. list.Select(i => IsCode(i) ? i?.DeepClone() : InKind(Other(area, ids, i), i))]),
            JsonValue => InKind(Other(area, ids, value), value),
            _ => value?.DeepClone(),
        };
    }

    /// <summary>The area that the preparation says a name is of: for the method, its area, or everywhere.</summary>
    private string? Named(DocumentedCall call, string name) =>
        _preparation.Names.GetValueOrDefault($"{call.Method}:{name}") ?? _preparation.Names.GetValueOrDefault($"{call.Area}:{name}") ?? _preparation.Names.GetValueOrDefault(name);

    /// <summary>The record for an id of the documentation: the latest that no other id of the call stands for.</summary>
    private JsonNode Other(string area, List<JsonNode> ids, JsonNode? shown)
    {
        var key = (area, shown?.ToString() ?? "");
        if (!_given.TryGetValue(key, out var id))
            _given[key] = id = ids.LastOrDefault(i => !_given.Any(g => g.Key.Area == area && g.Value.ToString() == i.ToString())) ?? ids[^1];
        return id;
    }

    /// <summary>The area whose record a name means.</summary>
    private string? AreaOf(DocumentedCall call, JsonObject owner, string name, bool top)
    {
        if (Named(call, name) is { } named)
            return named;
        var entity = Fold(name)[..^2];
        // Of a method that works on every type, the id is one of the type that the call names.
        if (entity.Length == 0 && owner["entityTypeId"]?.ToString() is { } kind)
            return call.Area == "crm.item" ? CrmTypes.GetValueOrDefault(kind, "crm.item." + kind) : _ids.ContainsKey($"{call.Area}.{kind}") ? $"{call.Area}.{kind}" : Around(call.Area);
        if (entity is "ITEM" && call.Area.StartsWith("task.", StringComparison.Ordinal))
            return call.Area;
        if (entity.Length == 0)
            return Around(top || !call.Operation.Equals("Add", StringComparison.Ordinal) ? call.Area : "");
        // ownerId stands beside ownerTypeId, which says of what.
        var type = owner.FirstOrDefault(m => Fold(m.Key.TrimStart('=', '@')) is var sibling && (sibling == entity + "TYPEID" || sibling == entity + "TYPE")).Value?.ToString();
        if (type is not null)
            return CrmTypes.GetValueOrDefault(type, "crm.item." + type) is { } item && _ids.ContainsKey(item) ? item : null;
        if (Fold(call.Area[(call.Area.LastIndexOf('.') + 1)..]) == entity)
            return Around(call.Area);
        return EndingWith(entity, call);
    }

    /// <summary>The area that an entity's name is the last word of, one of the call's own scope first.</summary>
    private string? EndingWith(string entity, DocumentedCall call) =>
        _ids.Keys.FirstOrDefault(m => m.Equals(entity, StringComparison.OrdinalIgnoreCase))
        ?? _ids.Keys.Where(m => Fold(m).EndsWith("." + entity, StringComparison.Ordinal)).OrderByDescending(m => m.Split('.')[0] == call.Area.Split('.')[0]).FirstOrDefault();

    private string? Around(string area)
    {
        for (; area.Length > 0; area = area.Contains('.', StringComparison.Ordinal) ? area[..area.LastIndexOf('.')] : "")
        {
            if (_preparation.Areas.GetValueOrDefault(area) is { } other)
                return other;
            if (_ids.ContainsKey(area))
                return area;
        }

        return null;
    }

    private JsonNode? Filled(JsonNode? template) => template switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(Filled(JsonValue.Create(m.Key))!.ToString(), Filled(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Filled)]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('{') && text.EndsWith('}') => Of(text[1..^1])?.DeepClone(),
        JsonValue value when value.TryGetValue<string>(out var text) && text.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open && text.IndexOf('}', open) is > 0 and var close =>
            text[..open] + Of(text[(open + 1)..close]) + text[(close + 1)..],
        _ => template?.DeepClone(),
    };

    /// <summary>An id as a number or as text, as the documentation has it there.</summary>
    private static JsonNode InKind(JsonNode id, JsonNode? shown) =>
        shown?.GetValueKind() == JsonValueKind.String ? id.ToString() : long.TryParse(id.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : id.DeepClone();

    private static bool IsCode(JsonNode? value) =>
        value is JsonValue code && code.TryGetValue<string>(out var text) && text.Length > 0 && text.All(static c => char.IsAsciiLetterUpper(c) || c == '_');

    private static string Fold(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}

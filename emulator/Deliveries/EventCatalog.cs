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
    private readonly HashSet<string> _raised;
    private readonly Dictionary<string, EventSpec> _events = new(StringComparer.OrdinalIgnoreCase);

    // CATALOG.PRICE.ON.ADD by the name that it has without points.
    private readonly Dictionary<string, EventSpec> _named = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The events of an API.</summary>
    /// <param name="specs">Its specs.</param>
    /// <param name="raised">Events that state files raise themselves: a method that is called like one causes none.</param>
    public EventCatalog(SpecSet specs, IEnumerable<string> raised)
    {
        _specs = specs;
        _raised = new(raised, StringComparer.OrdinalIgnoreCase);
        foreach (var spec in specs.Files.Where(static f => f.Api == SpecSet.DefaultApi).SelectMany(static f => f.Events))
        {
            _events[spec.Code] = spec;
            _named[spec.Code.Contains('.', StringComparison.Ordinal) ? "ON" + spec.Code.Replace(".ON.", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal) : spec.Code] = spec;
        }
    }

    public EventSpec? Find(string code) => _events.GetValueOrDefault(code);

    /// <summary>The event of a method that changes what is not kept; null: there is none.</summary>
    public EventSpec? Of(MethodSpec method) => method.Idempotency == Idempotency.Read ? null
        : Named(method.Name.Split('.')) is { } spec && !_raised.Contains(spec.Code) ? spec : null;

    /// <summary>The event of a change of a record; null: there is none.</summary>
    /// <param name="area">The area of the records: <c>crm.deal</c>.</param>
    /// <param name="change">The change.</param>
    public EventSpec? Of(string area, RecordChange change) => Of(area, change.ToString());

    /// <summary>The event of an area by what it is called there; null: there is none.</summary>
    public EventSpec? Of(string area, string name) => Named([.. area.Split('.'), name]);

    // Versions are in no name, and "tasks.task.add" repeats its area; "im.chat.user.add" is no "user.add".
    private EventSpec? Named(IReadOnlyList<string> segments)
    {
        var named = segments.Where(static s => s.Length < 2 || s[0] != 'v' || !s.Skip(1).All(char.IsAsciiDigit)).ToList();
        return _named.GetValueOrDefault("ON" + string.Concat(named))
            ?? (named.Count > 2 && named[0].StartsWith(named[1], StringComparison.OrdinalIgnoreCase) ? _named.GetValueOrDefault("ON" + string.Concat(named.Skip(1))) : null);
    }

    /// <summary>What the event says of a record.</summary>
    public JsonObject Data(EventSpec spec, EventSubject subject)
    {
        var data = new JsonObject();
        if (spec.Data is { } type)
            Fill(type, data, subject, 0);
        if (data.Count == 0)
            data["FIELDS"] = new JsonObject { ["ID"] = subject.Key };
        return data;
    }

    private bool Fill(TypeRef type, JsonObject target, EventSubject subject, int depth)
    {
        const int deepest = 4;
        if (depth > deepest || _specs.ResolveType(type) is not { Scalar: null } named)
            return false;
        var filled = false;
        foreach (var field in named.Fields)
        {
            if (Value(field, named, subject, depth) is { } value)
            {
                target[field.Name] = value;
                filled = true;
            }
        }

        return filled;
    }

    private JsonNode? Value(FieldSpec field, TypeSpec owner, EventSubject subject, int depth)
    {
        if (subject.Constants[field.Name] is { } constant)
            return constant.DeepClone();
        // A record that there was not before, and one that there is no more.
        if ((subject.Change == RecordChange.Add && field.Name.EndsWith("_BEFORE", StringComparison.Ordinal))
            || (subject.Change == RecordChange.Delete && field.Name.EndsWith("_AFTER", StringComparison.Ordinal)))
        {
            return "undefined";
        }

        if (field.Type.Kind == TypeKind.Named)
        {
            var inner = new JsonObject();
            return Fill(field.Type, inner, subject, depth + 1) ? inner : null;
        }

        // What has one value only names the record by it, however it is called.
        if (field.Name.Equals("ID", StringComparison.OrdinalIgnoreCase) || (owner.Fields.Count == 1 && depth > 0))
            return subject.Key;
        // The type of a smart process's item, say, which the call names as entityTypeId.
        return Text(subject.Parameters, field.Name) ?? Values.Text(subject.Record?[field.Name]);
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
        members.Where(m => Plain(m.Key).Equals(Plain(name), StringComparison.OrdinalIgnoreCase)).Select(static m => JsonValues.Text(m.Value)).FirstOrDefault(static t => !string.IsNullOrEmpty(t));

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal);
}

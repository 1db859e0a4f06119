using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// Pages by the records' ids: in their order, each page beyond the last id of the page before. The server need not count
/// nor skip records, and nothing is left out when records go away meanwhile.
/// </summary>
internal sealed class KeyPages : PageSource
{
    private readonly PositionPages _plain;
    private readonly string _start;
    private readonly string _filter;
    private readonly string _condition;
    private long _last;
    private string _answered = "";
    private bool _isUnlike;

    private KeyPages(MethodDescriptor method, JsonObject parameters, string start, string filter, string key)
        : base(method, parameters)
    {
        (_start, _filter, _condition) = (start, filter, ">" + key);
        Key = Encoding.UTF8.GetBytes(key);
        // The first page tells how long pages are, how many records there are, and is good for plain paging too.
        _plain = new(method, parameters, null);
    }

    public override byte[] Key { get; }

    public override string Link => $"{_filter}.{_condition}";

    public override string LinkedPath => $"{Notation.Invariant((int)Size - 1)}.{_answered}";

    // One more than the full ones: that it is short shows the end.
    public override long Foreseen => Pages > 0 && !_isUnlike && Total is { } total ? Math.Max(1, ((total - Items) / Size) + 1) : 1;

    /// <summary>Paging by ids, or null where order, filter or answer do not allow it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">What the user's call sends; gets the order of ids.</param>
    public static KeyPages? Of(MethodDescriptor method, JsonObject parameters)
    {
        if (method.Operation != Operation.List || method.Positional || method.Api.Envelope != EnvelopeKind.Bitrix24
            || (method.Api.FilterOperators is { Count: > 0 } operators && !operators.Contains(">")))
            return null;
        var filter = Parameter(method, "filter", View.Filter);
        var order = Parameter(method, "order", View.Order);
        if (filter is null || order is null
            || Names.Of(parameters, filter.Name) is not { } filterName
            || Names.Of(parameters, order.Name) is not { } orderName
            || Names.Of(parameters, "start") is not { } startName
            || parameters.ContainsKey(startName))
            return null;
        // Methods differ in how they spell the id, and some in where.
        var sortedBy = Names.IdOf(order, FieldFlags.NotSortable);
        var key = Names.IdOf(filter, FieldFlags.NotFilterable) ?? (Names.IsUndescribed(filter) ? sortedBy : null);
        sortedBy ??= Names.IsUndescribed(order) ? key : null;
        if (key is null || sortedBy is null
            || !CanFilter(parameters[filterName], filter)
            || !CanSort(parameters[orderName], sortedBy))
            return null;

        var select = Parameter(method, "select", View.Select);
        if (!AddToSelect(parameters, select?.Name ?? "select", (select is null ? null : Names.IdOf(select, FieldFlags.NotSelectable)) ?? key))
            return null;
        if (parameters[orderName] is not JsonObject { Count: > 0 })
            parameters[orderName] = new JsonObject { [sortedBy] = "ASC" };
        return new(method, parameters, startName, filterName, key);
    }

    public override JsonObject Ask(int ahead = 0)
    {
        if (Pages == 0)
            return _plain.Ask();
        _isUnlike = false;
        var parameters = Copy();
        parameters[_start] = -1;
        parameters[_filter] = Beyond(parameters[_filter]);
        return parameters;
    }

    public override bool Take(PageCounts page)
    {
        if (Pages == 0)
        {
            _plain.Take(page);
            (Pages, Items, Total, Size, IsDone) = (1, page.Count, page.Total, page.Count, _plain.IsDone);
            if (IsDone)
                return true;
            if (page.Keys is { Ascending: true } first)
                (_last, _answered) = (first.Last, first.Name);
            else
                Successor = _plain;
            return true;
        }

        // A method that does not know the condition shows it at once: by no records, or by the same ones again.
        if (Pages == 1 && page.Count < Size && Items + page.Count < Total)
        {
            Successor = _plain;
            return false;
        }

        if (page.Count > 0)
        {
            if (page.Keys is not { Ascending: true } keys || keys.First <= _last)
            {
                Successor = Pages == 1 ? _plain : throw Stalled($"page {Pages + 1} is not beyond the id {_last}; PagingMode.Plain pages by offset");
                return false;
            }

            _last = keys.Last;
        }

        Pages++;
        Items += page.Count;
        // One that is short before all have come may lack records that the user may not see; the next one shows it.
        IsDone = page.Count < Size && (page.Count == 0 || !(Items < Total));
        _isUnlike = page.Count != Size;
        Size = Math.Max(Size, page.Count);
        return true;
    }

    // In a batch, those behind a page of another length took their bound from another record than its last.
    public override bool IsNext(JsonObject asked) => !_isUnlike;

    /// <summary>Adds a field to a selection that lacks it; false: the selection is of an unknown form.</summary>
    public static bool AddToSelect(JsonObject parameters, string parameter, string field)
    {
        if (Names.Of(parameters, parameter) is not { } name)
            return false;
        switch (parameters[name])
        {
            case null:
                return true;
            case JsonArray fields:
                if (fields.Count > 0 && !fields.Any(f => f is JsonValue value && value.TryGetValue<string>(out var text) && (text == "*" || text.Equals(field, StringComparison.OrdinalIgnoreCase))))
                    fields.Add((JsonNode)field);
                return true;
            default:
                return false;
        }
    }

    private JsonObject Beyond(JsonNode? given)
    {
        switch (given)
        {
            case JsonObject filter when !IsAny(filter):
                // The user's own bound by the same key was met by the page before: the last id is beyond it.
                filter[_condition] = _last;
                return filter;
            case JsonObject { Count: > 0 } any:
                return new() { [_condition] = _last, ["0"] = any.DeepClone() };
            default:
                return new() { [_condition] = _last };
        }
    }

    private static bool CanFilter(JsonNode? given, FieldDescriptor filter) => given switch
    {
        null => true,
        JsonArray { Count: 0 } => true,
        JsonObject members => !IsAny(members) || filter.Has(FieldFlags.Logic),
        _ => false,
    };

    private static bool CanSort(JsonNode? given, string key) => given switch
    {
        null => true,
        JsonArray { Count: 0 } => true,
        JsonObject { Count: 0 } => true,
        JsonObject { Count: 1 } one => one.First() is var (name, direction)
            && name.Equals(key, StringComparison.OrdinalIgnoreCase)
            && direction is JsonValue value && value.TryGetValue<string>(out var text) && text.Equals("ASC", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool IsAny(JsonObject filter) => filter.Any(static m =>
        m.Key.Equals("logic", StringComparison.OrdinalIgnoreCase)
        && !(m.Value is JsonValue value && value.TryGetValue<string>(out var text) && text.Equals("AND", StringComparison.OrdinalIgnoreCase)));

    private static class Names
    {
        /// <summary>How a call spells a parameter; null: in two ways, of which the server takes one.</summary>
        public static string? Of(JsonObject parameters, string name)
        {
            string? found = null;
            foreach (var (given, _) in parameters)
            {
                if (!given.Equals(name, StringComparison.OrdinalIgnoreCase))
                    continue;
                if (found is not null)
                    return null;
                found = given;
            }

            return found ?? name;
        }

        /// <summary>How a parameter spells the id; null: it has none, or two.</summary>
        public static string? IdOf(FieldDescriptor parameter, FieldFlags not)
        {
            var named = parameter.Type?.FieldArray.Where(static f => f.Name.Equals("id", StringComparison.OrdinalIgnoreCase)).ToList();
            return named is [var id] && !id.Has(not) && !id.Has(FieldFlags.List) && !id.Has(FieldFlags.Map) ? id.Name : null;
        }

        /// <summary>An object whose members the spec does not list.</summary>
        public static bool IsUndescribed(FieldDescriptor parameter) =>
            parameter.Type is null && (parameter.Has(FieldFlags.Map) || (parameter.Kind == ValueKind.Json && !parameter.Has(FieldFlags.List)));
    }
}

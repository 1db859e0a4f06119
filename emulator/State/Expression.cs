using System.Globalization;
using System.Text;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>
/// Values of state files: constants, and text with placeholders in braces. <c>{NAME}</c> is a field of the record, <c>{$name.part}</c> a parameter of the call,
/// <c>{@NAME}</c> a field of the record found, <c>{#now}</c> and the like a fact of the call, <c>{?NAME}</c> whether there is a value, <c>{^UF_:NAME}</c> the value with
/// a beginning that it must have, <c>{A|B|=C}</c> the first that is something. A text that is one placeholder has its value, with its kind. An object with <c>find</c> looks a record up.
/// </summary>
internal sealed class Expression(RecordStore store, WriteContext context)
{
    /// <summary>In an object: leave out the lists that nothing is in.</summary>
    private const string OmitEmpty = "omitEmpty";

    private const int MoneyDigits = 4;

    /// <summary>Whether the value leaves something out where it is empty.</summary>
    public static bool OmitsEmpty(JsonNode? template) => template switch
    {
        JsonObject members => members.ContainsKey(OmitEmpty) || members.Any(static m => OmitsEmpty(m.Value)),
        JsonArray items => items.Any(OmitsEmpty),
        _ => false,
    };

    public Record? Record { get; init; }

    public Record? Found { get; init; }

    /// <summary>The item of a list that a step is done for.</summary>
    public object? Item { get; init; }

    /// <summary>What a call before this one answered.</summary>
    public object? Result { get; init; }

    public object? Value(JsonNode? template)
    {
        switch (template)
        {
            case JsonValue value when value.TryGetValue<string>(out var text):
                return text.Contains('{', StringComparison.Ordinal) ? Filled(text) : text;
            case JsonObject { Count: > 0 } lookup when lookup["if"] is JsonObject condition && !HoldsAll(condition):
                return lookup.ContainsKey("else") ? Value(lookup["else"]) : new JsonArray();
            case JsonObject { Count: > 0 } lookup when lookup.ContainsKey("if") && lookup.ContainsKey("value"):
                return Value(lookup["value"]);
            case JsonObject { Count: > 0 } lookup when lookup["sum"] is JsonArray factors:
                return Sum(lookup, factors);
            case JsonObject { Count: > 0 } formula when JsonValues.Text(formula["calc"]) is { } calc:
                return Formula.Value(Values.Text(Filled(calc)) ?? "", (int?)formula["digits"] ?? MoneyDigits);
            case JsonObject { Count: > 0 } made when TextForm.IsOne(made):
                return TextForm.Of(this, made);
            case JsonObject { Count: > 0 } lookup when lookup[FreeName.Wanted] is JsonValue:
                return FreeName.Of(store, this, lookup);
            case JsonObject { Count: > 0 } mapped when mapped.ContainsKey(EachItem.List):
                return EachItem.Of(this, mapped);
            case JsonObject { Count: > 0 } lookup when lookup["find"] is JsonValue:
                return Look(lookup);
            case JsonObject lookup when lookup["list"] is JsonValue:
                return Listed(lookup);
            case JsonObject { Count: 1 } lists when JoinedParts.IsOne(lists):
                return JoinedParts.Of(this, lists);
            case JsonObject members when members.ContainsKey(OmitEmpty):
                return Filled(members);
            case JsonObject members:
                return new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Values.ToNode(Value(m.Value)))));
            case JsonArray items:
                return new JsonArray([.. items.Select(i => Values.ToNode(Value(i)))]);
            default:
                return Values.From(template);
        }
    }

    /// <summary>Each value is one of those beside it.</summary>
    public bool HoldsAll(JsonObject conditions) => conditions.All(c => Holds(c.Key, c.Value));

    /// <summary>A value is one of the wanted; an empty text stands for nothing.</summary>
    public bool Holds(string template, JsonNode? wanted) => IsOneOf(Value(template), wanted is JsonArray or JsonObject ? Values.ToNode(Value(wanted)) : wanted);

    /// <summary>The call has the parameter, or the member deeper in one, whatever its value.</summary>
    public bool IsGiven(string path)
    {
        JsonNode? node = context.Parameters;
        foreach (var step in path.Split('.'))
        {
            if (node is not JsonObject members || (!members.TryGetPropertyValue(step, out node) && !members.Any(m => m.Key.Equals(step, StringComparison.OrdinalIgnoreCase))))
                return false;
        }

        return true;
    }

    /// <summary>The index of <see cref="Item"/>, or its name where it is a member of an object.</summary>
    public string At { get; init; } = "";

    /// <summary>The expression of the item that <see cref="Item"/> is in.</summary>
    private Expression? Outer { get; init; }

    /// <summary>The same for an item of a list.</summary>
    public Expression With(object? item, string at = "") => new(store, context) { Record = Record, Found = Found, Result = Result, Item = item, At = at, Outer = this };

    /// <summary>The first record of a store that has the values and passes the filter.</summary>
    public Record? Find(JsonObject lookup)
    {
        if (JsonValues.Text(lookup["find"]) is not { } name)
            return null;
        var table = store.Named(Values.Text(Value(name)) ?? "");
        var values = (lookup["where"] as JsonObject ?? []).Select(w => (Column: table.Columns.Declare(w.Key), Value: Value(w.Value))).ToArray();
        var where = Array.ConvertAll(values, static v => (v.Column, Wanted: Scalar.Of(v.Value)));
        var indexed = Array.Find(values, static v => v.Value is long or string { Length: > 0 });
        var among = indexed.Value is null || lookup.ContainsKey("filter") ? Among(table, lookup) : table.Where(indexed.Column, indexed.Value);
        var found = among.Where(r => Array.TrueForAll(where, w => Scalar.Of(r[w.Column]).CompareTo(w.Wanted) == 0));
        return Ordered(found, Value(lookup["order"])).FirstOrDefault();
    }

    /// <summary>Records in the order of a field (<c>-field</c>: downwards), or of an object of fields with their directions.</summary>
    private static IEnumerable<Record> Ordered(IEnumerable<Record> records, object? by) => by switch
    {
        string field when field.StartsWith('-') => records.OrderByDescending(r => Scalar.Of(r[field[1..]])),
        string { Length: > 0 } field => records.OrderBy(r => Scalar.Of(r[field])),
        JsonObject fields => fields.Reverse().Aggregate(records, static (sorted, f) =>
            Ordered(sorted, string.Equals(JsonValues.Text(f.Value), "DESC", StringComparison.OrdinalIgnoreCase) ? "-" + f.Key : f.Key)),
        _ => records,
    };

    /// <summary>
    /// A field of every record of a store that has the values: of lists of values any, of phones and the like any item. With
    /// <c>key</c> an object by that field; with <c>search</c> only records of which a field contains the text.
    /// </summary>
    private JsonNode Listed(JsonObject lookup)
    {
        var table = store.Named(Values.Text(Value(lookup["list"])) ?? "");
        var fold = AlikeTexts.Of(lookup);
        var where = (lookup["where"] as JsonObject ?? []).Select(w => (Column: ColumnOf(table, w.Key), Wanted: Wanted(Value(w.Value), fold))).ToArray();
        var field = Taken(lookup);
        var records = Among(table, lookup).Where(r => Array.TrueForAll(where, w => w.Column >= 0 && w.Wanted.Overlaps(Wanted(r[w.Column], fold))));
        if (lookup["search"] is JsonArray fields && Values.Text(Value(lookup["for"])) is { Length: > 0 } text)
            records = records.Where(r => fields.Any(f => Values.Text(r[JsonValues.Text(f) ?? ""])?.Contains(text, StringComparison.OrdinalIgnoreCase) == true));
        records = Ordered(records, Value(lookup["order"]));
        var found = records.Skip(Numbers.Count(Value(lookup["skip"]), 0)).Take(Numbers.Count(Value(lookup["limit"]), int.MaxValue)).ToList();
        var values = found.Select(r => lookup["as"] is { } each
            ? NestedRows.In(lookup, Values.ToNode(Of(r).Value(each)), Of(r))
            : Values.ToNode(field is null ? store.KeyOf(r) : r[field])).ToList();
        // PHP writes a map without entries as a list.
        return JsonValues.Text(lookup["key"]) is { } key && found.Count > 0
            ? new JsonObject(found.Zip(values, (r, v) => KeyValuePair.Create(Values.Text(r[key]) ?? "", v)).DistinctBy(static m => m.Key))
            : new JsonArray([.. values]);
    }

    /// <summary>The field that a lookup takes; parameters may name it.</summary>
    private string? Taken(JsonObject lookup) => Values.Text(Value(lookup["take"]));

    private Expression Of(Record found) => new(store, context) { Record = Record, Found = found };

    private IEnumerable<Record> Among(RecordTable table, JsonObject lookup) =>
        lookup["filter"] is JsonObject filter ? new RecordQuery(store.Specs.Profile(), table, null).Find(Value(filter) as JsonNode, null) : table.Records;

    /// <summary>A field that a parameter names is only looked for: names of callers make no columns.</summary>
    private int ColumnOf(RecordTable table, string name) =>
        name.Contains('{', StringComparison.Ordinal) ? table.Columns.Find(Values.Text(Value(name)) ?? "") : table.Columns.Declare(name);

    private static HashSet<string> Wanted(object? value, Func<string, string> fold) => value switch
    {
        JsonArray list => [.. list.Select(i => fold(JsonValues.Text(i is JsonObject item ? item["VALUE"] : i) ?? ""))],
        _ => [fold(Values.Text(value) ?? "")],
    };

    /// <summary>Without the lists that nothing is in; PHP writes an object without members as a list.</summary>
    private JsonNode Filled(JsonObject members)
    {
        var filled = members.Where(static m => m.Key != OmitEmpty).Select(m => KeyValuePair.Create(m.Key, Values.ToNode(Value(m.Value))))
            .Where(static m => m.Value is not JsonArray { Count: 0 }).ToList();
        return filled.Count == 0 ? new JsonArray() : new JsonObject(filled);
    }

    /// <summary>An empty text stands for nothing.</summary>
    private static bool IsOneOf(object? value, JsonNode? wanted) => (wanted is JsonArray any ? any : [wanted?.DeepClone()]).Any(w =>
        Values.IsNothing(Values.From(w)) ? Values.IsNothing(value) || value is JsonObject { Count: 0 } : Values.Same(value, Values.From(w)));

    /// <summary>The sum over the records of a store, for each the product of the named fields.</summary>
    private object Sum(JsonObject lookup, JsonArray factors)
    {
        var table = store.Named(Values.Text(Value(lookup["list"])) ?? "");
        var wanted = (lookup["where"] as JsonObject ?? []).Select(w => (table.Columns.Declare(w.Key), Value(w.Value))).ToList();
        var sum = table.Matching(wanted).Sum(r => factors.Aggregate(1.0, (product, f) =>
            product * (JsonValues.TryNumber(Values.Text(r[JsonValues.Text(f) ?? ""]) ?? "", out var number) ? number : 0)));
        return double.IsInteger(sum) && Math.Abs(sum) < long.MaxValue ? (long)sum : double.IsFinite(sum) ? Math.Round(sum, MoneyDigits) : 0L;
    }

    private object? Look(JsonObject lookup)
    {
        if (Find(lookup) is { } record)
            return lookup["as"] is { } form ? new Expression(store, context) { Record = Record, Found = record }.Value(form) : record[Taken(lookup) ?? "ID"];
        return lookup.ContainsKey("else") ? Value(lookup["else"]) : null;
    }

    private object? Filled(string text)
    {
        if (text[0] == '{' && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1)
            return Filling(text[1..^1]);
        var filled = new StringBuilder();
        var at = 0;
        while (text.IndexOf('{', at) is >= 0 and var open && text.IndexOf('}', open) is > 0 and var close)
        {
            filled.Append(text, at, open - at).Append(Values.Text(Filling(text[(open + 1)..close])));
            at = close + 1;
        }

        return filled.Append(text, at, text.Length - at).ToString().Trim();
    }

    /// <summary>The first alternative that is something.</summary>
    private object? Filling(string name) => name.Split('|').Select(One).FirstOrDefault(static value => value is not null && !Values.IsNothing(value));

    private object? One(string name) => name.Length == 0 ? null : name[0] switch
    {
        '#' => Fact(name[1..]),
        '$' => Parameter(name[1..]),
        '@' => name.Length == 2 && name[1] == '*' ? Found?.ToJson() : Of(Found, name[1..]),
        '=' => name[1..],
        '?' => Values.IsNothing(One(name[1..])) ? "N" : "Y",
        '^' when name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon => TextForm.Prefixed(name[1..colon], Values.Text(One(name[(colon + 1)..]))),
        _ => Of(Record, name),
    };

    /// <summary>A field of a record, or what is deeper in it: <c>EMAIL.0.VALUE</c>.</summary>
    private static object? Of(Record? record, string path) =>
        record is null || path.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var dot) ? record?[path] : Deep(Values.ToNode(record[path[..dot]]), path[(dot + 1)..]);

    private static object? Deep(JsonNode? node, string path) => Values.From(path.Split('.').Aggregate(node, static (at, step) => at switch
    {
        JsonObject members => JsonValues.Member(members, step),
        JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
        _ => null,
    }));

    private object? Parameter(string path)
    {
        JsonNode? node = context.Parameters;
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node switch
            {
                JsonObject members when step == "*" => new JsonArray([.. members.SelectMany(static m => m.Value is JsonArray list ? list.ToList() : [m.Value]).Select(static v => v?.DeepClone())]),
                JsonObject members => JsonValues.Member(members, step)
                    ?? members.FirstOrDefault(m => Columns.Fold(m.Key) == Columns.Fold(step)).Value,
                JsonArray list when step[0] == '+' && int.TryParse(step, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var skipped) =>
                    new JsonArray([.. list.Skip(skipped).Select(static i => i?.DeepClone())]),
                JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return Values.From(node);
    }

    private object? Fact(string name) => name switch
    {
        "now" => context.Now,
        "today" => new DateTimeOffset(context.Now.Date, context.Now.Offset),
        var days when days.StartsWith("days:", StringComparison.Ordinal) => Numbers.Day(context.Now, days["days:".Length..]),
        "stamp" => context.Now.ToUnixTimeSeconds(),
        "user" => (long)context.UserId,
        "app" => context.AppCode,
        "url" => store.PortalUrl,
        "result" => Result,
        "item" => Item,
        "at" => At,
        var outer when outer.StartsWith("outer:", StringComparison.Ordinal) => Outer?.Fact(outer["outer:".Length..]),
        var member when member.StartsWith("item.", StringComparison.Ordinal) => Deep(Item as JsonNode, member["item.".Length..]),
        "uuid" => store.NextUuid(),
        var code when code.StartsWith("event:", StringComparison.Ordinal) =>
            CodeRule.IsKnown(store.Specs, SpecSet.DefaultApi, CodeKind.Event, Values.Text(One(code["event:".Length..])) ?? "") ? "Y" : "N",
        var counter when counter.StartsWith("count:", StringComparison.Ordinal) => store.NextOf(counter),
        var counted when counted.StartsWith("length:", StringComparison.Ordinal) => (long)(Values.Text(One(counted["length:".Length..]))?.Length ?? 0),
        var sized when sized.StartsWith("size:", StringComparison.Ordinal) => (long)(Values.ToNode(One(sized["size:".Length..]))?.ToJsonString().Length ?? 0),
        var file when file.StartsWith("extension:", StringComparison.Ordinal) => Path.GetExtension(Values.Text(One(file["extension:".Length..])) ?? "").TrimStart('.'),
        var content when content.StartsWith("bytes:", StringComparison.Ordinal) => FileContent.SizeOf(One(content["bytes:".Length..])),
        var content when content.StartsWith("content:", StringComparison.Ordinal) => FileContent.KindOf(Values.Text(One(content["content:".Length..]))),
        var division when division.StartsWith("quotient:", StringComparison.Ordinal) => Numbers.Quotient(Record, division.Split(':')),
        var moment when moment.StartsWith("stamp:", StringComparison.Ordinal) => Numbers.Stamp(Record, moment.Split(':')),
        var moment when moment.StartsWith("moment:", StringComparison.Ordinal) => Numbers.Moment(One(moment["moment:".Length..])),
        var part when part.StartsWith("contains:", StringComparison.Ordinal) && part.Split(':') is [_, var sought, var text] =>
            Values.Text(One(text))?.Contains(sought, StringComparison.Ordinal) == true ? "Y" : "N",
        var moment when moment.StartsWith("date:", StringComparison.Ordinal) => Numbers.Date(One(moment["date:".Length..])),
        var range when range.StartsWith("range:", StringComparison.Ordinal) => AddressRange.Fact([.. range.Split(':').Skip(1).Select(n => Values.Text(One(n)))]),
        var two when two.StartsWith("compare:", StringComparison.Ordinal) && two.LastIndexOf(':') is > 8 and var middle =>
            Numbers.Compare(One(two["compare:".Length..middle]), One(two[(middle + 1)..])),
        var field when field.StartsWith("hex:", StringComparison.Ordinal) => (Record?[field["hex:".Length..]] as long?)?.ToString("x", CultureInfo.InvariantCulture),
        var field when field.StartsWith("next:", StringComparison.Ordinal) =>
            (long.TryParse(Values.Text(Record?[field["next:".Length..]]), NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0) + 1,
        "key" => Record is { } record ? store.KeyOf(record) : null,
        "webhook" => context.ByWebhook ? "Y" : "N",
        "true" => true,
        "false" => false,
        _ => null,
    };
}

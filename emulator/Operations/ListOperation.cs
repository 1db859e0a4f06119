using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Answers lists: filtered, ordered, a page at a time.</summary>
internal sealed class ListOperation(RecordReader reader, ResultShape results, StoreUse use)
{
    public Success Run(MethodCall call)
    {
        var table = call.Table!;
        // Of what no method makes, nothing is kept: a list of it can only have the documented form.
        if (table.Records.Count == 0 && call.Form is not null && !use.IsMade(table))
            return (IsBeyondFirst(call) ? new Success(Wrapped(call, call.Form, table, [], [])) : results.Made(call)) with { ShapeOnly = true };
        var query = new RecordQuery(call.Profile, table, call.ViewType?.Spec);
        var condition = WithUsual(call, table, Condition(call, table));
        var found = query.Find(condition, SortOrder.Read(Order(call), call.Parameters), call.Where);
        // A parameter filters by a field that the filter itself may not have.
        var named = IsOlder(call) ? null : new RecordFilter(call.Profile, table.Columns, null).Compile(Named(call, table));
        if (named is not null)
            found = found.Where(named);
        foreach (var (name, fields) in call.State.Search ?? new Dictionary<string, JsonNode?>())
        {
            if (JsonValues.Text(call.Member(name)) is { Length: > 0 } text)
                found = found.Where(r => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
                    (fields as JsonArray ?? []).Any(f => Values.Text(r[JsonValues.Text(f) ?? ""])?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)));
        }

        if (call.State.GroupBy is { } grouped && Fields(call.Expression.Value("{$" + grouped + "}")) is { Count: > 0 } by)
            found = found.DistinctBy(r => string.Join('\n', by.Select(name => Values.Text(r[name]))), StringComparer.Ordinal);
        if (call.State.Occurs is { } occurs)
            found = new Occurrences(occurs, call).Of(found);
        if (call.Method.Paging == Paging.Cursor && call.Parameters["cursor"] is JsonObject cursor)
            found = After(cursor, found);
        var page = ListPage.Of(call);
        page = page with { Skip = page.Skip + Number(call, call.State.Skip, 0) };
        int? total = null;
        if (page.Counted && named is null && call.State is { Search: null, GroupBy: null } && call.Method.Paging != Paging.Cursor && query.IsEverything(condition, call.Where))
        {
            total = table.Records.Count;
        }
        else if (page.Counted)
        {
            var all = found.ToList();
            total = all.Count;
            found = all;
        }

        var select = new Selection(call.Argument(View.Select) ?? call.State.Plain)
        {
            IsFixed = !call.CanSelect || (call.State.Own && call.Argument(View.Select) is null),
            Asked = call.Asked,
            Parts = (call.State.Part ?? new Dictionary<string, JsonNode?>()).ToDictionary(static p => p.Key, p => Values.Text(call.Expression.Value(p.Value)), StringComparer.Ordinal),
        };
        var listed = call.Form is { Kind: AnswerForm.Kinds.List or AnswerForm.Kinds.Object } form ? form : null;
        var rowForm = listed?.Item ?? listed?.RowsMember()?.Value.Item ?? (call.State.Do == OperationRunner.GetOrList ? listed : null);
        var shape = reader.Shape(table, results.Rows(call), call.Method.Api, rowForm is { Kind: AnswerForm.Kinds.Object } ? rowForm : null, call.WantsOwnNames);
        // Only the older protocol's lists come as text from the database.
        var keysAsText = call.Profile.Envelope.Style == EnvelopeKind.Bitrix24;
        var records = found.Skip(page.Skip).Take(Math.Min(page.Take, Number(call, call.State.Limit, int.MaxValue))).ToList();
        if (keysAsText && call.State.Take is null && rowForm is not { Kind: not (AnswerForm.Kinds.Object or AnswerForm.Kinds.List) } && shape.IsSelfContained && ListPath(call, listed) is { } path)
        {
            var rendered = new byte[records.Count][];
            for (var i = 0; i < rendered.Length; i++)
                rendered[i] = reader.RenderedRow(shape, records[i], call.Context, select, keysAsText);
            return Paged(call, page, Success.Of(new RenderedResult(path, rendered, IsList: true)), rendered.Length, total, found);
        }

        var rows = call.State.Take is { } field ? [.. records.Select(r => Values.ToNode(r[field]))]
            : rowForm is { Kind: not (AnswerForm.Kinds.Object or AnswerForm.Kinds.List) } scalar ? [.. records.Select(r => scalar.Write(table.KeyOf(r)))]
            : records.Select(r => (JsonNode?)reader.Row(shape, r, call.Context, select, keysAsText)).ToArray();
        return Paged(call, page, new Success(Wrapped(call, listed, table, records, rows)), rows.Length, total, found);
    }

    /// <summary>Of <c>total</c>: only where the call wants one.</summary>
    private const string Counted = "counted";

    /// <summary>The answer with its numbers of records.</summary>
    private static Success Paged(MethodCall call, ListPage page, Success success, int rows, int? total, IEnumerable<Record> found)
    {
        if (!page.Counted && call.Method.Paging is not (Paging.Start or Paging.Limit or Paging.Link))
            return success;
        var next = page.Skip + rows;
        // Uncounted, the older protocol answers 0; VibeCode still says whether there is more.
        if (call.Method.Paging == Paging.Limit && !page.Counted)
            return success with { Next = rows > 0 && found.Skip(next).Any() ? next : null };
        // Some pages say that there is no total then.
        if (!page.Counted && JsonValues.Text(call.State.Total) == Counted)
            return success;
        return success with { Total = (call.State.Total is JsonValue said && said.TryGetValue<int>(out var always) ? always : total) ?? 0, Next = next < total && rows > 0 ? next : null };
    }

    /// <summary>The call asks for what follows the first record: a made-up row there would never let a client come to an end.</summary>
    private static bool IsBeyondFirst(MethodCall call)
    {
        if (ListPage.Of(call).Skip > 0 || (call.Parameters["cursor"] as JsonObject)?["value"] is not null)
            return true;
        return call.Argument(View.Filter) switch
        {
            JsonObject members => members.Any(static m => m.Key.Length > 1 && m.Key[0] == '>' && m.Key.TrimStart('>', '=').Equals("id", StringComparison.OrdinalIgnoreCase)),
            JsonArray conditions =>
                conditions.OfType<JsonArray>().Any(static c =>
                    c.Count == 3 && JsonValues.Text(c[1]) is ">" or ">=" && JsonValues.Text(c[0])?.Equals("id", StringComparison.OrdinalIgnoreCase) == true),
            _ => false,
        };
    }

    /// <summary>A number that the state says for a call.</summary>
    public static int Number(MethodCall call, JsonNode? said, int otherwise) =>
        said is not null && JsonValues.TryNumber(Values.Text(call.Expression.Value(said)) ?? "", out var number) && number > 0 ? (int)Math.Min(number, int.MaxValue) : otherwise;

    private static List<string> Fields(object? value) => value switch
    {
        JsonArray list => [.. list.Select(JsonValues.Text).OfType<string>()],
        string name => [name],
        _ => [],
    };

    private static bool IsOlder(MethodCall call) => call.Profile.Envelope.Style == EnvelopeKind.Bitrix24;

    private static JsonNode? Order(MethodCall call) =>
        call.Argument(View.Order) is { } asked && !JsonValues.IsNothing(asked) ? asked
        : call.State.Order is { } usual ? new JsonObject(usual.Select(static o => KeyValuePair.Create(o.Key, o.Value?.DeepClone())))
        : call.Argument(View.Order);

    /// <summary>The filter, and parameters that are called as fields are.</summary>
    private static JsonNode? Condition(MethodCall call, RecordTable table)
    {
        var filter = call.Argument(View.Filter);
        if (filter is JsonObject members && members.Any(m => IsElsewhere(call, m.Key)))
            filter = new JsonObject(members.Where(m => !IsElsewhere(call, m.Key)).Select(static m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        if (!IsOlder(call) || Named(call, table) is not { } condition)
            return filter;
        foreach (var (name, value) in Whole(filter))
            condition[name] = value?.DeepClone();
        return condition;
    }

    /// <summary>The condition, and those on fields that it does not name.</summary>
    private static JsonNode? WithUsual(MethodCall call, RecordTable table, JsonNode? condition)
    {
        if (call.State.Usual is not { } usual || condition is JsonArray)
            return condition;
        var reader = new RecordFilter(call.Profile, table.Columns, null);
        var asked = (condition as JsonObject ?? []).Select(m => Columns.Fold(reader.Parse(m.Key).Field)).ToHashSet(StringComparer.Ordinal);
        var whole = (JsonObject)Whole(condition).DeepClone();
        foreach (var (name, value) in usual.Where(u => !asked.Contains(Columns.Fold(reader.Parse(u.Key).Field))))
            whole[name] = Values.ToNode(call.Expression.Value(value));
        return whole;
    }

    /// <summary>A filter to which conditions can be added: one that joins its own by OR becomes one of them.</summary>
    private static JsonObject Whole(JsonNode? filter) => filter switch
    {
        JsonObject members when RecordQuery.IsAlternative(members) => new JsonObject { ["0"] = members.DeepClone() },
        JsonObject members => members,
        _ => [],
    };

    /// <summary>A name in the filter that is searched for, or stands for other conditions.</summary>
    private static bool IsElsewhere(MethodCall call, string name) =>
        (call.State.Search?.Keys ?? []).Concat((call.State.Bounds ?? new Dictionary<string, JsonNode?>()).Where(static b => b.Value is JsonObject).Select(static b => b.Key))
            .Any(s => s.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Of the older protocol's lists the parameters that are called as fields are; of all, those that the state names.</summary>
    private static JsonObject? Named(MethodCall call, RecordTable table)
    {
        JsonObject? condition = null;
        foreach (var (name, value) in call.Parameters)
        {
            var chosen = call.State.FilterBy is { } by
                ? by.Contains(name, StringComparer.OrdinalIgnoreCase)
                : IsOlder(call) && !MethodBinding.IsQuery(name) && call.State.Search?.ContainsKey(name) != true && call.Method.Params.All(p => p.As is null || p.Name != name);
            if (chosen && value is JsonValue or JsonArray && table.Columns.Find(name) >= 0 && !Values.IsNothing(Values.From(value)))
                (condition ??= [])[name] = value?.DeepClone();
        }

        foreach (var (name, bound) in call.State.Bounds ?? new Dictionary<string, JsonNode?>())
        {
            if (bound is JsonObject conditions && !JsonValues.IsNothing(call.Member(name)))
            {
                foreach (var (field, wanted) in conditions)
                    (condition ??= [])[field] = Values.ToNode(call.Expression.Value(wanted));
            }
            else if (call.Member(name) is JsonValue limit && !JsonValues.IsNothing(limit) && JsonValues.Text(bound) is { } key)
                (condition ??= [])[key] = limit.DeepClone();
        }

        return condition;
    }

    /// <summary>The names around the rows, where the answer is a list and nothing else; null: it has more, or is an object by key.</summary>
    private static IReadOnlyList<string>? ListPath(MethodCall call, AnswerForm? form)
    {
        string[] path = call.Method.Result?.At?.Split('.') ?? [];
        if (form is null or { Kind: AnswerForm.Kinds.List } || call.Method.Result?.Type.Kind == TypeKind.Array || call.State.Do == OperationRunner.GetOrList)
            return path;
        return form is { Item: null, Members: [{ Value.Kind: AnswerForm.Kinds.List } only] } && form.RowsMember() is not null ? [.. path, only.Key] : null;
    }

    /// <summary>The rows as the documentation shows them: a list, or an object by key.</summary>
    private static JsonNode? Wrapped(MethodCall call, AnswerForm? form, RecordTable table, List<Record> records, JsonNode?[] rows)
    {
        if (form is { Kind: AnswerForm.Kinds.Object, Item: not null } && call.Method.Result?.Type.Kind != TypeKind.Array)
        {
            var map = new JsonObject();
            for (var i = 0; i < rows.Length; i++)
                map[Values.Text(call.State.By is { } by ? records[i][by] : table.KeyOf(records[i])) ?? ""] = rows[i];
            return ResultShape.At(call.Method.Result, rows.Length == 0 ? new JsonArray() : map);
        }

        if (form?.RowsMember() is not { } member || call.State.Do == OperationRunner.GetOrList || call.Method.Result?.Type.Kind == TypeKind.Array)
            return ResultShape.At(call.Method.Result, new JsonArray(rows));
        var wrapped = new JsonObject();
        foreach (var (name, other) in form.Members)
        {
            wrapped[name] = name != member.Key ? call.State.Beside?.TryGetValue(name, out var beside) == true ? other.Complete(Values.ToNode(call.Expression.Value(beside))) : other.Write(null)
                : other.Kind == AnswerForm.Kinds.List ? new JsonArray(rows)
                // PHP writes a map without entries as a list.
                : rows.Length == 0 ? new JsonArray()
                : new JsonObject(rows.Select((row, i) => KeyValuePair.Create(Values.Text(table.KeyOf(records[i])) ?? "", row)));
        }

        return ResultShape.At(call.Method.Result, wrapped);
    }

    /// <summary>The records beyond the cursor's value, in its order.</summary>
    private static IEnumerable<Record> After(JsonObject cursor, IEnumerable<Record> records)
    {
        var field = JsonValues.Text(cursor["field"]) ?? "id";
        var from = Scalar.Of((object?)cursor["value"]);
        return JsonValues.Text(cursor["order"])?.StartsWith("desc", StringComparison.OrdinalIgnoreCase) == true
            ? records.Where(r => Scalar.Of(r[field]).CompareTo(from) < 0).OrderByDescending(r => Scalar.Of(r[field]))
            : records.Where(r => Scalar.Of(r[field]).CompareTo(from) > 0).OrderBy(r => Scalar.Of(r[field]));
    }
}

using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Most methods pass over names of a filter or an order that they do not know; state files say which refuse them.</summary>
internal static class QueryRules
{
    private const string UnknownFilter = "unknownFilter";
    private const string UnknownSelect = "unknownSelect";
    private const string UnknownOrder = "unknownOrder";
    private const string Filter = "filter";
    private const string Direction = "orderDirection";

    private static readonly string[] Directions = ["ASC", "DESC"];

    public static IEnumerable<SpecViolation> Check(MethodCall call)
    {
        foreach (var missing in Wanted(call))
            yield return missing;
        if (call.Table is not { } table || call.State.Errors is not { } errors)
            yield break;
        if (errors.GetValueOrDefault(UnknownFilter) is JsonArray ofFilter && call.Argument(View.Filter) is JsonObject filter)
        {
            var reader = new RecordFilter(call.Profile, table.Columns, call.ViewType?.Spec);
            var unknown = filter.Select(m => reader.Parse(m.Key).Field).FirstOrDefault(name =>
                !name.Equals("logic", StringComparison.OrdinalIgnoreCase) && !name.All(char.IsAsciiDigit) && !IsKnown(table, name));
            if (unknown is not null)
                yield return Violation(call, View.Filter, UnknownFilter, ofFilter, unknown, "");
        }

        if (errors.GetValueOrDefault(UnknownSelect) is JsonArray ofSelect && call.Argument(View.Select) is JsonArray select
            && select.Select(JsonValues.Text).OfType<string>().FirstOrDefault(n => !n.Contains('*', StringComparison.Ordinal) && !IsKnown(table, n)) is { } unselected)
            yield return Violation(call, View.Select, UnknownSelect, ofSelect, unselected, "");
        if (call.Argument(View.Order) is not JsonObject order)
            yield break;
        if (errors.GetValueOrDefault(UnknownOrder) is JsonArray ofOrder && order.Select(static m => m.Key).FirstOrDefault(n => !IsKnown(table, n)) is { } field)
            yield return Violation(call, View.Order, UnknownOrder, ofOrder, field, "");
        if (errors.GetValueOrDefault(Direction) is JsonArray ofDirection
            && order.FirstOrDefault(static m => !Directions.Contains(JsonValues.Text(m.Value), StringComparer.OrdinalIgnoreCase)) is { Key: { } wrong, Value: var given })
            yield return Violation(call, View.Order, Direction, ofDirection, wrong, JsonValues.Text(given) ?? "");
    }

    /// <summary>Lists of REST 3.0 whose page requires a condition on a field.</summary>
    private static IEnumerable<SpecViolation> Wanted(MethodCall call)
    {
        if (call.Profile.Envelope.Style != EnvelopeKind.Bitrix24V3 || call.Operation != Operation.List)
            yield break;
        foreach (var meaning in call.Meanings.Where(static m => m is { Rule: "required", Names.Count: 1 } && m.About.Contains(Filter) && m.Names[0] != Filter))
        {
            if (!Conditions(call.Argument(View.Filter)).Contains(meaning.Names[0], StringComparer.Ordinal))
                yield return Violation(call, View.Filter, meaning.Rule, [meaning.Code, meaning.Text], meaning.Names[0], "");
        }
    }

    /// <summary>The fields that conditions are on.</summary>
    private static IEnumerable<string> Conditions(JsonNode? filter) => filter switch
    {
        JsonArray condition when JsonValues.Text(condition.FirstOrDefault()) is { } field => [field],
        JsonArray group => group.SelectMany(Conditions),
        JsonObject members when members["conditions"] is { } inner => Conditions(inner),
        _ => [],
    };

    private static bool IsKnown(RecordTable table, string name) =>
        UserFieldNames.Is(name) || table.Columns.Find(name) >= 0 || Columns.IsParent(name);

    private static SpecViolation Violation(MethodCall call, View view, string rule, JsonArray said, string field, string value)
    {
        var name = view.ToString();
        var parameter = call.Method.Params.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return call.Violation(rule, parameter?.Name ?? "", parameter is null ? [] : [parameter]) with
        {
            Rule = rule,
            Severity = RuleSeverity.Error,
            Code = JsonValues.Text(said[0]),
            Message = ErrorText.Filled(JsonValues.Text(said.ElementAtOrDefault(1)), field, value) ?? "",
        };
    }
}

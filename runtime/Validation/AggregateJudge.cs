using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Judges what an aggregate call computes: a sum, an average, a least and a greatest value are of numbers.</summary>
internal static class AggregateJudge
{
    private static readonly string[] s_ofNumbers = ["sum", "avg", "min", "max"];

    private static readonly FieldDescriptor s_number = new("", ValueKind.Decimal);

    public static void Judge(MethodDescriptor method, JsonElement parameters, Findings findings)
    {
        if (method.Operation != Operation.Aggregate
            || parameters.ValueKind != JsonValueKind.Object
            || Array.Find(method.Parameters.FieldArray, static p => p.As == View.Filter)?.Type is not { } records)
        {
            return;
        }

        foreach (var parameter in parameters.EnumerateObject())
        {
            if (parameter.Value.ValueKind != JsonValueKind.Array)
                continue;
            var index = 0;
            foreach (var item in parameter.Value.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Object && NotOfNumbers(item, records) is { } name)
                    findings.AddWithin(RuleIds.Type, "type", $"{parameter.Name}[{Place.Invariant(index)}].field", null, null, new(name, new(s_number)));
                index++;
            }
        }
    }

    /// <summary>
    /// The field of an aggregation of numbers, where it is known to hold none. Fields that no spec lists are the server's
    /// to judge, and so are texts of custom fields: they may be money, <c>1500.50|RUB</c>.
    /// </summary>
    private static string? NotOfNumbers(JsonElement item, TypeDescriptor records) =>
        item.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.String && s_ofNumbers.Contains(function.GetString())
        && item.TryGetProperty("field", out var field) && field.ValueKind == JsonValueKind.String && field.GetString() is { } name
        && records.Find(name) is { } known
        && (known.Kind is not (ValueKind.Int or ValueKind.Long or ValueKind.Double or ValueKind.Decimal or ValueKind.Json)
            || known.Has(FieldFlags.List) || known.Has(FieldFlags.Map))
        && !(known.Kind == ValueKind.String && !known.Has(FieldFlags.List) && !known.Has(FieldFlags.Map) && CustomField.IsName(name))
            ? name
            : null;
}

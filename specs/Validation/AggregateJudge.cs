using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Judges what an aggregate call computes: a sum, an average, a least and a greatest value are of numbers.</summary>
internal static class AggregateJudge
{
    private static readonly string[] OfNumbers = ["sum", "avg", "min", "max"];

    public static void Judge(SpecSet set, MethodSpec method, JsonObject parameters, Findings findings)
    {
        if (method.Operation != Operation.Aggregate
            || method.Params.FirstOrDefault(static p => p.As == View.Filter) is not { } filter
            || set.ResolveType(filter.Type, method.Api) is not { } records)
        {
            return;
        }

        foreach (var parameter in parameters.Properties)
        {
            var items = (parameter.Value as JsonArray)?.Items ?? [];
            for (var i = 0; i < items.Count; i++)
            {
                if (items[i] is JsonObject item && NotOfNumbers(item, records) is { } name)
                {
                    findings.AddWithin(
                        RuleIds.Type, "type", $"{parameter.Name}[{ValuePlace.Invariant(i)}].field", null, null, name.Range,
                        new(name.Value, new(TypeKind.Decimal)));
                }
            }
        }
    }

    /// <summary>
    /// The field of an aggregation of numbers, where it is known to hold none. Fields that no spec lists are the server's
    /// to judge, and so are texts of custom fields: they may be money, <c>1500.50|RUB</c>.
    /// </summary>
    private static JsonString? NotOfNumbers(JsonObject item, TypeSpec records) =>
        item.TryGet("function", out var function) && function is JsonString { Value: var word } && OfNumbers.Contains(word)
        && item.TryGet("field", out var field) && field is JsonString name
        && records.Fields.FirstOrDefault(f => f.Name == name.Value) is { } known
        && known.Type.Kind is not (TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal or TypeKind.Json)
        && !(known.Type.Kind == TypeKind.String && CustomField.IsName(name.Value))
            ? name
            : null;
}

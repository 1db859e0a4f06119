using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates what an aggregate call computes: a sum, an average, a least and a greatest value are of numbers.</summary>
internal static class AggregateValidator
{
    private static readonly string[] OfNumbers = ["sum", "avg", "min", "max"];

    public static void Validate<TValue>(ValidationContext<TValue> context, TValue parameters)
        where TValue : struct, IRuleValue<TValue>
    {
        var method = context.Method;
        if (method.Operation != Operation.Aggregate
            || parameters.Form != ValueForm.Object
            || Array.Find(method.Parameters.FieldArray, static p => p.As == View.Filter)?.Type is not { } records)
        {
            return;
        }

        var first = context.Values.Count;
        parameters.AddMembers(context.Values);
        var end = context.Values.Count;
        for (var i = first; i < end; i++)
        {
            var parameter = context.Values[i];
            if (parameter.Form != ValueForm.List)
                continue;
            parameter.AddItems(context.Values);
            for (var item = end; item < context.Values.Count; item++)
            {
                if (NotOfNumbers(context.Values[item], records) is { } name)
                    Add(context, parameter.Name, item - end, name);
            }

            context.Values.RemoveRange(end, context.Values.Count - end);
        }

        context.Values.RemoveRange(first, end - first);
    }

    private static void Add<TValue>(ValidationContext<TValue> context, string parameter, int item, TValue name)
        where TValue : struct, IRuleValue<TValue>
    {
        context.PushStep(parameter);
        context.PushStep(null, item);
        context.PushStep("field");
        context.AddWithin(RuleIds.Type, "type", null, name, new(name.Text, Shape.Number));
        context.Pop();
        context.Pop();
        context.Pop();
    }

    /// <summary>
    /// The field of an aggregation of numbers, where it is known to hold none. Fields that no spec lists are the server's
    /// to refuse, and so are texts of custom fields: they may be money, <c>1500.50|RUB</c>.
    /// </summary>
    private static TValue? NotOfNumbers<TValue>(TValue item, TypeDescriptor records)
        where TValue : struct, IRuleValue<TValue>
    {
        if (item.Form != ValueForm.Object
            || !item.TryMember("function", out var function) || function.Form != ValueForm.Text || !OfNumbers.Any(function.TextIs)
            || !item.TryMember("field", out var name) || name.Form != ValueForm.Text
            || records.Find(name.Text) is not { } field)
        {
            return null;
        }

        var isSingle = !field.Has(FieldFlags.List) && !field.Has(FieldFlags.Map);
        if (isSingle && field.Kind is ValueKind.Int or ValueKind.Long or ValueKind.Double or ValueKind.Decimal or ValueKind.Json)
            return null;
        return isSingle && field.Kind == ValueKind.String && CustomField.IsName(field.Name) ? null : name;
    }
}

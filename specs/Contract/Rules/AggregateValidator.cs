using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates what an aggregate call computes: fields that there are, and of numbers where it sums.</summary>
internal static class AggregateValidator
{
    private const string Field = "field";
    private const string Function = "function";

    private static readonly string[] OfNumbers = ["sum", "avg", "min", "max"];

    public static void Validate<TValue>(ValidationContext<TValue> context, TValue parameters)
        where TValue : struct, IRuleValue<TValue>
    {
        var method = context.Method;
        if (method.Operation != Operation.Aggregate
            || parameters.Form != ValueForm.Object
            || Array.Find(method.Parameters.FieldArray, static p => p.As == View.Filter)?.Type is not { FieldArray.Length: > 0 } records)
        {
            return;
        }

        foreach (var parameter in method.Parameters.FieldArray)
        {
            if (parameter.Type?.Find(Function) is null || !parameters.TryMember(parameter.Name, out var list) || list.Form != ValueForm.List)
                continue;
            var first = context.Values.Count;
            list.AddItems(context.Values);
            var count = context.Values.Count - first;
            for (var i = 0; i < count; i++)
            {
                context.Push(parameter, null);
                context.PushItem(i);
                ValidateItem(context, context.Values[first + i], records);
                context.Pop();
                context.Pop();
            }

            context.Values.TrimTo(first);
        }
    }

    /// <summary>
    /// Custom fields that no spec lists are the server's to refuse, and so are texts of custom fields: they may be money,
    /// <c>1500.50|RUB</c>.
    /// </summary>
    private static void ValidateItem<TValue>(ValidationContext<TValue> context, TValue item, TypeDescriptor records)
        where TValue : struct, IRuleValue<TValue>
    {
        if (item.Form != ValueForm.Object || !item.TryMember(Field, out var name) || name.Form != ValueForm.Text)
            return;
        var text = name.Text;
        context.PushStep(Field);
        if (records.Find(text) is { } field)
        {
            if (item.TryMember(Function, out var function) && function.Form == ValueForm.Text && OfNumbers.Any(function.TextIs) && !IsSummable(field))
                context.AddWithin(RuleIds.Type, "summable", null, name, new(text, new(field)));
        }
        else if (CustomField.IsInOtherCase(text, records, context.Method.Api))
        {
            var camel = CustomField.CamelCase(text);
            context.AddWithin(RuleIds.UnknownField, "camelCase", null, name, new(text, Value: camel), camel);
        }
        else if (!CustomField.MayStand(text, records, context.Method.Api))
        {
            var known = records.FieldArray.Where(static f => !f.Has(FieldFlags.NotFilterable)).Select(static f => f.Name).ToList();
            var suggestion = context.Nearest(text, known);
            context.AddWithin(RuleIds.UnknownField, "property", null, name, new(text, List: string.Join(", ", known)), suggestion);
        }

        context.Pop();
    }

    private static bool IsSummable(FieldDescriptor field) =>
        !field.Has(FieldFlags.List) && !field.Has(FieldFlags.Map)
        && (field.Kind is ValueKind.Int or ValueKind.Long or ValueKind.Double or ValueKind.Decimal or ValueKind.Json
            || (field.Kind == ValueKind.String && CustomField.IsName(field.Name)));
}

using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates the names of fields in filter, select and order.</summary>
/// <typeparam name="TValue">The adapter of values.</typeparam>
internal sealed class NameValidator<TValue>(ValidationContext<TValue> context)
    where TValue : struct, IRuleValue<TValue>
{
    private const string Property = "property";

    private static readonly char[] NotInNames = ['<', '>', '=', '!', '%', '@', '?', '~', '$', ' ', ',', '\'', '"'];

    // Some servers refuse names that they do not know, and look names up in related records.
    private bool KnowsProperties => context.Method.Api.RuleErrors.Any(static e => e.Rule == Property);

    private StringComparison Comparison =>
        context.Method.QueryCase is NameCase.Free or NameCase.Any ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Validates a name; false: there is nothing more to validate.</summary>
    /// <param name="type">The type of the records.</param>
    /// <param name="name">The name, which may lead into a related record by a dot.</param>
    /// <param name="not">The flag of fields that may not stand there.</param>
    /// <param name="value">What has the name, or is it.</param>
    /// <param name="atName">It has the name.</param>
    /// <param name="mark">What stands before it.</param>
    public bool Validate(TypeDescriptor type, string name, FieldFlags not, TValue value, bool atName, string mark = "")
    {
        // A type without fields is one nobody has described.
        if (type.FieldArray.Length == 0)
            return false;
        var id = IdOf(not);
        var dot = name.IndexOf('.');
        var head = dot > 0 ? name.Substring(0, dot) : name;
        var field = Find(type, head, not == FieldFlags.NotSelectable);
        if (field is null && CustomField.MayStand(head, type, context.Method.Api) && !IsNoField(head, type, value))
            return true;
        if (field is null && CustomField.IsInOtherCase(head, type, context.Method.Api))
        {
            var camel = CustomField.CamelCase(head);
            context.AddWithin(id, "camelCase", type, value, new(head, Value: camel), mark + camel, atName);
            return true;
        }

        if (field is null)
        {
            var suggestion = context.Suggests ? Meant(name, type, not) : null;
            var rule = not != FieldFlags.NotSelectable && KnowsProperties ? Property : "unknown";
            context.AddWithin(id, rule, type, value, new(name, List: Known(type, not)), suggestion is null ? null : mark + suggestion, atName);
        }
        else if (context.Method.QueryCase == NameCase.Either && !string.Equals(field.Name, head, StringComparison.Ordinal))
        {
            context.AddWithin(id, "spelled", type, value, new(head, Value: field.Name), mark + field.Name, atName, RuleSeverity.Info);
        }
        else if (field.Has(not))
        {
            context.AddWithin(id, WordOf(not), type, value, new(name), atName: atName);
        }
        else if (dot > 0 && KnowsProperties)
        {
            return ValidateRelated(field, name.Substring(dot + 1), head, id, value, atName);
        }

        return field is not null;
    }

    /// <summary>The field of a name, in the case in which the server takes it.</summary>
    public FieldDescriptor? Find(TypeDescriptor type, string name, bool isSelected = false) =>
        type.IndexOf(name, Comparison) is var index and >= 0 ? type.FieldArray[index]
        // What is selected may be named as the answer spells it.
        : context.Method.QueryCase == NameCase.Snake ? Array.Find(type.FieldArray, f => Spelling.IsSnakeCase(name, f.Name))
        : context.Method.QueryCase is NameCase.Either or NameCase.Free || (isSelected && context.Method.QueryCase == NameCase.Any)
            ? Array.Find(type.FieldArray, f => Suggestion.HasSameLetters(f.Name, name))
            : null;

    /// <summary>
    /// Whether a name cannot be one that nobody has described: it is no name at all, one of a parameter that stands beside filter, select
    /// and order and has its value, or nearly that of a field.
    /// </summary>
    private bool IsNoField(string name, TypeDescriptor type, TValue value) =>
        Array.Exists(NotInNames, c => name.IndexOf(c) >= 0)
        || context.Method.Parameters.FieldArray.Any(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)
            && (p.As is null ? IsPaging(p) : value.Form is ValueForm.Object or ValueForm.List))
        || Suggestion.Slip(name, Slippery(name, type)) is not null;

    private bool IsPaging(FieldDescriptor parameter) => string.Equals(parameter.Name, context.Method.Paging.ToString(), StringComparison.OrdinalIgnoreCase);

    // Custom fields are the portal's own, as many as it likes: only those that every portal has are compared with.
    private static IEnumerable<string> Slippery(string name, TypeDescriptor type) =>
        type.FieldArray.Select(static f => f.Name).Where(f => !CustomField.IsName(name) || CustomField.IsName(f));

    /// <summary>What was probably meant: the operator that stands behind the name before it, or the nearest name.</summary>
    private string? Meant(string name, TypeDescriptor type, FieldFlags not)
    {
        var end = name.Length;
        while (end > 0 && Array.IndexOf(NotInNames, name[end - 1]) >= 0)
            end--;
        var bare = name.Substring(0, end);
        var mark = name.Substring(end).Trim();
        if (not == FieldFlags.NotFilterable && end > 0 && mark.Length > 0 && context.Method.Api.FilterOperators.Contains(mark)
            && (Find(type, bare)?.Name ?? (CustomField.MayStand(bare, type, context.Method.Api) ? bare : null)) is { } known)
        {
            return mark + known;
        }

        return Suggestion.Nearest(name, type.FieldArray.Where(f => !f.Has(not)).Select(static f => f.Name));
    }

    /// <summary>Validates the field of a related record that <c>responsible.name</c> leads to.</summary>
    private bool ValidateRelated(FieldDescriptor field, string name, string head, string id, TValue value, bool atName)
    {
        if (field is not { Kind: ValueKind.Object, Element: null, Type: { Open: false, Undescribed: false, FieldArray.Length: > 0 } related }
            || field.Has(FieldFlags.Map))
        {
            return true;
        }

        var dot = name.IndexOf('.');
        var own = dot > 0 ? name.Substring(0, dot) : name;
        if (Find(related, own) is { } inner)
            return dot <= 0 || ValidateRelated(inner, name.Substring(dot + 1), $"{head}.{own}", id, value, atName);
        var suggestion = context.Nearest(own, related.FieldArray.Select(static f => f.Name));
        context.AddWithin(id, Property, related, value, new(own), suggestion is null ? null : $"{head}.{suggestion}", atName);
        return false;
    }

    private static string Known(TypeDescriptor type, FieldFlags not) => string.Join(", ", type.FieldArray.Where(f => !f.Has(not)).Select(static f => f.Name));

    private static string IdOf(FieldFlags not) => not switch
    {
        FieldFlags.NotFilterable => RuleIds.Filter,
        FieldFlags.NotSelectable => RuleIds.Select,
        _ => RuleIds.Order,
    };

    private static string WordOf(FieldFlags not) => not switch
    {
        FieldFlags.NotFilterable => "filterable",
        FieldFlags.NotSelectable => "selectable",
        _ => "sortable",
    };
}

using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Judges the parameters of one call: names, flags, presence; see <see cref="ValueRules"/> for the values.</summary>
internal sealed class RequestJudge
{
    private readonly MethodDescriptor _method;
    private readonly Findings _findings;
    private readonly ValueRules _rules;
    private readonly QueryJudge _query;
    private readonly bool _anyCase;

    public RequestJudge(MethodDescriptor method, Findings findings)
    {
        _method = method;
        _findings = findings;
        _rules = new(findings);
        _query = new(method.Api, findings);
        _anyCase = method.AnyNameCase ?? method.Api.AnyNameCase;
    }

    public void Judge(JsonElement parameters)
    {
        if (!WireValue.IsObject(parameters))
        {
            _findings.AddWithin(RuleIds.Type, "type", "", null, null, new("parameters", new(s_parameters)));
            return;
        }

        var unknown = Unknown(parameters, _method.Parameters, isParameters: true);
        if (!_method.OpenParameters)
            JudgeNames(unknown, _method.Parameters, null, isParameters: true);
        JudgeFields(new(parameters, _anyCase ? unknown : null), _method.Parameters, null, View.Create, isParameters: true);
        AggregateJudge.Judge(_method, parameters, _findings);
    }

    private static readonly FieldDescriptor s_parameters = new("parameters", ValueKind.Object);

    private List<string>? Unknown(JsonElement value, TypeDescriptor type, bool isParameters = false)
    {
        List<string>? unknown = null;
        if (value.ValueKind != JsonValueKind.Object)
            return unknown;
        var next = 0;
        foreach (var property in value.EnumerateObject())
        {
            if (!IsField(property, type.FieldArray, ref next)
                && !(isParameters ? _method.Api.CommonParameters.Contains(property.Name) : CustomField.MayStand(property.Name, type)))
            {
                (unknown ??= []).Add(property.Name);
            }
        }

        return unknown;
    }

    private void JudgeNames(List<string>? unknown, TypeDescriptor type, Place? place, bool isParameters = false)
    {
        if (unknown is null)
            return;
        var list = string.Join(", ", unknown);
        foreach (var name in unknown)
        {
            var path = Place.Join(place?.Path ?? "", name);
            _findings.AddWithin(RuleIds.Unknown, "unknown", path, place, isParameters ? null : type, new(name, List: list));
        }
    }

    // Names mostly come in the order of the type: the search begins after the last one found.
    private static bool IsField(JsonProperty property, FieldDescriptor[] fields, ref int next)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            var index = (next + i) % fields.Length;
            if (!property.NameEquals(fields[index].Utf8Name))
                continue;
            next = index + 1;
            return true;
        }

        return false;
    }

    private void JudgeFields(GivenMembers value, TypeDescriptor type, Place? around, View view, bool isParameters = false)
    {
        string? missing = null;
        foreach (var field in type.FieldArray)
        {
            var given = value.Find(field, out var name);
            var isGiven = given.ValueKind != JsonValueKind.Undefined;
            var lack = isGiven && !WireValue.IsNull(given) || view != View.Create ? null : Lacks(field, value, type);
            if (!isGiven && lack is null)
                continue;
            var place = new Place(field, isParameters ? null : type, around, name, around);
            if (isGiven && !MayWrite(field, view, place))
                continue;
            if (lack is null)
            {
                if (!WireValue.IsNull(given))
                    JudgeValue(new(field), given, place);
                continue;
            }

            missing ??= Missing(value, type);
            _findings.Add(lack, place, new(field.Name, Rules: field.Rules, List: lack == "oneOf" ? OneOf(field) : missing));
        }
    }

    private bool MayWrite(FieldDescriptor field, View view, Place place)
    {
        var rule = field.Has(FieldFlags.ReadOnly) ? "readOnly"
            : view != View.Update ? null
            : field.Rules?.Use is not null ? "use"
            : field.Has(FieldFlags.Immutable) ? "immutable"
            : null;
        if (rule is not null)
            _findings.Add(rule, place, new(field.Name, Rules: field.Rules));
        return rule is null;
    }

    private static string? Lacks(FieldDescriptor field, GivenMembers given, TypeDescriptor type)
    {
        if (field.Has(FieldFlags.ReadOnly) || IsGiven(given, field.Name, out var own)
            || (field.Has(FieldFlags.Nullable) && own.ValueKind == JsonValueKind.Null))
        {
            return null;
        }

        if (field.Has(FieldFlags.Required))
            return "required";
        if (field.Rules is not { } rules)
            return null;
        if (rules.RequiredIf is { } condition && IsGiven(given, condition.Field, out var decider)
            && (condition.Values.Length == 0 || condition.Values.Contains(decider.GetRawText())))
        {
            return "requiredIf";
        }

        return rules.OneOf.Length > 0 && !IsAnyGiven(given, rules.OneOf) && LeadsGroup(field, type) ? "oneOf" : null;
    }

    private static string Missing(GivenMembers given, TypeDescriptor type) =>
        string.Join(", ", type.FieldArray.Where(f => Lacks(f, given, type) is "required").Select(static f => f.Name));

    private static bool IsAnyGiven(GivenMembers siblings, string[] names) => Array.Exists(names, name => IsGiven(siblings, name, out _));

    // Every member of a group may name the others; the first of them speaks for all.
    private static bool LeadsGroup(FieldDescriptor field, TypeDescriptor type) => ReferenceEquals(
        Array.Find(type.FieldArray, f => ReferenceEquals(f, field)
            || ((f.Rules?.OneOf.Contains(field.Name) ?? false) && field.Rules!.OneOf.Contains(f.Name))),
        field);

    private static string OneOf(FieldDescriptor field) =>
        string.Join(", ", field.Rules!.OneOf.Where(other => other != field.Name).Prepend(field.Name).Select(static name => $"\"{name}\""));

    private static bool IsGiven(GivenMembers siblings, string name, out JsonElement value) =>
        siblings.TryGet(name, out value) && !WireValue.IsNull(value);

    private void JudgeValue(Shape shape, JsonElement value, Place place)
    {
        if (place.Field is { As: View.Filter or View.Select or View.Order, Type: { } queried })
        {
            _query.Judge(queried, value, place);
            return;
        }

        if (shape.IsList && (!shape.TakesOne || WireValue.Items(value) is not null))
        {
            if (WireValue.Items(value) is { } items)
                JudgeItems(shape.Element, items, value, place);
            else
                _findings.Add("type", place, new(place.Field.Name, shape));
        }
        else if (shape.IsMap)
        {
            JudgeMap(shape, value, place);
        }
        else if (shape.Field is { Kind: ValueKind.Object, Type: { } type })
        {
            JudgeObject(type, value, place);
        }
        else
        {
            _rules.JudgeScalar(shape, value, place);
        }
    }

    private void JudgeObject(TypeDescriptor type, JsonElement value, Place place)
    {
        if (!WireValue.IsObject(value))
        {
            _findings.Add("type", place, new(place.Field.Name, new(place.Field, Inner: true)));
            return;
        }

        _rules.JudgeCount(place, value);
        var unknown = Unknown(value, type);
        JudgeNames(unknown, type, place);
        JudgeFields(new(value, _anyCase ? unknown : null), type, place, place.Field.As == View.Update ? View.Update : View.Create);
    }

    private void JudgeMap(Shape shape, JsonElement value, Place place)
    {
        if (!WireValue.IsObject(value))
        {
            _findings.Add("type", place, new(place.Field.Name, shape));
            return;
        }

        _rules.JudgeCount(place, value);
        if (value.ValueKind != JsonValueKind.Object)
            return;
        foreach (var entry in value.EnumerateObject())
            JudgeItem(shape.Element, entry.Value, place.Entry(entry.Name));
    }

    private void JudgeItems(Shape element, List<JsonElement> items, JsonElement list, Place place)
    {
        _rules.JudgeCount(place, list);
        _rules.JudgeRepeats(place, items);
        for (var i = 0; i < items.Count; i++)
            JudgeItem(element, items[i], place.Item(i));
    }

    private void JudgeItem(Shape element, JsonElement value, Place place)
    {
        if (WireValue.IsNull(value) && element.Field.Kind != ValueKind.Json)
            _findings.Add("type", place, new(place.Field.Name, element));
        else
            JudgeValue(element, value, place);
    }
}

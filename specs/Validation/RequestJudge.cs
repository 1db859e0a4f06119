using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Judges the parameters of one call: names, flags, presence; see <see cref="ValueRules"/> for the values.</summary>
internal sealed class RequestJudge
{
    private readonly SpecSet _set;
    private readonly MethodSpec _method;
    private readonly ProfileSpec _profile;
    private readonly bool _anyCase;
    private readonly Findings _findings;
    private readonly ValueRules _rules;
    private readonly QueryJudge _query;

    public RequestJudge(SpecSet set, MethodSpec method)
    {
        _set = set;
        _method = method;
        _profile = set.Profile(method.Api);
        _anyCase = (method.NameCase ?? _profile.NameCase) == NameCase.Any;
        _findings = new(set, method);
        _rules = new(_findings);
        _query = new(set, _profile, _findings);
    }

    public IReadOnlyList<Violation> Judge(JsonNode? parameters)
    {
        switch (parameters)
        {
            case JsonUnknown:
                return [];
            case JsonObject given:
                JudgeParameters(given);
                break;
            case null or JsonNull or JsonArray { Items.Count: 0 }:
                JudgeParameters(new(parameters?.Range ?? default, []));
                break;
            default:
                _findings.AddWithin(RuleIds.Type, "type", "", null, null, parameters.Range, new("parameters", new(TypeKind.Named)));
                break;
        }

        return _findings.Sorted;
    }

    private void JudgeParameters(JsonObject given)
    {
        var unknown = Unknown(given, _method.Params, null);
        if (!_method.OpenParams)
            JudgeNames(unknown, _method.Params, null, null);
        JudgeFields(Named(given, unknown, _method.Params), _method.Params, null, null, View.Create);
        AggregateJudge.Judge(_set, _method, given, _findings);
    }

    private void JudgeObject(TypeSpec type, JsonObject value, ValuePlace place, View view)
    {
        var unknown = Unknown(value, type.Fields, type);
        JudgeNames(unknown, type.Fields, type, place);
        JudgeFields(Named(value, unknown, type.Fields), type.Fields, type, place, view);
    }

    private List<JsonProperty> Unknown(JsonObject value, EquatableArray<FieldSpec> known, TypeSpec? type) =>
        [.. value.Properties.Where(p => !IsKnown(p.Name, known, type))];

    // Where the server may take a name in another case, what stands under it is judged as the field that it is meant to be.
    private GivenMembers Named(JsonObject value, List<JsonProperty> unknown, EquatableArray<FieldSpec> fields) =>
        new(value, _anyCase && unknown.Count > 0 ? unknown.Where(p => fields.Any(f => GivenMembers.IsSlip(p.Name, f.Name))).ToList() : null);

    private void JudgeNames(List<JsonProperty> unknown, EquatableArray<FieldSpec> known, TypeSpec? type, ValuePlace? place)
    {
        if (unknown.Count == 0)
            return;
        var list = string.Join(", ", unknown.Select(static p => p.Name));
        foreach (var property in unknown)
        {
            var path = ValuePlace.Join(place?.Path ?? "", property.Name);
            var suggestion = Suggestion.Nearest(property.Name, known.Select(static f => f.Name));
            _findings.AddWithin(RuleIds.UnknownField, "unknown", path, place, type, property.NameRange, new(property.Name, List: list), suggestion);
        }
    }

    private bool IsKnown(string name, EquatableArray<FieldSpec> known, TypeSpec? type) =>
        known.Any(f => string.Equals(f.Name, name, StringComparison.Ordinal))
        || CustomField.MayStand(name, type)
        || (type is null && _profile.CommonParams.Contains(name));

    private void JudgeFields(GivenMembers value, EquatableArray<FieldSpec> fields, TypeSpec? type, ValuePlace? around, View view)
    {
        string? missing = null;
        foreach (var field in fields)
        {
            var property = value.Find(field.Name);
            var place = new ValuePlace(field, type, ValuePlace.Join(around?.Path ?? "", property?.Name ?? field.Name), around);
            if (property is not null && !MayWrite(field, view, place, property))
                continue;
            if (property?.Value is not (null or JsonNull))
            {
                JudgeValue(field.Type, property.Value, place);
            }
            else if (view == View.Create && !value.Partial && Lacks(field, value, fields) is { } rule)
            {
                missing ??= string.Join(", ", fields.Where(f => Lacks(f, value, fields) is "required").Select(static f => f.Name));
                _findings.Add(rule, place, value.Range, new(field.Name, List: rule == "oneOf" ? OneOf(field) : missing));
            }
        }
    }

    private bool MayWrite(FieldSpec field, View view, ValuePlace place, JsonProperty property)
    {
        var rule = field.ReadOnly ? "readOnly"
            : view != View.Update ? null
            : field.Use is not null ? "use"
            : field.Immutable ? "immutable"
            : null;
        if (rule is null)
            return true;
        _findings.Add(rule, place, property.NameRange, new(field.Name), rule == "use" ? field.Use : null);
        return false;
    }

    private static string? Lacks(FieldSpec field, GivenMembers given, EquatableArray<FieldSpec> siblings)
    {
        if (field.ReadOnly || IsGiven(given, field.Name, out _) || (field.Nullable && given.Find(field.Name) is not null))
            return null;
        if (field.Required)
            return "required";
        if (field.RequiredIf is { } condition && IsGiven(given, condition.Field, out var decider)
            && (condition.Values.Count == 0 || condition.Values.Contains(decider.ToJsonText())))
        {
            return "requiredIf";
        }

        return field.OneOf.Count > 0 && !field.OneOf.Any(other => IsGiven(given, other, out _)) && LeadsGroup(field, siblings)
            ? "oneOf"
            : null;
    }

    // Every member of a group may name the others; the first of them speaks for all.
    private static bool LeadsGroup(FieldSpec field, EquatableArray<FieldSpec> siblings) =>
        ReferenceEquals(siblings.First(f => ReferenceEquals(f, field) || (f.OneOf.Contains(field.Name) && field.OneOf.Contains(f.Name))), field);

    private static string OneOf(FieldSpec field) =>
        string.Join(", ", field.OneOf.Where(other => other != field.Name).Prepend(field.Name).Select(static name => $"\"{name}\""));

    private static bool IsGiven(GivenMembers siblings, string name, out JsonNode value) =>
        (value = siblings.Find(name)?.Value!) is not (null or JsonNull);

    private void JudgeValue(TypeRef type, JsonNode value, ValuePlace place)
    {
        if (value is JsonUnknown)
            return;
        if (place.Field.As is View.Filter or View.Select or View.Order && _set.ResolveType(Innermost(type), _method.Api) is { } queried)
        {
            _query.Judge(queried, value, place);
            return;
        }

        switch (type.Kind)
        {
            case TypeKind.Named when _set.ResolveType(type, _method.Api) is { } named:
                JudgeNamed(named, value, place);
                break;
            case TypeKind.Named:
                break;
            case TypeKind.Array when WireValue.Items(value) is { } items:
                JudgeItems(type.Element!, items, value, place);
                break;
            case TypeKind.Map when WireValue.HasFormOf(type, value):
                _rules.JudgeCount(place, value);
                foreach (var entry in (value as JsonObject)?.Properties ?? [])
                    JudgeItem(type.Element!, entry.Value, place.Entry(entry.Name));
                break;
            case TypeKind.Union when type.Alternatives.FirstOrDefault(a => WireValue.HasFormOf(a, value)) is { } alternative:
                JudgeValue(alternative, value, place);
                break;
            case TypeKind.Array or TypeKind.Map or TypeKind.Union:
                _findings.Add("type", place, value.Range, new(place.Field.Name, Plain(type)));
                break;
            default:
                _rules.JudgeScalar(type, value, place);
                break;
        }
    }

    private void JudgeNamed(TypeSpec type, JsonNode value, ValuePlace place)
    {
        if (type.Scalar is { } scalar)
        {
            JudgeValue(scalar.Type, value, place with { Field = ValueRules.Narrow(place.Field, type, scalar) });
        }
        else if (value is JsonObject or JsonArray { Items.Count: 0 })
        {
            _rules.JudgeCount(place, value);
            var members = value as JsonObject ?? new(value.Range, []);
            JudgeObject(type, members, place, place.Field.As == View.Update ? View.Update : View.Create);
        }
        else
        {
            _findings.Add("type", place, value.Range, new(place.Field.Name, new(TypeKind.Named, type.Name)));
        }
    }

    private void JudgeItems(TypeRef element, IReadOnlyList<JsonNode> items, JsonNode list, ValuePlace place)
    {
        _rules.JudgeCount(place, list);
        _rules.JudgeRepeats(place, items);
        for (var i = 0; i < items.Count; i++)
            JudgeItem(element, items[i], place.Item(i));
    }

    private void JudgeItem(TypeRef element, JsonNode value, ValuePlace place)
    {
        if (value is JsonNull && element.Kind != TypeKind.Json)
            _findings.Add("type", place, value.Range, new(place.Field.Name, Plain(element)));
        else
            JudgeValue(element, value, place);
    }

    private TypeRef Plain(TypeRef type) => type.Kind switch
    {
        TypeKind.Named when _set.ResolveType(type, _method.Api) is { Scalar: { } scalar } => Plain(scalar.Type),
        TypeKind.Array or TypeKind.Map => type with { Element = Plain(type.Element!) },
        _ => type,
    };

    private static TypeRef Innermost(TypeRef type) => type.Kind is TypeKind.Array or TypeKind.Map ? Innermost(type.Element!) : type;
}

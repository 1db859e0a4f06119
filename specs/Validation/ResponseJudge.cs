using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Judges an answer. Servers are sloppy: a form that the runtime reads is right.</summary>
internal sealed class ResponseJudge(SpecSet set, MethodSpec method)
{
    private const string ProblemStyle = "hal";

    private readonly Findings _findings = new(set, method, coded: false);
    private readonly ProfileSpec _profile = set.Profile(method.Api);

    public IReadOnlyList<Violation> Judge(JsonNode response)
    {
        if (ErrorOf(response) is { } error)
        {
            JudgeError(error);
            return _findings.Sorted;
        }

        if (method.Result is not { } result || !TryFindResult(response, result, out var value, out var path))
            return _findings.Sorted;
        var field = new FieldSpec { Name = path, Type = result.Type, Nullable = result.Nullable };
        JudgeValue(result.Type, value, new(field, null, path, null));
        return _findings.Sorted;
    }

    private bool TryFindResult(JsonNode response, ResultSpec result, out JsonNode value, out string path)
    {
        value = response;
        path = "";
        var way = _profile.Envelope.Result is { } member ? [member] : Enumerable.Empty<string>();
        if (result.At is not null)
            way = way.Concat(result.At.Split('.'));
        foreach (var step in way)
        {
            path = ValuePlace.Join(path, step);
            if (value is JsonObject holder && holder.TryGet(step, out var inner))
            {
                value = inner;
                continue;
            }

            var field = new FieldSpec { Name = step, Type = result.Type };
            _findings.Add("required", new(field, null, path, null), value.Range, new(step));
            return false;
        }

        return true;
    }

    private JsonString? ErrorOf(JsonNode response)
    {
        if (response is not JsonObject body)
            return null;
        if (_profile.Envelope.Style == ProblemStyle)
            return ProblemOf(body);
        if (_profile.Envelope.Error is not { } member)
            return null;
        if (body.TryGet(member, out var error))
            return CodeOf(error, member);
        return _profile.Envelope.Result is { } name && body.TryGet(name, out var result)
            && result is JsonObject { Properties.Count: 1 } wrapper && wrapper.TryGet(member, out var inner) && inner is JsonObject
            ? CodeOf(inner, member)
            : null;
    }

    /// <summary>Problem details (RFC 9457) have no code but the HTTP status; a spec gives each status a code.</summary>
    private JsonString? ProblemOf(JsonObject body)
    {
        if (!body.TryGet("title", out _) || !body.TryGet("status", out var status)
            || status is not JsonNumber number || !number.TryGetInt64(out var value))
        {
            return null;
        }

        var error = method.Errors.Concat(_profile.SystemErrors).FirstOrDefault(e => e.Status == value);
        return new(number.Range, error?.Code ?? number.Text);
    }

    private static JsonString? CodeOf(JsonNode error, string member) => error switch
    {
        JsonString code => code,
        JsonNumber number => new(number.Range, number.Text),
        JsonObject body when body.TryGet("code", out var code) || body.TryGet(member, out code) => CodeOf(code, member),
        _ => null,
    };

    private void JudgeError(JsonString code)
    {
        if (method.Errors.Any(e => Same(e.Code)) || _profile.SystemErrors.Any(e => Same(e.Code)))
            return;
        var known = method.Errors.Concat(_profile.SystemErrors).Select(static e => e.Code);
        _findings.AddWithin(
            RuleIds.UnknownErrorCode, "error", "error", null, null, code.Range, new(code.Value, Value: code.Value),
            Suggestion.Nearest(code.Value, known));

        bool Same(string other) => string.Equals(other, code.Value, StringComparison.Ordinal);
    }

    private void JudgeValue(TypeRef type, JsonNode value, ValuePlace place)
    {
        if (IsNothing(value) || type.Kind is TypeKind.Json or TypeKind.File)
            return;
        switch (type.Kind)
        {
            case TypeKind.Named when set.ResolveType(type, method.Api) is { } named:
                JudgeNamed(named, value, place);
                break;
            case TypeKind.Named:
                break;
            case TypeKind.Array when value is JsonArray list:
                for (var i = 0; i < list.Items.Count; i++)
                    JudgeValue(type.Element!, list.Items[i], place.Item(i));
                break;
            case TypeKind.Array or TypeKind.Map when value is JsonObject entries:
                foreach (var entry in entries.Properties)
                    JudgeValue(type.Element!, entry.Value, place.Entry(entry.Name));
                break;
            case TypeKind.Map when value is JsonArray { Items.Count: 0 }:
                break;
            case TypeKind.Union when type.Alternatives.FirstOrDefault(a => IsReadable(a, value)) is { } alternative:
                JudgeValue(alternative, value, place);
                break;
            default:
                if (!IsReadable(type, value))
                    _findings.Add("type", place, value.Range, new(place.Field.Name, type));
                break;
        }
    }

    private void JudgeNamed(TypeSpec type, JsonNode value, ValuePlace place)
    {
        if (type.Scalar is { } scalar)
        {
            JudgeValue(scalar.Type, value, place);
        }
        else if (value is JsonObject members)
        {
            foreach (var member in members.Properties)
                JudgeMember(type, member, place);
        }
        else if (value is not JsonArray { Items.Count: 0 })
        {
            _findings.Add("type", place, value.Range, new(place.Field.Name, new(TypeKind.Named, type.Name)));
        }
    }

    private void JudgeMember(TypeSpec type, JsonProperty member, ValuePlace place)
    {
        var path = ValuePlace.Join(place.Path, member.Name);
        if (type.Fields.FirstOrDefault(f => string.Equals(f.Name, member.Name, StringComparison.Ordinal)) is { } field)
            JudgeValue(field.Type, member.Value, new(field, type, path, place));
        else if (!type.Open)
            _findings.AddWithin(RuleIds.UnknownField, "unknown", path, null, null, member.NameRange, new(member.Name));
    }

    // null, false, "" and 0 stand for "nothing" in answers, whatever the type.
    private static bool IsNothing(JsonNode value) =>
        value is JsonNull or JsonUnknown or JsonBool { Value: false } or JsonString { Value: "" };

    private static bool IsReadable(TypeRef type, JsonNode value) => type.Kind switch
    {
        TypeKind.String => value is JsonString or JsonNumber,
        TypeKind.Bool or TypeKind.YesNo => value is JsonBool or JsonNumber { Text: "0" or "1" }
            or JsonString { Value: "Y" or "N" or "y" or "n" or "0" or "1" or "true" or "false" },
        TypeKind.Array => value is JsonArray or JsonObject,
        _ => WireValue.HasFormOf(type, value),
    };
}

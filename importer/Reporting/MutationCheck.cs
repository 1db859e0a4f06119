using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>How many wrong requests of one kind were made, and how many were caught with the right rule.</summary>
public sealed record MutationCounts(int Made, int Caught);

/// <summary>Breaks documented requests in known ways and counts what the specs catch.</summary>
public static class MutationCheck
{
    private const int MaxDepth = 6;

    public static IReadOnlyDictionary<string, MutationCounts> Run(SpecSet set, IReadOnlyList<MethodDoc> methods)
    {
        var counts = new SortedDictionary<string, MutationCounts>(StringComparer.Ordinal);
        foreach (var method in methods)
        {
            if (set.FindMethod(method.Name, method.Api) is not { } spec)
                continue;
            foreach (var request in method.Requests.Where(r => r is { Strict: true, Parameters: not null } && MethodReader.Matches(r, method)))
            {
                if (SpecValidator.Validate(set, spec, request.Parameters).Count > 0)
                    continue;
                foreach (var mutant in Mutants(set, spec, request.Parameters!))
                {
                    var caught = SpecValidator.Validate(set, spec, mutant.Parameters).Any(v => v.RuleId == mutant.RuleId);
                    var known = counts.GetValueOrDefault(mutant.Rule) ?? new MutationCounts(0, 0);
                    counts[mutant.Rule] = new MutationCounts(known.Made + 1, known.Caught + (caught ? 1 : 0));
                }
            }
        }

        return counts;
    }

    private static IEnumerable<(string Rule, string RuleId, JsonObject Parameters)> Mutants(SpecSet set, MethodSpec method, JsonObject parameters) =>
        Within(set, method.Api, parameters, method.Params, method.OpenParams ? null : "", View.Create, 0);

    // A mutant of an object within is a mutant of the object around it.
    private static IEnumerable<(string Rule, string RuleId, JsonObject Mutant)> Within(SpecSet set, string api, JsonObject given, EquatableArray<FieldSpec> fields, string? closed, View view, int depth)
    {
        foreach (var property in given.Properties)
        {
            if (fields.FirstOrDefault(f => f.Name == property.Name) is not { } field)
                continue;
            if (view == View.Create && field is { Required: true, ReadOnly: false })
                yield return ("required", "B24103", Replace(given, property.Name, null));
            if (closed is not null)
                yield return ("unknown", "B24102", Rename(given, property.Name, property.Name + "Zq"));
            if (field.As is View.Filter or View.Select or View.Order)
                continue;
            if (WrongValue(field.Type) is { } wrong)
                yield return ("type", "B24106", Replace(given, property.Name, wrong));
            if (field.Enum.Count > 0 && field.Type.Kind is TypeKind.String)
                yield return ("enum", "B24109", Replace(given, property.Name, new JsonString(default, "no such value")));
            if (depth < MaxDepth && property.Value is JsonObject inner && set.ResolveType(field.Type, api) is { Scalar: null } type)
            {
                var innerView = field.As ?? View.Create;
                foreach (var (rule, id, mutant) in Within(set, api, inner, type.Fields, type.Undescribed ? null : "", innerView, depth + 1))
                    yield return (rule, id, Replace(given, property.Name, mutant));
                foreach (var readOnly in type.Fields.Where(f => f.ReadOnly && inner.Find(f.Name) is null))
                    yield return ("readOnly", "B24104", Replace(given, property.Name, Add(inner, readOnly.Name)));
                foreach (var immutable in type.Fields.Where(f => innerView == View.Update && f is { Immutable: true, ReadOnly: false } && inner.Find(f.Name) is null))
                    yield return ("immutable", "B24105", Replace(given, property.Name, Add(inner, immutable.Name)));
            }
        }
    }

    private static JsonNode? WrongValue(TypeRef type) => type.Kind switch
    {
        TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Bool or TypeKind.YesNo => new JsonString(default, "neither number nor flag"),
        TypeKind.Array => new JsonString(default, "no list"),
        TypeKind.String => new JsonObject(default, []),
        _ => null,
    };

    private static JsonObject Replace(JsonObject given, string name, JsonNode? value) =>
        new(default, given.Properties.Where(p => value is not null || p.Name != name).Select(p => p.Name == name ? new JsonProperty(name, default, value!) : p).ToArray());

    private static JsonObject Rename(JsonObject given, string name, string other) =>
        new(default, given.Properties.Select(p => p.Name == name ? new JsonProperty(other, default, p.Value) : p).ToArray());

    private static JsonObject Add(JsonObject given, string name) =>
        new(default, [.. given.Properties, new JsonProperty(name, default, new JsonNumber(default, "1"))]);
}

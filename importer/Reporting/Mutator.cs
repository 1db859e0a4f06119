using System.Globalization;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>A request that breaks one rule.</summary>
/// <param name="Rule">What was broken.</param>
/// <param name="RuleId">The rule that must say so.</param>
/// <param name="Path">Where it must say so.</param>
/// <param name="Parameters">The whole request.</param>
internal sealed record Mutant(string Rule, string RuleId, string Path, JsonObject Parameters);

/// <summary>Breaks a request at every place: in nested objects, in items of lists, in values of maps.</summary>
internal sealed class Mutator(SpecSet set, MethodSpec method, Action<string> unbroken)
{
    private const string Nonsense = "Zq";

    /// <summary>Every request with one thing wrong.</summary>
    public IEnumerable<Mutant> Mutants(JsonObject parameters) =>
        WithinObject(parameters, "", method.Params, null, method.OpenParams, View.Create, static whole => whole);

    private IEnumerable<Mutant> WithinObject(JsonObject given, string path, EquatableArray<FieldSpec> fields, TypeSpec? type, bool open, View view, Func<JsonObject, JsonObject> around)
    {
        foreach (var property in given.Properties)
        {
            if (fields.FirstOrDefault(f => f.Name == property.Name) is not { } field)
            {
                unbroken("the specs do not have the name");
                continue;
            }

            var at = Join(path, property.Name);
            JsonObject Replaced(JsonNode value) => around(With(given, property.Name, value));
            var positioned = type is null && method.Positional;
            if (!positioned && view == View.Create && field is { Required: true, ReadOnly: false })
                yield return new("required", RuleIds.Required, at, around(Without(given, property.Name)));
            if (positioned)
                unbroken("parameters are read by position");
            else if (open || type is { Undescribed: true })
                unbroken("any name may stand there");
            else
                yield return new("unknown", RuleIds.UnknownField, Join(path, property.Name + Nonsense), around(Renamed(given, property.Name)));
            foreach (var mutant in WithinValue(property.Value, at, field, field.Type, Replaced))
                yield return mutant;
        }

        foreach (var field in fields.Where(f => type is not null && given.Find(f.Name) is null))
        {
            var at = Join(path, field.Name);
            if (field.ReadOnly)
                yield return new("readOnly", RuleIds.ReadOnly, at, around(With(given, field.Name, Number(1))));
            else if (view == View.Update && field.Use is not null)
                yield return new("use", RuleIds.Use, at, around(With(given, field.Name, Number(1))));
            else if (view == View.Update && field.Immutable)
                yield return new("immutable", RuleIds.Immutable, at, around(With(given, field.Name, Number(1))));
        }
    }

    private IEnumerable<Mutant> WithinValue(JsonNode value, string at, FieldSpec field, TypeRef type, Func<JsonNode, JsonObject> replaced)
    {
        if (field.Guessed)
        {
            unbroken("the type is known from examples only");
            return [];
        }

        if (field.As is View.Filter or View.Select or View.Order)
            return WithinQuery(value, at, field, replaced);
        if (value is JsonNull)
            return [];
        return Wrong(at, field, type, replaced).Concat((type.Kind, value) switch
        {
            (TypeKind.Array, JsonArray list) => list.Items.SelectMany((item, i) => WithinValue(
                item, string.Create(CultureInfo.InvariantCulture, $"{at}[{i}]"), field, type.Element!,
                changed => replaced(new JsonArray(default, [.. list.Items.Select((old, j) => j == i ? changed : old)])))),
            (TypeKind.Map, JsonObject map) =>
                map.Properties.SelectMany(entry =>
                    WithinValue(entry.Value, Join(at, entry.Name), field, type.Element!, changed => replaced(With(map, entry.Name, changed)))),
            (TypeKind.Named, JsonObject inner) when set.ResolveType(type, method.Api) is { Scalar: null } named =>
                WithinObject(inner, at, named.Fields, named, open: false, field.As ?? View.Create, changed => replaced(changed)),
            _ => [],
        });
    }

    private IEnumerable<Mutant> Wrong(string at, FieldSpec field, TypeRef type, Func<JsonNode, JsonObject> replaced)
    {
        var scalar = type.Kind == TypeKind.Named && set.ResolveType(type, method.Api) is { Scalar: { } named } ? named : null;
        var (kind, rules) = scalar is null ? (type.Kind, field) : (scalar.Type.Kind, scalar);
        JsonNode? wrong = kind switch
        {
            TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal or TypeKind.Bool or TypeKind.YesNo => Text("neither number nor flag"),
            TypeKind.Array => Text("no list"),
            TypeKind.Map or TypeKind.Named => Text("no object"),
            TypeKind.String or TypeKind.Date or TypeKind.DateTime => new JsonObject(default, [new JsonProperty("no", default, Text("text"))]),
            _ => null,
        };
        if (wrong is null)
            unbroken(kind == TypeKind.Union ? "a union takes several forms" : "any value has the type");
        else
            yield return new("type", RuleIds.Type, at, replaced(wrong));
        if (kind is TypeKind.Array or TypeKind.Map or TypeKind.Named)
            yield break;
        var number = kind is TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal;
        if (rules.Enum.Count > 0)
            yield return new("enum", RuleIds.Enum, at, replaced(number ? Number(987_654_321) : Text("no such value")));
        else if (number && rules.Max is { } max && max < decimal.MaxValue)
            yield return new("range", RuleIds.Range, at, replaced(Number(max + 1)));
        else if (number && rules.Min is { } min && min > decimal.MinValue)
            yield return new("range", RuleIds.Range, at, replaced(Number(min - 1)));
        else if (kind == TypeKind.String && rules.MaxLength is { } longest)
            yield return new("length", RuleIds.Range, at, replaced(Text(new string('a', longest + 1))));
    }

    private IEnumerable<Mutant> WithinQuery(JsonNode value, string at, FieldSpec field, Func<JsonNode, JsonObject> replaced)
    {
        if (set.ResolveType(Innermost(field.Type), method.Api) is not { Undescribed: false, Fields.Count: > 0 } type)
        {
            unbroken("any name may stand there");
            yield break;
        }

        bool Knows(string name) => type.Fields.Any(f => f.Name == name);
        switch (field.As, value)
        {
            case (View.Select, JsonArray names):
                for (var i = 0; i < names.Items.Count; i++)
                {
                    if (names.Items[i] is JsonString name && Knows(name.Value))
                    {
                        var index = i;
                        yield return new("select", RuleIds.Select, string.Create(CultureInfo.InvariantCulture, $"{at}[{i}]"),
                            replaced(new JsonArray(default, [.. names.Items.Select((old, j) => j == index ? Text(name.Value + Nonsense) : old)])));
                    }
                }

                break;
            case (View.Filter or View.Order, JsonObject given):
                foreach (var property in given.Properties)
                {
                    var name = property.Name.TrimStart('!', '=', '<', '>', '%', '@', '?', '*', '~', '+');
                    if (Knows(name))
                        yield return new(field.As == View.Filter ? "filter" : "order", field.As == View.Filter ? RuleIds.Filter : RuleIds.Order,
                            Join(at, property.Name + Nonsense), replaced(Renamed(given, property.Name)));
                    else
                        unbroken("the specs do not have the name");
                }

                break;
            default:
                unbroken("a query in another form");
                break;
        }
    }

    private static TypeRef Innermost(TypeRef type) => type.Kind is TypeKind.Array or TypeKind.Map ? Innermost(type.Element!) : type;

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;

    private static JsonString Text(string text) => new(default, text);

    private static JsonNumber Number(decimal value) => new(default, value.ToString(CultureInfo.InvariantCulture));

    private static JsonObject Without(JsonObject given, string name) => new(default, [.. given.Properties.Where(p => p.Name != name)]);

    private static JsonObject Renamed(JsonObject given, string name) =>
        new(default, [.. given.Properties.Select(p => p.Name == name ? new JsonProperty(name + Nonsense, default, p.Value) : p)]);

    private static JsonObject With(JsonObject given, string name, JsonNode value) => given.Find(name) is null
        ? new(default, [.. given.Properties, new JsonProperty(name, default, value)])
        : new(default, [.. given.Properties.Select(p => p.Name == name ? new JsonProperty(name, default, value) : p)]);
}

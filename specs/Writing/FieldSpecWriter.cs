using System.Globalization;
using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Writes fields, parameters and the types they name.</summary>
internal sealed class FieldSpecWriter
{
    private readonly string _file;

    /// <summary>The types that are written where the only use is.</summary>
    private readonly Dictionary<string, TypeSpec> _inline;

    public FieldSpecWriter(SpecFile file)
    {
        _file = file.Name;
        _inline = file.Types.Where(static t => t.Inline).ToDictionary(static t => t.Name, StringComparer.Ordinal);
        var uses = file.Types.SelectMany(static t => t.Fields)
            .Concat(file.Methods.SelectMany(static m => m.Params))
            .Select(static f => f.Type)
            .Concat(file.Methods.Where(static m => m.Result is not null).Select(static m => m.Result!.Type))
            .Concat(IncomingTypes.Payloads(file));
        var counts = uses.SelectMany(t => Uses(t, direct: true)).ToLookup(static u => u.Name, static u => u.Direct, StringComparer.Ordinal);
        foreach (var name in _inline.Keys.ToList())
        {
            if (counts[name].Count() != 1 || !counts[name].Single())
                _inline.Remove(name);
        }
    }

    public bool IsInline(TypeSpec type) => _inline.ContainsKey(type.Name);

    public JsonObject Write(FieldSpec field, HttpRoute? route = null)
    {
        var builder = AddType(new(SpecKeys.Field), field.Type)
            .Add("guessed", field.Guessed)
            .Add("as", field.As is { } view ? JsonBuilder.Text(SpecKeys.Word(view)) : null)
            .Add("aliases", field.Aliases)
            .Add("required", field.Required)
            .Add("readOnly", field.ReadOnly)
            .Add("immutable", field.Immutable)
            .Add("multiple", field.Multiple)
            .Add("nullable", field.Nullable)
            .Add("answered", field.Answered)
            .Add("deprecated", field.Deprecated)
            .Add("filterable", field.Filterable, usual: true)
            .Add("sortable", field.Sortable, usual: true)
            .Add("selectable", field.Selectable, usual: true)
            .Add("fixed", field.Fixed is { } given ? JsonBuilder.Parse(given) : null)
            .Add("weak", field.Weak)
            .Add("labels", Labels(field.Labels))
            .Add("hints", Values(field, field.Hints))
            .Add("wire", field.Wire is { } wire ? JsonBuilder.Text(SpecKeys.Word(wire)) : null)
            .Add("unique", field.Unique)
            .Add("requiredIf", RequiredIf(field.RequiredIf))
            .Add("oneOf", field.OneOf)
            .Add("logic", field.Logic)
            .Add("use", field.Use)
            .Add("call", NestedCall(field.Call))
            .Add("instead", Instead(field.Instead))
            .Add("markup", Markup(field.Markup))
            .Add("address", field.Address == AddressKind.None ? null : JsonBuilder.Text(SpecKeys.Word(field.Address)))
            .Add("separator", field.Separator)
            .Add("mustName", field.MustName)
            .Add("references", field.References is { } type ? TypeExpression.Write(type, _file) : null)
            .AddMap("with", field.With, static p => p.Field, static p => JsonBuilder.Text(p.Sibling))
            .Add("codes", field.Codes is { } codes ? JsonBuilder.Text(SpecKeys.Word(codes)) : null)
            .Add("server", field.Server)
            .Add("in", field.In, HttpRoutes.Usual(route, field.Name))
            .Add("csharp", field.CSharpName)
            .Add("description", field.Description);
        return AddRules(builder, field).Build();
    }

    /// <summary>The type, as an expression or as an object written inline.</summary>
    public JsonBuilder AddType(JsonBuilder builder, TypeRef type)
    {
        var list = type.Kind == TypeKind.Array;
        var named = list ? type.Element! : type;
        if (named.Kind == TypeKind.Named && named.File == _file && _inline.TryGetValue(named.Name!, out var inline))
        {
            builder.Add("list", list).Add("open", inline.Open).Add("undescribed", inline.Undescribed);
            return builder.AddMap("fields", inline.Fields, static f => f.Name, f => Write(f), evenEmpty: true);
        }

        return builder.Add("type", type.Kind == TypeKind.Unstated ? null : TypeExpression.Write(type, _file));
    }

    public JsonBuilder AddRules(JsonBuilder builder, FieldSpec field) => builder
        .Add("enum", Values(field, field.Enum))
        .Add("pattern", field.Pattern)
        .Add("minLength", field.MinLength)
        .Add("maxLength", field.MaxLength)
        .Add("min", field.Min)
        .Add("max", field.Max)
        .Add("minItems", field.MinItems)
        .Add("maxItems", field.MaxItems)
        .Add("uniqueBy", field.UniqueBy)
        .Add("default", field.Default is { } value ? JsonBuilder.Parse(value) : null)
        .Add("format", field.Format)
        .Add("errors", ErrorWriter.RuleErrors(field.Errors));

    private static JsonArray? Values(FieldSpec field, EquatableArray<string> values)
    {
        if (values.Count == 0)
            return null;
        var type = field.Type.Kind == TypeKind.Array ? field.Type.Element! : field.Type;
        var numbers = type.Kind is TypeKind.Int or TypeKind.Long && values.All(IsCanonical);
        return new(default, [.. values.Select(v => numbers ? new JsonNumber(default, v) : (JsonNode)JsonBuilder.Text(v))]);
    }

    private static bool IsCanonical(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        && value.ToString(CultureInfo.InvariantCulture) == text;

    private static JsonObject? NestedCall(NestedCall? call) => call is null
        ? null
        : new JsonBuilder(SpecKeys.NestedCall).Add("method", call.Method).Add("key", call.Key).Add("params", call.Params).Build();

    private static JsonObject? Markup(MarkupParts? markup) => markup is null
        ? null
        : new JsonBuilder(SpecKeys.Markup).Add("root", markup.Root).Add("phrases", markup.Phrases).Add("data", markup.Data).Build();

    private static JsonObject? Labels(EquatableArray<ValueLabel> labels) => labels.Count == 0
        ? null
        : new JsonObject(default, [.. labels.Select(static l => new JsonProperty(l.Value, default, JsonBuilder.Text(l.Label)))]);

    private static JsonObject? Instead(EquatableArray<InsteadOf> instead) => instead.Count == 0
        ? null
        : new JsonObject(default, [.. instead.Select(static i => new JsonProperty(i.Value, default, JsonBuilder.Text(i.Method)))]);

    private static JsonObject? RequiredIf(RequiredIfSpec? condition) => condition is null
        ? null
        : new JsonBuilder(SpecKeys.RequiredIf)
            .Add("field", condition.Field)
            .Add("values", condition.Values.Count == 0 ? null : new JsonArray(default, [.. condition.Values.Select(JsonBuilder.Parse)]))
            .Build();

    /// <summary>The types of this file that an expression names; direct where an object could stand instead.</summary>
    private IEnumerable<(string Name, bool Direct)> Uses(TypeRef type, bool direct)
    {
        if (type.Kind == TypeKind.Named)
        {
            if (type.File == _file)
                yield return (type.Name!, direct);
            yield break;
        }

        var stillDirect = direct && type is { Kind: TypeKind.Array, Element.Kind: TypeKind.Named };
        foreach (var part in type.Element is null ? type.Alternatives.AsEnumerable() : [type.Element])
        {
            foreach (var use in Uses(part, stillDirect))
                yield return use;
        }
    }
}

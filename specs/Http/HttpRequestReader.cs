using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Reads an HTTP request as the parameters of its method, so that one validator checks calls of every style.</summary>
/// <param name="set">The specs.</param>
/// <param name="range">Where the request stands; every value that has no position of its own gets it.</param>
public sealed class HttpRequestReader(SpecSet set, TextRange range = default)
{
    /// <summary>The parameters that a request carries in path, query and body. Of one name the path counts, then the body, then the query.</summary>
    /// <param name="match">The method and what the path says.</param>
    /// <param name="query">The query, with or without its question mark.</param>
    /// <param name="body">The body as JSON, or null.</param>
    public JsonObject Read(HttpMatch match, string query, JsonNode? body)
    {
        var path = match.PathValues.Select(v => new JsonProperty(v.Key, range, Scalar(Find(match.Method, v.Key)?.Type, v.Value))).ToList();
        var content = Without(Members(match.Method, body), path);
        var asked = HttpQuery.Parse(query).Members
            .Select(m => new JsonProperty(m.Key, range, Value(match.Method, Find(match.Method, m.Key), m.Value)));
        return new(range, [.. path, .. Without(Without(asked, path), content), .. content]);
    }

    private static IEnumerable<JsonProperty> Members(MethodSpec method, JsonNode? body) =>
        body is null ? []
        : method.Params.FirstOrDefault(static p => p.In == ParameterLocation.Content) is { } content ? [new(content.Name, body.Range, body)]
        : body is JsonObject members ? members.Properties
        : [];

    private static List<JsonProperty> Without(IEnumerable<JsonProperty> properties, List<JsonProperty> others) =>
        [.. properties.Where(p => !others.Exists(o => string.Equals(o.Name, p.Name, StringComparison.Ordinal)))];

    private static FieldSpec? Find(MethodSpec method, string name) =>
        method.Params.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal));

    private JsonNode Value(MethodSpec method, FieldSpec? parameter, HttpQuery value) => parameter switch
    {
        { As: View.Select } when value.Text is not null => List(TypeRef.String, value.Text),
        { As: View.Order } => Tree(value, static _ => TypeRef.String, TypeRef.String),
        { As: View.Filter } => Tree(value, Filtered(method, parameter), TypeRef.String),
        _ => Tree(value, static _ => null, parameter?.Type),
    };

    /// <summary>The type of the field that a member of a filter is about.</summary>
    private Func<string, TypeRef?> Filtered(MethodSpec method, FieldSpec parameter)
    {
        var fields = set.ResolveType(parameter.Type, method.Api)?.Fields ?? default;
        var operators = set.Profile(method.Api).FilterOperators;
        return name =>
        {
            var bare = name.Substring(operators
                .Where(o => name.StartsWith(o.Prefix, StringComparison.Ordinal))
                .Select(static o => o.Prefix.Length)
                .DefaultIfEmpty()
                .Max());
            return fields.FirstOrDefault(f => string.Equals(f.Name, bare, StringComparison.Ordinal))?.Type;
        };
    }

    private JsonNode Tree(HttpQuery value, Func<string, TypeRef?> typeOf, TypeRef? type)
    {
        if (value.Text is { } text)
            return Scalar(type, text);
        if (value.IsList)
            return new JsonArray(range, [.. value.Members.Select(m => Tree(m.Value, typeOf, type?.Element ?? type))]);
        return new JsonObject(range, [.. value.Members.Select(m => Named(m, typeOf, type))]);
    }

    private JsonProperty Named(KeyValuePair<string, HttpQuery> member, Func<string, TypeRef?> typeOf, TypeRef? type)
    {
        var own = typeOf(member.Key) ?? type;
        return new(member.Key, range, Tree(member.Value, _ => own, own));
    }

    private JsonNode Scalar(TypeRef? type, string text) => type?.Kind switch
    {
        TypeKind.Array => List(type.Element!, text),
        TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal when IsNumber(text) => new JsonNumber(range, text),
        TypeKind.Bool when text is "true" or "1" => new JsonBool(range, true),
        TypeKind.Bool when text is "false" or "0" => new JsonBool(range, false),
        TypeKind.Union => Union(type, text),
        _ => new JsonString(range, text),
    };

    private JsonNode Union(TypeRef type, string text)
    {
        if (text.IndexOf(',') >= 0 && type.Alternatives.FirstOrDefault(static a => a.Kind == TypeKind.Array) is { } list)
            return List(list.Element!, text);
        foreach (var alternative in type.Alternatives)
        {
            if (alternative.Kind != TypeKind.Array && Scalar(alternative, text) is not JsonString and var value)
                return value;
        }

        return new JsonString(range, text);
    }

    private JsonArray List(TypeRef element, string text) =>
        new(range, [.. text.Split([','], StringSplitOptions.RemoveEmptyEntries).Select(item => Scalar(element, item.Trim()))]);

    /// <summary>As JSON writes numbers: what .NET also takes for one (<c>007</c>, <c>5.</c>, <c>5\0</c>) stays text.</summary>
    private static bool IsNumber(string text) =>
        text.Length > 0 && (text[0] is '-' or (>= '0' and <= '9')) && text[text.Length - 1] is >= '0' and <= '9' && JsonReader.Read(text).Root is JsonNumber;
}

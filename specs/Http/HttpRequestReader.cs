using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Reads an HTTP request as the parameters of its method, so that one validator judges calls of every style.</summary>
/// <param name="set">The specs.</param>
/// <param name="range">Where the request stands; every value that has no place of its own gets it.</param>
public sealed class HttpRequestReader(SpecSet set, TextRange range = default)
{
    /// <summary>The parameters that a request carries in path, query and body.</summary>
    /// <param name="match">The method and what the path says.</param>
    /// <param name="query">The query, with or without its question mark.</param>
    /// <param name="body">The body as JSON, or null.</param>
    public JsonObject Read(HttpMatch match, string query, JsonNode? body)
    {
        var parameters = new List<JsonProperty>();
        foreach (var value in match.PathValues)
            Add(parameters, value.Key, Scalar(Find(match.Method, value.Key)?.Type, value.Value));
        foreach (var member in HttpQuery.Parse(query).Members)
            Add(parameters, member.Key, Value(match.Method, Find(match.Method, member.Key), member.Value));
        AddBody(parameters, match.Method, body);
        return new(range, parameters);
    }

    private void AddBody(List<JsonProperty> parameters, MethodSpec method, JsonNode? body)
    {
        if (body is null)
            return;
        if (method.Params.FirstOrDefault(static p => p.In == ParameterLocation.Content) is { } content)
            parameters.Add(new(content.Name, body.Range, body));
        else if (body is JsonObject members)
            parameters.AddRange(members.Properties);
    }

    private void Add(List<JsonProperty> parameters, string name, JsonNode value) => parameters.Add(new(name, range, value));

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

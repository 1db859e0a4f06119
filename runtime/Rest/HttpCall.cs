using System.Text;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A call of an HTTP-style method: its parameters spread over path, query, headers and body.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Target">Path and query, from the root of the host.</param>
/// <param name="Body">The JSON body; null: none.</param>
/// <param name="Headers">Further headers.</param>
internal sealed record HttpCall(
    HttpMethod Verb,
    string Target,
    ReadOnlyMemory<byte>? Body,
    IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>Spreads parameters.</summary>
    /// <param name="method">An HTTP-style method.</param>
    /// <param name="parameters">A JSON object.</param>
    public static HttpCall Create(MethodDescriptor method, ReadOnlyMemory<byte> parameters)
    {
        var verb = HttpMethod.Parse(method.Verb);
        var usual = HasBody(verb) ? ParameterLocation.Body : ParameterLocation.Query;
        var path = method.Path!;
        var query = new HttpQueryWriter();
        var headers = new List<KeyValuePair<string, string>>();
        var members = new List<Range>();
        Range? content = null;

        var reader = new Utf8JsonReader(parameters.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var nameStart = (int)reader.TokenStartIndex;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var value = reader;
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            switch (method.Parameters.Find(name)?.In ?? usual)
            {
                case ParameterLocation.Path:
                    path = path.Replace("{" + name + "}", Segment(name, ref value), StringComparison.Ordinal);
                    break;
                case ParameterLocation.Query:
                    query.Add(name, ref value);
                    break;
                case ParameterLocation.Header:
                    headers.Add(new(name, Header(name, ref value)));
                    break;
                case ParameterLocation.Content:
                    content = start..end;
                    break;
                default:
                    members.Add(nameStart..end);
                    break;
            }
        }

        if (path.Contains('{', StringComparison.Ordinal))
            throw new ArgumentException($"{method.Name}: a parameter of the path {method.Path} has no value.");
        return new(verb, path + query.ToString(path.Contains('?', StringComparison.Ordinal)), BodyOf(verb, parameters, content, members), headers);
    }

    private static bool HasBody(HttpMethod verb) => verb != HttpMethod.Get && verb != HttpMethod.Delete && verb != HttpMethod.Head;

    private static ReadOnlyMemory<byte>? BodyOf(HttpMethod verb, ReadOnlyMemory<byte> parameters, Range? content, List<Range> members)
    {
        if (content is { } whole)
            return parameters[whole];
        if (members.Count == 0 && !HasBody(verb))
            return null;
        var body = new List<byte>(parameters.Length) { (byte)'{' };
        foreach (var member in members)
        {
            if (body.Count > 1)
                body.Add((byte)',');
            body.AddRange(parameters.Span[member]);
        }

        body.Add((byte)'}');
        return body.ToArray();
    }

    /// <summary>A value of a header; one that would add headers of its own is refused.</summary>
    private static string Header(string name, ref Utf8JsonReader value)
    {
        var text = HttpQueryWriter.Text(ref value);
        if (text.Length > 0 && !HeaderText.IsSafe(text))
            throw new ArgumentException($"The parameter '{name}' goes into a header, which carries visible ASCII characters only: no line breaks, no other letters, no spaces at its ends.");
        return text;
    }

    /// <summary>A value as a segment of a path; one that would change the path is refused.</summary>
    private static string Segment(string name, ref Utf8JsonReader value)
    {
        var text = HttpQueryWriter.Text(ref value);
        if (text is "" or "." or "..")
            throw new ArgumentException($"'{text}' cannot be the parameter '{name}' of a path.");
        return Uri.EscapeDataString(text);
    }
}

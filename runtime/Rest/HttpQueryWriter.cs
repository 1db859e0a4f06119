using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>
/// Writes JSON values as a query: objects with brackets (<c>order[id]=asc</c>), a list of scalars with commas, lists within
/// objects with empty brackets.
/// </summary>
internal sealed class HttpQueryWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a parameter; null adds nothing.</summary>
    public void Add(string name, ref Utf8JsonReader value)
    {
        if (value.TokenType == JsonTokenType.StartArray)
            AddList(name, ref value);
        else
            AddValue(Uri.EscapeDataString(name), ref value);
    }

    /// <summary>The query.</summary>
    /// <param name="continues">There is a query already that this one continues.</param>
    public string ToString(bool continues) => _text.Length == 0 ? "" : (continues ? "&" : "?") + _text.ToString(1, _text.Length - 1);

    /// <summary>A scalar as text.</summary>
    public static string Text(ref Utf8JsonReader value) => value.TokenType switch
    {
        JsonTokenType.String => value.GetString()!,
        JsonTokenType.Null => "",
        JsonTokenType.StartObject or JsonTokenType.StartArray => throw new ArgumentException("A parameter of the path or a header is a scalar."),
        _ => Encoding.UTF8.GetString(value.ValueSpan),
    };

    private void AddList(string name, ref Utf8JsonReader value)
    {
        var items = new List<string>();
        while (value.Read() && value.TokenType != JsonTokenType.EndArray)
            items.Add(Uri.EscapeDataString(Text(ref value)));
        if (items.Count > 0)
            Append(Uri.EscapeDataString(name), string.Join(',', items));
    }

    private void AddValue(string key, ref Utf8JsonReader value)
    {
        switch (value.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.StartObject:
                while (value.Read() && value.TokenType == JsonTokenType.PropertyName)
                {
                    var name = Uri.EscapeDataString(value.GetString()!);
                    value.Read();
                    AddValue($"{key}[{name}]", ref value);
                }

                break;
            case JsonTokenType.StartArray:
                while (value.Read() && value.TokenType != JsonTokenType.EndArray)
                    AddValue(key + "[]", ref value);
                break;
            default:
                Append(key, Uri.EscapeDataString(Text(ref value)));
                break;
        }
    }

    private void Append(string key, string value) => _text.Append('&').Append(key).Append('=').Append(value);
}

using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Tests.Forms;

/// <summary>The ways to write parameters of a raw call.</summary>
public enum CallForm
{
    Anonymous,
    Dictionary,
    JsonObject,
    JsonLiteral,
}

/// <summary>Where a value stands in the C# that was written for it.</summary>
/// <param name="Name">The member's name; of an item or the root the same as the value.</param>
/// <param name="Value">The value.</param>
/// <param name="Head">Of an object: what stands for it where a member is missing.</param>
public sealed record WrittenSpan(TextSpan Name, TextSpan Value, TextSpan Head);

/// <summary>Writes JSON parameters as C#, and remembers what stands where.</summary>
public sealed class FormWriter(CallForm form, int offset)
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, WrittenSpan> _spans = new(StringComparer.Ordinal);

    public string Text => _text.ToString();

    /// <summary>Spans by the paths that violations name: <c>fields.fields[0].name</c>; the root is empty.</summary>
    public IReadOnlyDictionary<string, WrittenSpan> Spans => _spans;

    private int Position => offset + _text.Length;

    public FormWriter Write(JsonNode? parameters)
    {
        if (form == CallForm.JsonLiteral)
        {
            _text.Append('"');
            Json(parameters, "", null);
            _text.Append('"');
        }
        else
        {
            Value(parameters, "", null);
        }

        return this;
    }

    private void Value(JsonNode? node, string path, TextSpan? name)
    {
        var start = Position;
        var head = default(TextSpan);
        switch (node)
        {
            case JsonObject members:
                head = Object(members, path);
                break;
            case JsonArray items:
                _text.Append(form == CallForm.JsonObject ? "new JsonArray(" : "new object?[] { ");
                for (var i = 0; i < items.Count; i++)
                {
                    _text.Append(i > 0 ? ", " : "");
                    Value(items[i], $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", null);
                }

                _text.Append(form == CallForm.JsonObject ? ")" : " }");
                break;
            case null:
                _text.Append(form == CallForm.Anonymous ? "(object?)null" : "null");
                break;
            default:
                _text.Append(Scalar(node.AsValue()));
                break;
        }

        Remember(path, name, start, head);
    }

    private TextSpan Object(JsonObject members, string path)
    {
        var anonymous = form == CallForm.Anonymous && members.All(static m => SyntaxFacts.IsValidIdentifier(m.Key));
        var start = Position;
        _text.Append(anonymous ? "new" : form == CallForm.JsonObject ? "new JsonObject" : "new Dictionary<string, object?>");
        var head = TextSpan.FromBounds(start, Position);
        _text.Append(" { ");
        foreach (var (name, value) in members)
        {
            var nameStart = Position;
            if (anonymous)
            {
                _text.Append('@').Append(name);
                var span = TextSpan.FromBounds(nameStart, Position);
                _text.Append(" = ");
                Value(value, Join(path, name), span);
            }
            else
            {
                _text.Append('[');
                nameStart++;
                _text.Append(SymbolDisplay.FormatLiteral(name, quote: true));
                var span = TextSpan.FromBounds(nameStart, Position);
                _text.Append("] = ");
                Value(value, Join(path, name), span);
            }

            _text.Append(", ");
        }

        _text.Append('}');
        return head;
    }

    private void Json(JsonNode? node, string path, TextSpan? name)
    {
        var start = Position;
        var head = new TextSpan(start, 1);
        switch (node)
        {
            case JsonObject members:
                _text.Append('{');
                foreach (var (index, (key, value)) in members.Index())
                {
                    _text.Append(index > 0 ? ", " : "");
                    var nameStart = Position;
                    Escaped(JsonText(JsonValue.Create(key)));
                    var span = TextSpan.FromBounds(nameStart, Position);
                    _text.Append(": ");
                    Json(value, Join(path, key), span);
                }

                _text.Append('}');
                break;
            case JsonArray items:
                _text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    _text.Append(i > 0 ? ", " : "");
                    Json(items[i], $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", null);
                }

                _text.Append(']');
                break;
            default:
                Escaped(JsonText(node));
                break;
        }

        Remember(path, name, start, head);
    }

    private void Remember(string path, TextSpan? name, int start, TextSpan head)
    {
        var value = TextSpan.FromBounds(start, Position);
        _spans[path] = new(name ?? value, value, head);
    }

    private void Escaped(string text)
    {
        var literal = SymbolDisplay.FormatLiteral(text, quote: true);
        _text.Append(literal, 1, literal.Length - 2);
    }

    private static string JsonText(JsonNode? node) =>
        node?.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null";

    private static string Scalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => SymbolDisplay.FormatLiteral(value.GetValue<string>(), quote: true),
        JsonValueKind.Number when !long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var number) || number is > int.MaxValue or < int.MinValue =>
            value.ToJsonString() + (value.ToJsonString().AsSpan().IndexOfAny(".eE") < 0 ? "L" : ""),
        _ => value.ToJsonString(),
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;
}

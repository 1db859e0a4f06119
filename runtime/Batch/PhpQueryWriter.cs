using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>
/// Writes JSON parameters as PHP reads them from a query string: <c>fields[name]=x</c>. What would not arrive as it is,
/// is not written at all: the caller sends such a command outside of the batch.
/// </summary>
internal sealed class PhpQueryWriter
{
    // PHP drops what is nested deeper (max_input_nesting_level), and what comes after so many variables (max_input_vars).
    private const int MaxDepth = 64;
    private const int MaxVariables = 1000;

    // The server puts earlier answers wherever it finds these in a command, in names too.
    private static readonly string[] Marks = ["$result", "$next", "$total", "$time", "$error"];

    private readonly StringBuilder _query = new();
    private readonly IReadOnlyList<(string Path, BatchReference Reference)> _bindings;
    private readonly bool _isRead;
    private int _variables;
    private bool _carries = true;

    private PhpQueryWriter(IReadOnlyList<(string Path, BatchReference Reference)> bindings, bool isRead) => (_bindings, _isRead) = (bindings, isRead);

    /// <summary>Encodes parameters; null: a query cannot express them.</summary>
    /// <param name="parameters">The parameters; an object.</param>
    /// <param name="bindings">Parameters, by dotted path, that are taken from earlier answers.</param>
    /// <param name="isRead">The method changes nothing: an empty parameter means the same as none.</param>
    public static string? Encode(JsonElement parameters, IReadOnlyList<(string Path, BatchReference Reference)> bindings, bool isRead)
    {
        var query = new PhpQueryWriter(bindings, isRead);
        if (parameters.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in parameters.EnumerateObject())
            {
                query._carries &= IsRootName(property.Name);
                query.Write(property.Value, property.Name, property.Name, depth: 0);
            }
        }

        foreach (var (path, reference) in bindings)
        {
            var steps = path.Split('.');
            query.Append(steps[0] + string.Concat(steps.Skip(1).Select(static s => $"[{s}]")), reference.Text);
        }

        return query._carries && query._variables <= MaxVariables ? query._query.ToString() : null;
    }

    /// <summary>Whether a query carries parameters as they are.</summary>
    public static bool Carries(JsonElement parameters, bool isRead) => Encode(parameters, [], isRead) is not null;

    private void Write(JsonElement value, string key, string path, int depth)
    {
        if (!_carries || IsBound(path))
            return;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = 0;
                foreach (var member in value.EnumerateObject())
                {
                    members++;
                    _carries &= IsInnerName(member.Name) && depth < MaxDepth;
                    Write(member.Value, $"{key}[{member.Name}]", $"{path}.{member.Name}", depth + 1);
                }

                WriteEmpty(members, path, depth);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    var step = (index++).ToString(CultureInfo.InvariantCulture);
                    _carries &= depth < MaxDepth;
                    Write(item, $"{key}[{step}]", $"{path}.{step}", depth + 1);
                }

                WriteEmpty(index, path, depth);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Append(key, value.ValueKind == JsonValueKind.True ? "1" : "0");
                break;
            default:
                var text = value.ToString();
                _carries &= !HasReference(text);
                Append(key, text);
                break;
        }
    }

    // A query has no form for an empty list: a variable without a value is an empty text, and a list of one to others.
    private void WriteEmpty(int count, string path, int depth)
    {
        if (count == 0 && !(_isRead && depth == 0) && !_bindings.Any(b => b.Path.StartsWith(path + ".", StringComparison.Ordinal)))
            _carries = false;
    }

    private bool IsBound(string path)
    {
        foreach (var (bound, _) in _bindings)
        {
            if (bound == path)
                return true;
        }

        return false;
    }

    private static bool HasReference(string text) =>
        text.Contains('$', StringComparison.Ordinal) && Array.Exists(Marks, mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));

    // PHP makes underscores of dots, spaces and brackets here, and drops spaces in front.
    private static bool IsRootName(string name) =>
        name.Length > 0 && name.AsSpan().IndexOfAny(". []\0") < 0 && !HasReference(name);

    // A bracket ends the name, no name counts up, and PHP drops a space in front.
    private static bool IsInnerName(string name) =>
        name.Length > 0 && !char.IsWhiteSpace(name[0]) && name.AsSpan().IndexOfAny("[]\0") < 0 && !HasReference(name);

    private void Append(string key, string value)
    {
        _variables++;
        if (_query.Length > 0)
            _query.Append('&');
        _query.Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(value));
    }
}

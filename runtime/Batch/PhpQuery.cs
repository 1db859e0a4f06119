using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>Writes JSON parameters as PHP reads them from a query string: <c>fields[name]=x</c>.</summary>
internal static class PhpQuery
{
    // The server puts earlier answers wherever it finds these in a command.
    private static readonly string[] s_marks = ["$result", "$next", "$total", "$time", "$error"];

    /// <summary>Encodes parameters.</summary>
    /// <param name="parameters">The parameters; an object.</param>
    /// <param name="bindings">Parameters, by dotted path, that are taken from earlier answers.</param>
    public static string Encode(JsonElement parameters, IReadOnlyList<(string Path, BatchReference Reference)> bindings)
    {
        var query = new StringBuilder();
        if (parameters.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in parameters.EnumerateObject())
                Write(query, property.Value, property.Name, property.Name, bindings);
        }

        foreach (var (path, reference) in bindings)
        {
            var steps = path.Split('.');
            Append(query, steps[0] + string.Concat(steps.Skip(1).Select(static s => $"[{s}]")), reference.Text);
        }

        return query.ToString();
    }

    private static void Write(
        StringBuilder query,
        JsonElement value,
        string key,
        string path,
        IReadOnlyList<(string Path, BatchReference Reference)> bindings)
    {
        if (bindings.Any(b => b.Path == path))
            return;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Write(query, member.Value, $"{key}[{member.Name}]", $"{path}.{member.Name}", bindings);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    var step = (index++).ToString(CultureInfo.InvariantCulture);
                    Write(query, item, $"{key}[{step}]", $"{path}.{step}", bindings);
                }

                break;
            case JsonValueKind.True or JsonValueKind.False:
                Append(query, key, value.ValueKind == JsonValueKind.True ? "1" : "0");
                break;
            default:
                Append(query, Checked(key), Checked(WireValue.Text(value)));
                break;
        }
    }

    /// <summary>Whether a text holds what the server takes for a reference.</summary>
    public static bool HasReference(string text) =>
        Array.Exists(s_marks, mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));

    private static string Checked(string text)
    {
        if (HasReference(text))
            throw new InvalidOperationException("A text of the call holds what a batch takes for a reference, such as $result; send the call alone.");
        return text;
    }

    private static void Append(StringBuilder query, string key, string value)
    {
        if (query.Length > 0)
            query.Append('&');
        query.Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(value));
    }
}

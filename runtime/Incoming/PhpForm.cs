using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>
/// Reads and writes forms in PHP's notation, in which a portal sends everything: <c>data[FIELDS][ID]=1</c>. A form is read
/// as PHP reads it into the JSON that the readers of answers take: a name given twice has its last value,
/// <c>a[]</c> appends, keys 0, 1, 2 … make a list, and every value is text. What is no UTF-8 in a value becomes <c>U+FFFD</c>.
/// </summary>
public static class PhpForm
{
    /// <summary>Reads a form into JSON.</summary>
    /// <param name="form">The body, <c>application/x-www-form-urlencoded</c>.</param>
    /// <param name="limits">What is refused; null: <see cref="IncomingLimits.Default"/>.</param>
    /// <returns>A JSON object in UTF-8.</returns>
    /// <exception cref="IncomingFormatException">The form exceeds a limit, or a name in it is not UTF-8.</exception>
    public static byte[] ToJson(ReadOnlySpan<byte> form, IncomingLimits? limits = null) =>
        TryToJson(form, limits, out var json, out var problem) ? json : throw new IncomingFormatException(problem!);

    /// <summary>Reads a form into JSON, or says why it cannot.</summary>
    /// <param name="form">The body.</param>
    /// <param name="limits">What is refused; null: <see cref="IncomingLimits.Default"/>.</param>
    /// <param name="json">A JSON object in UTF-8; empty where the form is refused.</param>
    /// <param name="problem">What is wrong, without quoting a value; null: nothing.</param>
    public static bool TryToJson(ReadOnlySpan<byte> form, IncomingLimits? limits, out byte[] json, out string? problem)
    {
        var reader = new PhpFormReader(limits ?? IncomingLimits.Default);
        if ((problem = reader.Add(form)) is null)
        {
            json = reader.ToJson();
            return true;
        }

        json = [];
        return false;
    }

    /// <summary>Writes a JSON object as a form, as PHP's <c>http_build_query</c> does: null and empty lists vanish.</summary>
    /// <param name="value">The object.</param>
    /// <exception cref="ArgumentException">It is no object.</exception>
    public static byte[] FromJson(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new ArgumentException("A form needs a JSON object.", nameof(value));
        var form = new StringBuilder();
        foreach (var member in value.EnumerateObject())
            Write(form, Uri.EscapeDataString(member.Name), member.Value);
        return Encoding.ASCII.GetBytes(form.ToString());
    }

    private static void Write(StringBuilder form, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Write(form, $"{name}%5B{Uri.EscapeDataString(member.Name)}%5D", member.Value);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                    Write(form, $"{name}%5B{index++}%5D", item);
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                form.Append(form.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(TextOf(value)));
                break;
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}

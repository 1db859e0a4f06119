using System.Globalization;
using System.Text;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Reads what arrived by the readers of answers.</summary>
internal static class IncomingReader
{
    // A type may require one of its own kind.
    private const int DeepestRequired = 8;

    /// <param name="value">What arrived.</param>
    /// <param name="code">The code of the event, placement or callback.</param>
    /// <param name="mayLack">It may come without what its spec requires, as the options of a placement do: some pages have one table for several placements.</param>
    public static T Read<T>(JsonElement value, string code, bool mayLack = false)
        where T : Bitrix24Object, new()
    {
        try
        {
            var isNothing = value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);
            if (!isNothing && value.ValueKind != JsonValueKind.Object)
                throw Unlike(code, "it is no object.");
            var record = isNothing ? new T() : Read<T>(Encoding.UTF8.GetBytes(value.GetRawText()));
            return WrongNumber(value, record.FieldTable, mayLack, 1) is { } path ? throw Unlike(code, $"{Quote(path)} is no whole number.") : record;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw Unlike(code, e.Message);
        }
    }

    /// <summary>Reads what is one number; a form carries it as text.</summary>
    /// <param name="value">What arrived.</param>
    /// <param name="code">The code of the event.</param>
    public static T ReadNumber<T>(JsonElement value, string code)
        where T : struct, ISpanParsable<T>
    {
        var text = value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null };
        return T.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : throw Unlike(code, "it is no number.");
    }

    /// <summary>An exception about what arrived.</summary>
    public static Bitrix24ProtocolException Wrong(string message) => new(message) { IsIncoming = true };

    /// <summary>A name that came from outside, fit for logs and messages.</summary>
    public static string Quote(string? text)
    {
        const int longest = 80;
        if (text is null)
            return "?";
        var shown = text.Length <= longest ? text : text[..longest] + "…";
        return string.Create(shown.Length, shown, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
                to[i] = char.IsLetterOrDigit(from[i]) || from[i] is '_' or '.' or '-' or ':' or '…' ? from[i] : '?';
        });
    }

    private static T Read<T>(byte[] json)
        where T : Bitrix24Object, new()
    {
        var reader = new FieldReader(json);
        reader.Read();
        return reader.Object<T>();
    }

    /// <summary>
    /// The path of a required whole number that cannot be read or, unless it may lack, did not come. A record would show 0, which is
    /// the id of nothing. Members of an object that did not come are asked for too.
    /// </summary>
    private static string? WrongNumber(JsonElement value, TypeDescriptor type, bool mayLack, int depth)
    {
        foreach (var field in type.FieldArray)
        {
            if (!field.Has(FieldFlags.Required) || field.Has(FieldFlags.Nullable | FieldFlags.List | FieldFlags.Map))
                continue;
            var member = value.Member(field.Name) ?? (type.AnyCase ? OfAnyCase(value, field.Name) : default);
            if (field.Kind == ValueKind.Object && field.Type is { } inner && depth < DeepestRequired)
            {
                if (WrongNumber(member, inner, mayLack, depth + 1) is { } path)
                    return $"{field.Name}.{path}";
            }
            else if (field.Kind is ValueKind.Int or ValueKind.Long && !(mayLack && member.ValueKind == JsonValueKind.Undefined) && !IsNumber(member))
            {
                return field.Name;
            }
        }

        return null;
    }

    private static JsonElement OfAnyCase(JsonElement value, string name) => value.ValueKind != JsonValueKind.Object
        ? default
        : value.EnumerateObject().FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static bool IsNumber(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
            return false;
        var reader = new FieldReader(Encoding.UTF8.GetBytes(value.GetRawText()));
        reader.Read();
        return JsonRead.LongOrNull(ref reader) is not null;
    }

    private static Bitrix24ProtocolException Unlike(string code, string why) => Wrong($"What {Quote(code)} carries is not what its spec says: {why}");
}

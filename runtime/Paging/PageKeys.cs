using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>The ids of a page's records.</summary>
/// <param name="First">That of the first record.</param>
/// <param name="Last">That of the last.</param>
/// <param name="Name">The id's name as the server answers it: a method may answer <c>id</c> and filter by <c>ID</c>.</param>
/// <param name="Ascending">Each is greater than the one before.</param>
/// <param name="Descending">Each is less than the one before.</param>
internal sealed record PageKeys(long First, long Last, string Name, bool Ascending, bool Descending)
{
    /// <summary>Reads the ids of a list; null: a record has none, or one that is no number.</summary>
    /// <param name="reader">At the list; a copy, so that the records can be read too.</param>
    /// <param name="name">The id's name, in any case.</param>
    public static PageKeys? Read(FieldReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return null;
        long first = 0, last = 0;
        var (count, ascending, descending) = (0, true, true);
        string? spelled = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject || ReadOne(ref reader, name, ref spelled) is not { } key)
                return null;
            if (count++ == 0)
            {
                first = key;
            }
            else
            {
                ascending &= key > last;
                descending &= key < last;
            }

            last = key;
        }

        return spelled is null ? null : new(first, last, spelled, ascending, descending);
    }

    private static long? ReadOne(ref FieldReader reader, ReadOnlySpan<byte> name, ref string? spelled)
    {
        long? key = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // The first that is a number counts, where a record has the name in two cases.
            var isKey = key is null && Ascii.EqualsIgnoreCase(reader.ValueSpan, name);
            if (!isKey)
            {
                reader.Skip();
                continue;
            }

            spelled ??= Encoding.ASCII.GetString(reader.ValueSpan);
            reader.Read();
            key = Number(ref reader);
            reader.Skip();
        }

        return key;
    }

    private static long? Number(ref FieldReader reader) =>
        reader.TokenType is JsonTokenType.Number or JsonTokenType.String
        && long.TryParse(reader.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

using System.Text.Json;

namespace Bitrix24;

/// <summary>Values of an enumeration that were read before: each is one string however often it is read.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal static class EnumCache<T>
    where T : struct, IBitrix24Enum<T>
{
    // A portal's own statuses are data without end: beyond these, values are made each time.
    private const int MaxKnown = 32;
    private const int MaxLength = 64;

    private static (byte[] Name, T Value)[] s_known = [];

    public static bool TryRead(ref FieldReader reader, out T value)
    {
        value = default;
        var name = reader.ValueSpan;
        if (reader.ValueIsEscaped || name.Length is 0 or > MaxLength)
            return false;
        var known = s_known;
        foreach (ref readonly var entry in known.AsSpan())
        {
            if (name.SequenceEqual(entry.Name))
            {
                value = entry.Value;
                return true;
            }
        }

        if (known.Length >= MaxKnown)
            return false;
        value = reader.GetString()!;
        // Two threads may both add: one entry is lost, and is added again later.
        s_known = [.. known, (name.ToArray(), value)];
        return true;
    }
}

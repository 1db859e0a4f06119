using System.Globalization;
using System.Text;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>
/// The notation in which generated code keeps descriptors: it is small, costs the compiler nothing, and becomes objects
/// only when a type is used. Its letters and how texts are escaped; the reader and the writer lie beside it.
/// </summary>
/// <remarks>
/// Fields are separated by <c>;</c>: <c>name:kind</c>, a letter for the kind, capital letters for flags, a number for the
/// object's type among those that are given beside the text, and for lists of lists the flags of each element after a
/// <c>/</c>. Facts follow as <c>,name</c> or <c>,name=value|value</c>. An alternative of a union is a field without a name,
/// as a value of the fact <c>of</c>. <c>~</c> and four hexadecimal digits stand for a character that would separate.
/// </remarks>
internal static class Notation
{
    /// <summary>By <see cref="ValueKind"/>.</summary>
    public const string Kinds = "silnmbydtjfou";

    /// <summary>By the bits of <see cref="FieldFlags"/>.</summary>
    public const string Flags = "ROINLMADFSXGECVUK";

    /// <summary>By <see cref="View"/>.</summary>
    public const string Views = "rcufso";

    /// <summary>By <see cref="ParameterLocation"/>.</summary>
    public const string Locations = "bpqhc";

    /// <summary>By <see cref="Operation"/>.</summary>
    public const string Operations = "xagludrfpcst";

    /// <summary>By <see cref="Idempotency"/>.</summary>
    public const string Idempotencies = "usr";

    /// <summary>By <see cref="Paging"/>.</summary>
    public const string Pagings = "nspoclm";

    /// <summary>By <see cref="NameCase"/>.</summary>
    public const string NameCases = "eafbdhs";

    /// <summary>By <see cref="EnvelopeKind"/>.</summary>
    public const string Envelopes = "bvhr";

    /// <summary>By <see cref="MethodAccess"/>: none, webhook, application, either.</summary>
    public const string Accesses = "nwae";

    /// <summary>By <see cref="Access"/>.</summary>
    public const string Callers = "uaspmi";

    /// <summary>By <see cref="AddressKind"/>.</summary>
    public const string Addresses = "-upi";

    /// <summary>The flags that say how elements are held; the writer spells them out level by level.</summary>
    public const FieldFlags Containers = FieldFlags.List | FieldFlags.Map | FieldFlags.OneOrMany | FieldFlags.NumberKeys;

    private const string NameSeparators = ";:~";
    private const string ValueSeparators = ";,|~";

    public static string EscapeName(string text) => Escape(text, NameSeparators);

    public static string EscapeValue(string text) => Escape(text, ValueSeparators);

    public static string Unescape(string text)
    {
        var mark = text.IndexOf('~');
        if (mark < 0)
            return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '~')
            {
                plain.Append(text[i]);
                continue;
            }

            plain.Append((char)ushort.Parse(text.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            i += 4;
        }

        return plain.ToString();
    }

    /// <summary>The value whose letter stands in a table.</summary>
    public static int Index(string table, string letter)
    {
        var index = letter.Length == 1 ? table.IndexOf(letter[0]) : -1;
        return index >= 0 ? index : throw new FormatException($"None of \"{table}\" is '{letter}'.");
    }

    public static string Invariant(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text, string separators)
    {
        if (text.IndexOfAny(separators.ToCharArray()) < 0)
            return text;
        var escaped = new StringBuilder(text.Length + 5);
        foreach (var c in text)
        {
            if (separators.IndexOf(c) < 0)
                escaped.Append(c);
            else
                escaped.Append('~').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}

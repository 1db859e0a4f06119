using System.Runtime.CompilerServices;
using System.Text;

namespace Bitrix24.Infrastructure;

/// <summary>The fields of a type, in the order by which generated code numbers them.</summary>
public sealed class TypeDescriptor
{
    private FieldDescriptor[]? _fields;
    private Func<FieldDescriptor[]>? _factory;

    /// <summary>A type.</summary>
    /// <param name="name">The name in the spec.</param>
    /// <param name="fields">Makes the fields on first use, so that types may refer to each other in any order.</param>
    public TypeDescriptor(string name, Func<FieldDescriptor[]> fields)
    {
        Name = name;
        _factory = fields;
    }

    /// <summary>A type that generated code describes.</summary>
    /// <param name="fields">The fields, in the generator's notation.</param>
    /// <param name="types">The types of fields that are objects.</param>
    /// <param name="name">The name in the spec: that of the member which holds the descriptor, unless it is given.</param>
    public TypeDescriptor(string fields, Func<TypeDescriptor[]>? types = null, [CallerMemberName] string name = "")
        : this(name, () => DescriptorText.Fields(fields, types?.Invoke() ?? []))
    {
    }

    /// <summary>A type without fields.</summary>
    public static TypeDescriptor Empty { get; } = new("", static () => []);

    /// <summary>The name in the spec.</summary>
    public string Name { get; }

    /// <summary>The portal's own fields may stand beside the listed ones.</summary>
    public bool Open { get; init; }

    /// <summary>Of an open type: fields of any name may stand beside the listed ones.</summary>
    public bool Undescribed { get; init; }

    /// <summary>Answers may spell names in another case, with underscores between words: <c>LAST_NAME</c> is <c>lastName</c>.</summary>
    public bool AnyCase { get; init; }

    /// <summary>Error codes by rule, for fields that name none.</summary>
    public RuleError[] Errors { get; init; } = [];

    /// <summary>The fields.</summary>
    public IReadOnlyList<FieldDescriptor> Fields => FieldArray;

    internal FieldDescriptor[] FieldArray
    {
        get
        {
            if (_fields is { } ready)
                return ready;
            if (_factory is { } make)
            {
                Interlocked.CompareExchange(ref _fields, make(), null);
                _factory = null;
            }

            return _fields!;
        }
    }

    /// <summary>The index of a field by its name on the wire, or -1.</summary>
    /// <param name="name">The name as the server spells it.</param>
    /// <param name="from">Where to look first; servers answer fields in the order of the type.</param>
    public int IndexOf(ReadOnlySpan<byte> name, int from = 0)
    {
        var all = FieldArray;
        for (var i = from; i < all.Length; i++)
        {
            if (name.SequenceEqual(all[i].Utf8Name))
                return i;
        }

        for (var i = Math.Min(from, all.Length) - 1; i >= 0; i--)
        {
            if (name.SequenceEqual(all[i].Utf8Name))
                return i;
        }

        return -1;
    }

    /// <summary>The index of a field by its name in any case, underscores left out, or -1.</summary>
    internal int IndexOfAnyCase(ReadOnlySpan<byte> name)
    {
        var all = FieldArray;
        for (var i = 0; i < all.Length; i++)
        {
            if (IsAlike(name, all[i].Utf8Name))
                return i;
        }

        return -1;
    }

    private static bool IsAlike(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        while (true)
        {
            left = left.TrimStart((byte)'_');
            right = right.TrimStart((byte)'_');
            if (left.IsEmpty || right.IsEmpty)
                return left.IsEmpty && right.IsEmpty;
            if (!Ascii.EqualsIgnoreCase(left[..1], right[..1]))
                return false;
            left = left[1..];
            right = right[1..];
        }
    }

    /// <summary>The field of a name on the wire, or null.</summary>
    /// <param name="name">The name as the server spells it.</param>
    public FieldDescriptor? Find(string name)
    {
        foreach (var field in FieldArray)
        {
            if (string.Equals(field.Name, name, StringComparison.Ordinal))
                return field;
        }

        return null;
    }
}

using System.ComponentModel;
using System.Threading;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>The fields of a type, in the order by which generated code numbers them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class TypeDescriptor
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
    public IReadOnlyList<RuleError> Errors { get; init; } = [];

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

    /// <summary>The field of a name on the wire, or null.</summary>
    /// <param name="name">The name as the server spells it.</param>
    public FieldDescriptor? Find(string name)
    {
        var index = IndexOf(name, StringComparison.Ordinal);
        return index < 0 ? null : FieldArray[index];
    }

    /// <summary>The index of the field of a name, or of one that has it as an alias, or -1.</summary>
    internal int IndexOf(string name, StringComparison comparison)
    {
        var fields = FieldArray;
        for (var i = 0; i < fields.Length; i++)
        {
            if (string.Equals(fields[i].Name, name, comparison))
                return i;
        }

        for (var i = 0; i < fields.Length; i++)
        {
            foreach (var alias in fields[i].Aliases)
            {
                if (string.Equals(alias, name, comparison))
                    return i;
            }
        }

        return -1;
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// Sees, while typed code writes a request, whether anything in it may break a rule. Where nothing can, the bytes need not be
/// taken apart again; in every other case the rule engine reads them and says what is wrong.
/// </summary>
/// <remarks>
/// Scalars are validated by the engine's own rules. What typed code writes seldom, or what takes more than a look (queries, maps,
/// unions, files, widget markup, conditions between fields), is left to the engine.
/// </remarks>
internal sealed class WriteCheck
{
    // A bit for each field of an object.
    public const int MostFields = 64;

    private const int MostUnique = 4;

    // Items of a list that are compared here.
    private const int MostItems = 128;

    [ThreadStatic]
    private static WriteCheck? t_spare;

    private readonly ValidationContext<WrittenScalar> _context = new();
    private readonly ValueValidator<WrittenScalar> _values;
    private readonly int[] _hashes = new int[MostUnique * MostItems];
    private readonly int[] _hashed = new int[MostUnique];
    private MethodDescriptor? _method;
    private bool _holds;
    private bool _isWritten;
    private View _view;
    private ulong _given;

    // Members of the current object that may not repeat in its list.
    private ulong _unique;

    private WriteCheck() => _values = new(_context);

    /// <summary>Begins a call.</summary>
    public static WriteCheck Begin(MethodDescriptor method)
    {
        var check = t_spare ?? new();
        t_spare = null;
        check._context.Begin(method);
        check._method = method;
        check._holds = !method.Positional && method.Operation != Operation.Aggregate;
        (check._isWritten, check._unique) = (false, 0);
        return check;
    }

    /// <summary>Whether the call has been written by typed code and breaks no rule.</summary>
    public bool End()
    {
        var holds = _holds && _isWritten;
        _context.Clear();
        _method = null;
        t_spare = this;
        return holds;
    }

    /// <summary>The call may break a rule: the engine has to look.</summary>
    public void Doubt() => _holds = false;

    public void Scalar(FieldDescriptor field, int index, string value)
    {
        if (!_holds)
            return;
        Give(index);
        Scalar(field, new WrittenScalar(value));
        if (_unique != 0 && index < MostFields && (_unique & (1UL << index)) != 0)
            AddUnique(index, Hash(value));
    }

    public void Scalar(FieldDescriptor field, int index, decimal value)
    {
        if (!_holds)
            return;
        Give(index);
        Scalar(field, new WrittenScalar(value));
    }

    public void Scalar(FieldDescriptor field, int index, bool value)
    {
        if (!_holds)
            return;
        Give(index);
        Scalar(field, field.Kind == ValueKind.YesNo ? new WrittenScalar(value ? "Y" : "N") : new WrittenScalar(value));
    }

    /// <summary>A value whose text is known to the writer only: it must be of one of two kinds that fit it, and have no rule.</summary>
    public void Unruled(FieldDescriptor field, int index, ValueKind kind, ValueKind other)
    {
        Give(index);
        _holds &= field.IsPlainIn(_view) && (field.RuleSet & RuleSet.OfScalar) == 0 && (field.Kind == kind || field.Kind == other);
    }

    /// <summary>Null in an update.</summary>
    public void Null(FieldDescriptor field) => _holds &= MayWrite(field);

    /// <summary>A list of scalars.</summary>
    public void List<T>(FieldDescriptor field, int index, IReadOnlyList<T> values, Func<T, WrittenScalar> value)
    {
        if (!_holds)
            return;
        Give(index);
        _holds = MayWrite(field) && field.Has(FieldFlags.List) && field.Element is null && field.Kind is not (ValueKind.Object or ValueKind.Union)
            && (field.RuleSet & (RuleSet.Unique | RuleSet.Markup)) == 0 && HasCount(field, values.Count);
        for (var i = 0; i < values.Count && _holds; i++)
            _holds = values[i] is not null && _values.Holds(field, value(values[i]));
    }

    /// <summary>Goes into an object, or into a list of objects, that a field holds.</summary>
    public Around Enter(FieldDescriptor field, int index, bool isList, int count)
    {
        Give(index);
        var around = new Around(_view, _given, _unique, field);
        _holds &= MayWrite(field) && field is { Kind: ValueKind.Object, Element: null, As: not (View.Filter or View.Select or View.Order) }
            && !field.Has(FieldFlags.Map) && field.Has(FieldFlags.List) == isList && (field.RuleSet & RuleSet.Markup) == 0
            && (!isList || HasCount(field, count));
        (_view, _unique) = (field.As == View.Update ? View.Update : View.Create, 0);
        if (isList && (field.RuleSet & RuleSet.Unique) != 0)
            BeginUnique(field, count);
        return around;
    }

    /// <summary>Begins the members of an object.</summary>
    /// <param name="field">The field that holds it, or the list that it is in; null: they are the parameters.</param>
    /// <param name="type">Its type.</param>
    public void BeginObject(FieldDescriptor? field, TypeDescriptor type)
    {
        _given = 0;
        if (field is null)
        {
            (_view, _isWritten) = (View.Create, true);
            _holds &= ReferenceEquals(type, _method!.Parameters) && !type.Written.IsUnsure;
        }
        else
        {
            _holds &= ReferenceEquals(type, field.Type);
        }
    }

    /// <summary>Ends them.</summary>
    public void EndObject(TypeDescriptor type)
    {
        if (_holds && _view != View.Update)
            _holds = !type.Written.IsUnsure && (type.Written.MayLack & ~_given) == 0;
    }

    /// <summary>Ends what <see cref="Enter(FieldDescriptor, int, bool, int)"/> began.</summary>
    public void Leave(in Around around)
    {
        if (around.Field is { } field && !field.Has(FieldFlags.List) && (field.RuleSet & RuleSet.Count) != 0)
            _holds &= field.Rules is { MinItems: <= 1, MaxItems: int.MaxValue } && _given != 0;
        (_view, _given, _unique) = (around.View, around.Given, around.Unique);
    }

    private void Give(int index) => _given |= index < MostFields ? 1UL << index : 0;

    private void Scalar(FieldDescriptor field, in WrittenScalar value) => _holds = field.IsPlainIn(_view) && _values.Holds(field, value);

    private bool MayWrite(FieldDescriptor field) => field.IsWritableIn(_view) && (_view != View.Update || (field.RuleSet & RuleSet.Use) == 0);

    private static bool HasCount(FieldDescriptor field, int count) =>
        (field.RuleSet & RuleSet.Count) == 0 || (count >= field.Rules!.MinItems && count <= field.Rules.MaxItems);

    private void BeginUnique(FieldDescriptor field, int count)
    {
        var members = field.Rules!.UniqueBy;
        // Lists within items of such a list share its place.
        if (count > MostItems || members.Count > MostUnique || field.Type is not { } type)
        {
            _holds = false;
            return;
        }

        Array.Clear(_hashed);
        for (var i = 0; i < members.Count; i++)
        {
            var index = type.IndexOf(members[i], StringComparison.Ordinal);
            if (index is < 0 or >= MostFields || type.FieldArray[index].Kind != ValueKind.String || !type.Written.HasScalarsOnly)
                _holds = false;
            else
                _unique |= 1UL << index;
        }
    }

    // Texts of one hash only make the engine look, so it need not withstand an attacker.
    private static int Hash(string value)
    {
        var hash = (ulong)value.Length;
        var text = MemoryMarshal.AsBytes(value.AsSpan());
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
            hash = (BitOperations.RotateLeft(hash, 23) ^ BinaryPrimitives.ReadUInt64LittleEndian(text)) * 0x9E3779B97F4A7C15;
        for (; text.Length > 0; text = text[sizeof(char)..])
            hash = (BitOperations.RotateLeft(hash, 23) ^ BinaryPrimitives.ReadUInt16LittleEndian(text)) * 0x9E3779B97F4A7C15;
        return (int)(hash >> 32);
    }

    private void AddUnique(int index, int hash)
    {
        var member = BitOperations.PopCount(_unique & ((1UL << index) - 1));
        var hashes = _hashes.AsSpan(member * MostItems, MostItems);
        // Two texts may have one hash: the engine looks.
        if (hashes[.._hashed[member]].Contains(hash))
            _holds = false;
        hashes[_hashed[member]++] = hash;
    }

    /// <summary>What is around an object.</summary>
    public readonly record struct Around(View View, ulong Given, ulong Unique, FieldDescriptor? Field);
}

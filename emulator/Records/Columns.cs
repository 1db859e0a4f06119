using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>
/// The fields of a store. <c>STAGE_ID</c> and <c>stageId</c> are one field: views of one record differ in the spelling of
/// names, and what differs more has an alias.
/// </summary>
internal sealed class Columns(IReadOnlyDictionary<string, string> aliases)
{
    private const string Parent = "PARENTID";

    private readonly Dictionary<string, int> _folded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _spelled = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<FieldSpec?> _fields = [];
    private readonly Dictionary<string, string> _aliases = aliases.ToDictionary(static a => Fold(a.Key), static a => Fold(a.Value), StringComparer.Ordinal);

    public int Count => _names.Count;

    /// <summary>All of them, each as it was first met.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The name under which the column was first met.</summary>
    public string Name(int column) => _names[column];

    /// <summary>The columns that link a record to one of a smart process, each with the number of its kind: <c>PARENT_ID_177</c>, <c>parentId177</c>.</summary>
    public List<(int Column, string Kind)> Parents { get; } = [];

    /// <summary>What a spec says of the column; null: no spec names it.</summary>
    public FieldSpec? Field(int column) => _fields[column];

    /// <summary>A value as a record has it: a date in a column of dates is a time, wherever it comes from.</summary>
    public object? Kept(int column, object? value) =>
        value is string text && _fields[column] is { Type.Kind: TypeKind.Date or TypeKind.DateTime } && JsonValues.TryTime(text, out var time) ? time : value;

    /// <summary>The column of a name in any spelling; -1: there is none.</summary>
    public int Find(string name)
    {
        if (_spelled.TryGetValue(name, out var column))
            return column;
        return _folded.TryGetValue(Canonical(name), out column) ? column : -1;
    }

    /// <summary>The column of a name, which is made when it is new. Only for names of specs and of declared user fields: each takes room in every record.</summary>
    public int Declare(string name, FieldSpec? field = null)
    {
        var canonical = Canonical(name);
        if (!_folded.TryGetValue(canonical, out var column))
        {
            column = _names.Count;
            _folded[canonical] = column;
            _names.Add(name);
            _fields.Add(field);
            if (IsParent(name))
                Parents.Add((column, canonical[Parent.Length..]));
        }

        _spelled[name] = column;
        if (field is not null && (_fields[column] is not { } known || (known.Server is null && field.Server is not null)))
            _fields[column] = field;
        return column;
    }

    /// <summary>The field links a record to one of a smart process, in either spelling.</summary>
    public static bool IsParent(string name) =>
        Fold(name) is var folded && folded.Length > Parent.Length && folded.StartsWith(Parent, StringComparison.Ordinal) && folded[Parent.Length..].All(char.IsAsciiDigit);

    /// <summary>A name without what differs between spellings.</summary>
    public static string Fold(string name) =>
        name.Contains('_', StringComparison.Ordinal) ? name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() : name.ToUpperInvariant();

    private string Canonical(string name)
    {
        var folded = Fold(name);
        return _aliases.GetValueOrDefault(folded, folded);
    }
}

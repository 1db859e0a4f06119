using Bitrix24.Gen.Importer.Shapes;

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>Counts the rows of a page by outcome.</summary>
public sealed class RowTally
{
    private readonly List<PageNote> _notes = [];

    public int Typed { get; private set; }

    public int Untyped { get; private set; }

    public int Starred { get; private set; }

    public int UnknownTypes { get; private set; }

    public int NestedResolved { get; private set; }

    public int NestedUnresolved { get; private set; }

    /// <summary>Rules read, by their word.</summary>
    public SortedDictionary<string, int> RuleCounts { get; } = new(StringComparer.Ordinal);

    /// <summary>Flags read, by their word and where they stood.</summary>
    public SortedDictionary<string, SortedDictionary<string, int>> FlagOrigins { get; } = new(StringComparer.Ordinal);

    /// <summary>What was not read, and why.</summary>
    public IReadOnlyList<PageNote> Notes => _notes;

    /// <summary>Rows that were taken up, by line and last part of the name.</summary>
    internal List<(int Line, string Name)> Rows { get; } = [];

    internal void Count(ParameterRow row)
    {
        var last = row.Name[(row.Name.LastIndexOf('.') + 1)..].TrimEnd('[', ']');
        Rows.Add((row.Line, last.Length > 0 ? last : row.Name));
        if (row.Types.Count > 0)
            Typed++;
        else
            Untyped++;
        if (row.Starred)
            Starred++;
    }

    internal void UnknownType(ParameterRow row)
    {
        UnknownTypes++;
        Note(row.Line, $"Type '{string.Join(" | ", row.Types)}' of '{row.Name}' is in no dictionary; read as json.");
    }

    internal void Resolved(ParameterRow row) => NestedResolved += row.Name.Length > 0 ? 1 : 0;

    internal void Unresolved(ParameterRow row)
    {
        NestedUnresolved++;
        Note(row.Line, $"Nothing on the page says what '{row.Name}' holds.");
    }

    internal void Unread(ParameterRow row, string reason) => Note(row.Line, $"Row '{row.Name}' left unread: {reason}.");

    internal void Rules(Member member)
    {
        Add("enum", member.Enum.Count > 0);
        Add("pattern", member.Pattern is not null);
        Add("minLength", member.MinLength is not null);
        Add("maxLength", member.MaxLength is not null);
        Add("min", member.Min is not null);
        Add("max", member.Max is not null);
        Add("default", member.Default is not null);
        Add("oneOf", member.OneOf.Count > 0);
        Add("requiredIf", member.RequiredIf is not null);
        Add("readOnly", member.ReadOnly);
        Add("immutable", member.Immutable);
        Add("unique", member.Unique);
        Add("required", member.Required);
    }

    /// <param name="member">The member as read.</param>
    /// <param name="starred">It carries the mark of required ones.</param>
    /// <param name="columns">What the flag columns had said, before the prose.</param>
    internal void Flags(Member member, bool starred, (bool Required, bool ReadOnly, bool Immutable) columns)
    {
        if (member.Required)
            Flag("required", starred ? "star" : columns.Required ? "column" : "prose");
        if (member.ReadOnly)
            Flag("readOnly", columns.ReadOnly ? "column" : "prose");
        if (member.Immutable)
            Flag("immutable", columns.Immutable ? "column" : "prose");
    }

    /// <param name="flag">The flag's word.</param>
    /// <param name="origin">Where it stood.</param>
    internal void Flag(string flag, string origin)
    {
        if (!FlagOrigins.TryGetValue(flag, out var origins))
            FlagOrigins.Add(flag, origins = new(StringComparer.Ordinal));
        origins[origin] = origins.GetValueOrDefault(origin) + 1;
    }

    public void Note(int line, string message) => _notes.Add(new PageNote(line, message));

    private void Add(string rule, bool present)
    {
        if (present)
            RuleCounts[rule] = RuleCounts.GetValueOrDefault(rule) + 1;
    }
}

/// <summary>Something to tell of a page.</summary>
public sealed record PageNote(int Line, string Message);

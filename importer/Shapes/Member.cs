using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>A parameter or field, with what the documentation says of it.</summary>
public sealed class Member(string name, Shape shape)
{
    public string Name { get; } = name;

    public Shape Shape { get; set; } = shape;

    /// <summary>The type was stated, not guessed from an example.</summary>
    public bool Declared { get; set; }

    /// <summary>A table's row or a bullet lists it; it is not in an example only.</summary>
    public bool Listed { get; set; }

    /// <summary>The type is one that a portal answered, or a list elsewhere gives; a table does not state it.</summary>
    public bool Reported { get; set; }

    /// <summary>The type is known from examples only, of something that is written.</summary>
    public bool Guessed { get; set; }

    /// <summary>Rules whose evidence does not suffice to refuse a call.</summary>
    public IReadOnlyList<string> Weak { get; set; } = [];

    public bool Required { get; set; }

    public bool ReadOnly { get; set; }

    /// <summary>A column of a table says that it is read-only, and not just words.</summary>
    public bool ReadOnlyByColumn { get; set; }

    public bool Immutable { get; set; }

    /// <summary>Every answer has it, though no call need send it.</summary>
    public bool Answered { get; set; }

    public bool Multiple { get; set; }

    public bool Nullable { get; set; }

    public bool Deprecated { get; set; }

    public bool? Filterable { get; set; }

    public bool? Sortable { get; set; }

    public bool Unique { get; set; }

    /// <summary>The form of a file on the wire, where it is not the usual pair of name and content.</summary>
    public string? Format { get; set; }

    public View? As { get; set; }

    /// <summary>Of a filter: conditions may stand in groups that a word joins.</summary>
    public bool Logic { get; set; }

    public IReadOnlyList<string> Enum { get; set; } = [];

    /// <summary>Values that the text gives as examples only.</summary>
    public IReadOnlyList<string> Samples { get; set; } = [];

    public string? Pattern { get; set; }

    public int? MinLength { get; set; }

    public int? MaxLength { get; set; }

    public decimal? Min { get; set; }

    public decimal? Max { get; set; }

    /// <summary>JSON text.</summary>
    public string? Default { get; set; }

    public IReadOnlyList<string> OneOf { get; set; } = [];

    /// <summary>It may stand in the place of the other of <see cref="OneOf"/>, and nothing says yet that one of them is needed.</summary>
    public bool IsStandIn { get; set; }

    public RequiredIfSpec? RequiredIf { get; set; }

    public string? Description { get; set; }

    /// <summary>All that its row says of it.</summary>
    public string? Text { get; set; }

    /// <summary>Of an order: what its text marks as code, the names of fields among it.</summary>
    public IReadOnlyList<string> Mentions { get; set; } = [];

    /// <summary>The API's own description calls it a single character.</summary>
    public bool IsCharacter { get; init; }

    /// <summary>Of a query: names that its text explains one by one.</summary>
    public IReadOnlyList<string> Explained { get; set; } = [];

    /// <summary>Line in the page, counted from 1; 0 when unknown.</summary>
    public int Line { get; set; }

    public Member Clone(Shape? shape = null)
    {
        var copy = new Member(Name, shape ?? Shape)
        {
            Declared = Declared,
            Listed = Listed,
            Reported = Reported,
            Guessed = Guessed,
            Weak = Weak,
            Format = Format,
            Required = Required,
            ReadOnly = ReadOnly,
            ReadOnlyByColumn = ReadOnlyByColumn,
            Immutable = Immutable,
            Multiple = Multiple,
            Answered = Answered,
            Nullable = Nullable,
            IsCharacter = IsCharacter,
            Deprecated = Deprecated,
            Filterable = Filterable,
            Sortable = Sortable,
            Unique = Unique,
            As = As,
            Logic = Logic,
            Enum = Enum,
            Samples = Samples,
            Pattern = Pattern,
            MinLength = MinLength,
            MaxLength = MaxLength,
            Min = Min,
            Max = Max,
            Default = Default,
            OneOf = OneOf,
            RequiredIf = RequiredIf,
            Description = Description,
            Text = Text,
            Mentions = Mentions,
            Explained = Explained,
            Line = Line,
        };
        return copy;
    }

    /// <summary>The rule word of <see cref="Enum"/>.</summary>
    public const string EnumRule = "enum";

    /// <summary>Marks a rule as one that may warn and not refuse.</summary>
    public void AddWeak(string rule)
    {
        if (!Weak.Contains(rule))
            Weak = [.. Weak, rule];
    }

    /// <summary>The same under another spelling of its name.</summary>
    public Member Renamed(string name)
    {
        var renamed = new Member(name, Shape) { Required = Required, Listed = Listed, Reported = Reported, Guessed = Guessed, ReadOnly = ReadOnly, As = As, Line = Line };
        renamed.ReadOnlyByColumn = ReadOnlyByColumn;
        renamed.Fill(this);
        return renamed;
    }

    /// <summary>Takes over what this one does not say.</summary>
    public void Fill(Member other)
    {
        if (Enum.Count == 0 && other.Weak.Contains(EnumRule))
            AddWeak(EnumRule);
        Format ??= other.Format;
        if (!Declared && other.Declared)
        {
            Reported = other.Reported;
            Shape = other.Shape;
            Declared = true;
        }
        else if (Shape.IsOpaque && !other.Shape.IsOpaque)
            Shape = ShapeMerge.FillOpaque(Shape, other.Shape);
        Nullable |= other.Nullable;
        Listed |= other.Listed;
        Multiple |= other.Multiple;
        Deprecated |= other.Deprecated;
        Unique |= other.Unique;
        Immutable |= other.Immutable;
        Filterable ??= other.Filterable;
        Sortable ??= other.Sortable;
        if (Enum.Count == 0)
            Enum = other.Enum;
        if (Samples.Count == 0)
            Samples = other.Samples;
        Pattern ??= other.Pattern;
        MinLength ??= other.MinLength;
        MaxLength ??= other.MaxLength;
        Min ??= other.Min;
        Max ??= other.Max;
        Default ??= other.Default;
        if (OneOf.Count == 0)
            OneOf = other.OneOf;
        RequiredIf ??= other.RequiredIf;
        Description ??= other.Description;
        Text ??= other.Text;
        if (Mentions.Count == 0)
            Mentions = other.Mentions;
        if (Explained.Count == 0)
            Explained = other.Explained;
    }
}

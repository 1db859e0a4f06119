namespace Bitrix24.Gen.Specs;

/// <summary>Kinds of JSON values in which answers write scalars.</summary>
public enum WireKind
{
    /// <summary>Text: <c>"5"</c> for a number, <c>"true"</c> for a truth value.</summary>
    String,

    /// <summary>A number: <c>5</c>, or <c>1</c> and <c>0</c> for a truth value.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Bool,

    /// <summary><c>"Y"</c> or <c>"N"</c>.</summary>
    YesNo,
}

/// <summary>The kind of JSON value at one path of an answer.</summary>
/// <param name="Path">Names with dots, without list indexes; empty: the answer itself.</param>
/// <param name="Kind">The kind.</param>
public sealed record WireKindAt(string Path, WireKind Kind);

/// <summary>A condition under which a field is required.</summary>
/// <param name="Field">The sibling field that decides.</param>
/// <param name="Values">Its values (JSON text) that make this field required; empty: whenever it is present.</param>
public sealed record RequiredIfSpec(string Field, EquatableArray<string> Values);

/// <summary>A field of another record, and what must be the same here.</summary>
/// <param name="Field">The field of the record that is referred to.</param>
/// <param name="Sibling">The parameter or field beside the reference.</param>
public sealed record FieldPair(string Field, string Sibling);

/// <summary>What people call a value.</summary>
/// <param name="Value">The value, as text.</param>
/// <param name="Label">Their words.</param>
public sealed record ValueLabel(string Value, string Label);

/// <summary>A field of a type, or a parameter of a method.</summary>
public sealed record FieldSpec
{
    /// <summary>The name on the wire.</summary>
    public required string Name { get; init; }

    public required TypeRef Type { get; init; }

    /// <summary>The view of <see cref="Type"/> that this value carries; null where the context decides.</summary>
    public View? As { get; init; }

    public bool Required { get; init; }

    public bool ReadOnly { get; init; }

    public bool Immutable { get; init; }

    /// <summary>The API's own isMultiple: values travel as a list. <see cref="Type"/> is that list.</summary>
    public bool Multiple { get; init; }

    public bool Nullable { get; init; }

    /// <summary>Every answer has it, though no call need send it.</summary>
    public bool Answered { get; init; }

    /// <summary>The server answers the field always, and never with nothing.</summary>
    public bool IsAlwaysAnswered => (Required || ReadOnly || Answered) && !Nullable;

    public bool Deprecated { get; init; }

    public bool Filterable { get; init; } = true;

    public bool Sortable { get; init; } = true;

    public bool Selectable { get; init; } = true;

    /// <summary>The type is known from examples only: any scalar is taken where it names one.</summary>
    public bool Guessed { get; init; }

    /// <summary>Of a parameter: no more is known of it than an example. It is a property of the request and no argument of the method.</summary>
    public bool IsShownOnly => Guessed && !Required;

    /// <summary>Rules whose evidence does not suffice to refuse a call: their findings are warnings, unless the server has a code for them.</summary>
    public EquatableArray<string> Weak { get; init; }

    /// <summary>Other names under which the server takes the field.</summary>
    public EquatableArray<string> Aliases { get; init; }

    /// <summary>Allowed values, as text.</summary>
    public EquatableArray<string> Enum { get; init; }

    /// <summary>What people call values of <see cref="Enum"/>: names and comments of the C# members.</summary>
    public EquatableArray<ValueLabel> Labels { get; init; }

    /// <summary>Of a parameter: the value, as JSON text, that every call sends; null: the caller gives it.</summary>
    public string? Fixed { get; init; }

    /// <summary>Values that are known to be taken, among others; no rule.</summary>
    public EquatableArray<string> Hints { get; init; }

    /// <summary>A .NET and ECMAScript compatible regular expression.</summary>
    public string? Pattern { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public decimal? Min { get; init; }

    public decimal? Max { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    /// <summary>Of a list of objects: members that may not repeat.</summary>
    public EquatableArray<string> UniqueBy { get; init; }

    /// <summary>No two records of the portal share this value; only the server (and the emulator) can tell.</summary>
    public bool Unique { get; init; }

    public RequiredIfSpec? RequiredIf { get; init; }

    /// <summary>Siblings of which, with this one, at least one must be given.</summary>
    public EquatableArray<string> OneOf { get; init; }

    /// <summary>The default, as JSON text.</summary>
    public string? Default { get; init; }

    /// <summary>The form on the wire where the type leaves a choice, such as <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The kind of JSON value in which answers write it, where that is not the type's own; null: the type's own.</summary>
    public WireKind? Wire { get; init; }

    /// <summary>Of a filter: <c>logic</c> AND/OR groups are understood.</summary>
    public bool Logic { get; init; }

    /// <summary>The method to call instead of writing this field.</summary>
    public string? Use { get; init; }

    /// <summary>Of a list parameter: its items are calls of another method, and checked as such.</summary>
    public NestedCall? Call { get; init; }

    /// <summary>Values that methods of another name serve.</summary>
    public EquatableArray<InsteadOf> Instead { get; init; }

    /// <summary>Of a text: it is the markup of a widget.</summary>
    public MarkupParts? Markup { get; init; }

    /// <summary>Of a text: what it is the address of.</summary>
    public AddressKind Address { get; init; }

    /// <summary>Of a text with an enumeration: it holds several of the values, with this between them.</summary>
    public string? Separator { get; init; }

    /// <summary>Of a selection or filter: the names that it must have.</summary>
    public EquatableArray<string> MustName { get; init; }

    /// <summary>Siblings that the record which is referred to must agree with: its field to the sibling's name.</summary>
    public EquatableArray<FieldPair> With { get; init; }

    /// <summary>The type whose record this value names by id.</summary>
    public TypeRef? References { get; init; }

    /// <summary>The text is the code of an event or a placement of the API.</summary>
    public CodeKind? Codes { get; init; }

    /// <summary>How the server fills the field (see docs/spec-format.md): <c>autoIncrement</c>, <c>createdAt</c>, <c>const:rest</c> …</summary>
    public string? Server { get; init; }

    public ParameterLocation In { get; init; }

    /// <summary>The C# name, where the derived one will not do.</summary>
    public string? CSharpName { get; init; }

    public string? Description { get; init; }

    public EquatableArray<RuleError> Errors { get; init; }
}

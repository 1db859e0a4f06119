using System.ComponentModel;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>A field of a type, or a parameter of a method.</summary>
/// <param name="name">The name on the wire.</param>
/// <param name="kind">What it holds.</param>
/// <param name="flags">Its flags.</param>
/// <param name="type">Of an object: its type.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class FieldDescriptor(
    string name,
    ValueKind kind,
    FieldFlags flags = FieldFlags.None,
    TypeDescriptor? type = null)
{
    private RuleSet _ruleSet;

    /// <summary>The name on the wire.</summary>
    public string Name { get; } = name;

    /// <summary>What it holds; of a list or map, what its elements are.</summary>
    public ValueKind Kind { get; } = kind;

    /// <summary>Its flags.</summary>
    public FieldFlags Flags { get; } = flags;

    /// <summary>The type of the object, or of the records that a filter, select or order is about.</summary>
    public TypeDescriptor? Type { get; } = type;

    /// <summary>The view of <see cref="Type"/> that the field carries; null: decided by what is around it.</summary>
    public View? As { get; init; }

    /// <summary>Of a parameter: where an HTTP-style method carries it.</summary>
    public ParameterLocation In { get; init; }

    /// <summary>Of a list of lists, a map of lists and so on: what an element is.</summary>
    public FieldDescriptor? Element { get; init; }

    /// <summary>Of a union: what it may be. They have no names.</summary>
    public IReadOnlyList<FieldDescriptor> Alternatives { get; init; } = [];

    /// <summary>Other names on the wire, which the server takes as well.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What values are allowed; null: all of the kind.</summary>
    public FieldRules? Rules { get; init; }

    /// <summary>The form on the wire where the kind leaves a choice.</summary>
    public string? Format { get; init; }

    internal bool Has(FieldFlags flag) => (Flags & flag) != 0;

    /// <summary>The rules that it has; <see cref="RuleSet.Scalar"/> where its values are validated by kind and rules alone.</summary>
    internal RuleSet RuleSet => _ruleSet != 0 ? _ruleSet : _ruleSet = (Rules?.Set ?? RuleSet.Known) | (IsScalar ? RuleSet.Scalar : 0);

    internal bool IsWritableIn(View view) => !Has(view == View.Update ? FieldFlags.ReadOnly | FieldFlags.Immutable : FieldFlags.ReadOnly);

    /// <summary>A scalar that may be written in a view: where its value holds, there is nothing more to validate.</summary>
    internal bool IsPlainIn(View view) =>
        IsWritableIn(view) && (RuleSet & (RuleSet.Scalar | RuleSet.Markup | RuleSet.Use)) == RuleSet.Scalar;

    // No list, map, described object, union or query.
    private bool IsScalar => !Has(FieldFlags.List | FieldFlags.Map)
        && (Type is null || (Kind != ValueKind.Object && As is not (View.Filter or View.Select or View.Order)))
        && (Kind != ValueKind.Union || Alternatives.Count == 0);
}

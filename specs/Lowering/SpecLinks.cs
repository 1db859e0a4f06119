namespace Bitrix24.Gen.Specs.Contract;

/// <content>Where the descriptor comes from.</content>
public sealed partial class FieldDescriptor
{
    /// <summary>The field of the spec, with the rules of its named scalar type; null: the descriptor was read from text.</summary>
    public FieldSpec? Spec { get; init; }
}

/// <content>Where the descriptor comes from.</content>
public sealed partial class TypeDescriptor
{
    /// <summary>The type of the spec; null: the descriptor was read from text.</summary>
    public TypeSpec? Spec { get; init; }
}

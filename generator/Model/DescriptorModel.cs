namespace Bitrix24.Gen.Generator.Model;

/// <summary>A descriptor in the notation that the runtime reads: descriptors themselves do not compare by value.</summary>
/// <param name="Fields">The fields of a type, or the parameters of a method.</param>
/// <param name="Facts">What else is known.</param>
/// <param name="HasTypes">The fields refer to types by number.</param>
internal sealed record DescriptorModel(string Fields, string Facts, bool HasTypes);

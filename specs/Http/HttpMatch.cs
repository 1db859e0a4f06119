namespace Bitrix24.Gen.Specs;

/// <summary>A method that a verb and a path lead to.</summary>
/// <param name="Method">The method.</param>
/// <param name="PathValues">What the path says for the parameters in it, decoded, in the order of the path.</param>
public sealed record HttpMatch(MethodSpec Method, IReadOnlyList<KeyValuePair<string, string>> PathValues);

namespace Bitrix24.Gen.Specs;

/// <summary>A call within a batch that is given as a raw call.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Range">Where the name stands.</param>
/// <param name="Path">Where the call stands in the batch's parameters: <c>cmd.deal</c>, <c>[0]</c>.</param>
/// <param name="Parameters">Its parameters; what only the running program knows is a <see cref="JsonUnknown"/>.</param>
/// <param name="IsQuery">The parameters are a query string, in which every value is text.</param>
public sealed record BatchedCall(string Method, TextRange Range, string Path, JsonNode? Parameters, bool IsQuery)
{
    /// <summary>Where the call's parameters stand: below <see cref="Path"/> in a list of calls.</summary>
    public string ParametersPath { get; init; } = Path;
}

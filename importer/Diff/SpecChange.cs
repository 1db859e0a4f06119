namespace Bitrix24.Gen.Importer.Diff;

/// <summary>A difference that a user of the API may notice.</summary>
/// <param name="Breaking">A call that worked may be refused, an answer may be read otherwise, or code may no longer compile.</param>
/// <param name="Kind">What happened, see <see cref="ChangeMeaning"/>.</param>
/// <param name="Api">The API.</param>
/// <param name="Path">A method, a type that methods share, or the API as a whole, and the path within.</param>
/// <param name="Message">What changed, from what to what.</param>
/// <param name="Methods">The methods that it touches, where the path does not say so.</param>
public sealed record SpecChange(bool Breaking, string Kind, string Api, string Path, string Message, IReadOnlyList<string> Methods)
{
    /// <summary>What a user has to expect, or to do.</summary>
    public string Means => ChangeMeaning.Of(Kind);
}

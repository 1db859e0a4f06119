namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>How many wrong requests of one kind were made, and how many were caught by the right rule at the right place.</summary>
public sealed record MutationCounts(int Made, int Caught);

/// <summary>A wrong request that was not caught.</summary>
/// <param name="Page">The page of the request.</param>
/// <param name="Line">Its line.</param>
/// <param name="Rule">What was broken.</param>
/// <param name="Path">Where.</param>
/// <param name="Found">What was found instead: rules and paths.</param>
public sealed record MissedMutation(string Page, int Line, string Method, string Rule, string Path, IReadOnlyList<string> Found);

/// <summary>The findings on documented requests with a mistake put in.</summary>
/// <param name="Requests">Requests in strict JSON, each of which was broken in every way that the specs know.</param>
/// <param name="Rules">By what was broken.</param>
/// <param name="Unbroken">Places that no wrong value was made for, by the reason.</param>
public sealed record MutationReport(
    int Requests, int Made, int Caught, IReadOnlyDictionary<string, MutationCounts> Rules, IReadOnlyDictionary<string, int> Unbroken, IReadOnlyList<MissedMutation> Missed)
{
    public static MutationReport None { get; } = new(0, 0, 0, new Dictionary<string, MutationCounts>(), new Dictionary<string, int>(), []);
}

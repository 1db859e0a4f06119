namespace Bitrix24;

/// <summary>A limit of the calls to one path, beside those of all calls.</summary>
/// <param name="Name">Its name in the profile of the API.</param>
/// <param name="Path">The path.</param>
/// <param name="Source">What is left of it.</param>
internal sealed record PathLimit(string Name, string Path, PermitSource Source)
{
    /// <summary>Whether it counts a call.</summary>
    /// <param name="target">Where the call goes, perhaps with a query.</param>
    public bool Has(string target)
    {
        var end = target.AsSpan().IndexOfAny('?', '#');
        return (end < 0 ? target : target.AsSpan(0, end)).TrimEnd('/').SequenceEqual(Path);
    }
}

namespace Bitrix24.Gen.Importer.Diff;

/// <summary>Gathers changes: the same change of a shared type is reported once, with the methods that it touches.</summary>
internal sealed class ChangeList
{
    private readonly Dictionary<(string Kind, string Api, string Path, string Message), (bool Breaking, SortedSet<string> Methods)> _changes = [];

    public void Add(bool breaking, string kind, string api, string path, string message, string? method = null)
    {
        var key = (kind, api, path, message);
        if (!_changes.TryGetValue(key, out var known))
            _changes.Add(key, known = (breaking, new SortedSet<string>(StringComparer.Ordinal)));
        if (breaking && !known.Breaking)
            _changes[key] = known = (true, known.Methods);
        if (method is not null)
            known.Methods.Add(method);
    }

    /// <summary>Breaking ones first, then by API, path and kind.</summary>
    public IReadOnlyList<SpecChange> Sorted() =>
        [.. _changes.Select(static c => new SpecChange(c.Value.Breaking, c.Key.Kind, c.Key.Api, c.Key.Path, c.Key.Message, [.. c.Value.Methods]))
            .OrderBy(static c => !c.Breaking).ThenBy(static c => c.Api, StringComparer.Ordinal).ThenBy(static c => c.Path, StringComparer.Ordinal)
            .ThenBy(static c => c.Kind, StringComparer.Ordinal).ThenBy(static c => c.Message, StringComparer.Ordinal)];
}

namespace Bitrix24.Gen.Specs;

/// <summary>A file of a set, bound from all documents that speak of it.</summary>
internal sealed class MergedFile(IReadOnlyList<SpecDocument> sources, BoundFile bound, IReadOnlyDictionary<string, string> expanded)
{
    /// <summary>The documents, the base first.</summary>
    public IReadOnlyList<SpecDocument> Sources { get; } = sources;

    public BoundFile Bound { get; } = bound;

    /// <summary>What the file says, as far as it has been resolved.</summary>
    public SpecFile File { get; set; } = bound.File;

    /// <summary>The file belongs to the user: it comes after packaged ones.</summary>
    public bool User => Sources[0].User;

    /// <summary>The pointer of a type, be it inline.</summary>
    public string PointerOf(TypeSpec type) =>
        Bound.InlinePointers.TryGetValue(type.Name, out var pointer) ? pointer : JsonPointer.Append("/types", type.Name);

    /// <summary>A diagnostic at a pointer of the merged text: at the last document that has it.</summary>
    public SpecDiagnostic Report(string id, string pointer, string message)
    {
        var (path, at, range) = Locate(pointer);
        var where = at.Length == 0 ? "" : BindContext.Quote(at, 200) + ": ";
        return new(id, RuleIds.SeverityOf(id), where + message, path, at, range);
    }

    public (string Path, string Pointer, TextRange Range) Locate(string pointer)
    {
        for (var i = Sources.Count - 1; i >= 0; i--)
        {
            if (Sources[i].Root is { } root && JsonPointer.Locate(root, pointer) is (true, var range))
                return (Sources[i].Path, pointer, range);
        }

        foreach (var pair in expanded)
        {
            if (pointer.StartsWith(pair.Key, StringComparison.Ordinal)
                && (pointer.Length == pair.Key.Length || pointer[pair.Key.Length] == '/'))
            {
                return Locate(pair.Value);
            }
        }

        var parent = pointer.LastIndexOf('/');
        return parent > 0 ? Locate(pointer.Substring(0, parent)) : (Sources[0].Path, "", Sources[0].Locate(""));
    }
}

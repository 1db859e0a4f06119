namespace Bitrix24.Gen.Emulator.State;

/// <summary>
/// The keys of state files, by what has them: what is read, what <c>specs/b24.state.schema.json</c> offers and what
/// docs/spec-format.md explains are the same.
/// </summary>
internal static class StateKeys
{
    public static readonly string[] File = ["$schema", "comment", "api", "stores", "methods", "answers", "errors"];

    public static readonly string[] Store =
    [
        "comment", "key", "coded", "from", "also", "aliases", "defaults", "created", "updated", "derive", "multi", "multiJoined", "numbered", "emptyLast", "rows", "views", "has",
        "userFields", "words", "declares", "children", "links", "refers", "then", "unique", "files", "fileFields", "valued", "events", "robots", "records",
    ];

    public static readonly string[] Method =
    [
        "comment", "store", "do", "key", "by", "input", "where", "set", "only", "needs", "must", "empty", "result", "missing", "errors", "refuse", "then", "filterBy",
        "bounds", "beside", "total", "order", "usual", "limit", "skip", "asked", "part", "plain", "groupBy", "occurs", "names", "ownNames", "own", "take", "search", "keeps", "sole", "clears",
        "upload", "shapeOnly",
    ];

    public static readonly string[] Refusal = ["given", "when", "not", "like", "unlike", "found", "missing", "each", "error", "answer", "comment"];

    public static readonly string[] Upload = ["content", "name", "named", "field", "unless"];

    public static readonly string[] Events = ["area", "by", "areas", "added", "changed", "removed", "on", "sets"];

    public static readonly string[] Link = ["store", "own", "other", "to", "one", "many", "primary"];

    public static readonly string[] Robots = ["on", "stages", "document", "callback", "given", "waits"];

    public static readonly string[] Error = ["rule", "code", "text", "status", "names", "given", "inner", "about"];

    /// <summary>All of them, by the names of the schema's definitions.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["file"] = File,
        ["store"] = Store,
        ["method"] = Method,
        ["refusal"] = Refusal,
        ["upload"] = Upload,
        ["events"] = Events,
        ["link"] = Link,
        ["robots"] = Robots,
        ["error"] = Error,
    };
}

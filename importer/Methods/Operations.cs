using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>What a method does, by the last word of its name.</summary>
public static class Operations
{
    public static Operation Of(string verb, string methodName) => verb.ToLowerInvariant() switch
    {
        "add" or "create" => Operation.Add,
        "get" => Operation.Get,
        "tail" => Operation.List,
        "list" or "getlist" => methodName.Contains(".field.", StringComparison.OrdinalIgnoreCase) ? Operation.Fields : Operation.List,
        "update" or "edit" => Operation.Update,
        "delete" or "remove" or "unregister" => Operation.Delete,
        "fields" or "getfields" or "getfieldslist" => Operation.Fields,
        "count" => Operation.Count,
        "search" => Operation.Search,
        "aggregate" => Operation.Aggregate,
        "register" or "upsert" => Operation.Action,
        _ => Operation.Action,
    };

    /// <summary>Whether an operation only reads.</summary>
    public static bool IsRead(Operation operation) =>
        operation is Operation.Get or Operation.List or Operation.Fields or Operation.Count or Operation.Search or Operation.Aggregate;

    /// <summary>Whether a method that is no standard operation only reads, by its name.</summary>
    public static bool Reads(string verb)
    {
        var word = verb.ToLowerInvariant();
        return word.StartsWith("get", StringComparison.Ordinal) || word.StartsWith("list", StringComparison.Ordinal) && !word.StartsWith("listen", StringComparison.Ordinal)
            || word.StartsWith("is", StringComparison.Ordinal) && !word.StartsWith("iss", StringComparison.Ordinal) && !word.StartsWith("iso", StringComparison.Ordinal)
            || word is "fields" or "types" or "methods" or "scope" or "profile" or "info" or "current" or "events" or "find" or "search";
    }
}

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>The words of a field's <c>server</c> key: how the portal fills it.</summary>
internal static class ServerValue
{
    public const string AutoIncrement = "autoIncrement";
    public const string CreatedAt = "createdAt";
    public const string UpdatedAt = "updatedAt";
    public const string CreatedBy = "createdBy";
    public const string UpdatedBy = "updatedBy";

    public const string AppCode = "appCode";

    /// <summary>The key of the record that this item belongs to.</summary>
    public const string Parent = "parent";

    /// <summary>Another view of the same record, made when it is read.</summary>
    public const string Record = "record";

    /// <summary>The argument of <c>word:argument</c>, or null when the value is of another kind.</summary>
    public static string? Argument(string? server, string word) =>
        server is not null && server.StartsWith(word, StringComparison.Ordinal) && server.Length > word.Length && server[word.Length] == ':'
            ? server[(word.Length + 1)..]
            : null;

    /// <summary>A value given once and for all.</summary>
    public static string? Constant(string? server) => Argument(server, "const");

    /// <summary>Text with other fields of the record in braces.</summary>
    public static string? Template(string? server) => Argument(server, "template");

    /// <summary>A list taken from another record, see <see cref="JoinRule"/>.</summary>
    public static JoinRule? Join(string? server) =>
        Argument(server, "join")?.Split(':') is [var path, var key, var value]
        && path.Split('.') is [var reference, var list]
            ? new JoinRule(reference, list, key, value)
            : null;

    /// <summary>A parameter of the call.</summary>
    public static string? Parameter(string? server) => Argument(server, "param");

    /// <summary>Another field of the record.</summary>
    public static string? Field(string? server) => Argument(server, "field");
}

/// <summary>Items of a list of another record, each with this record's value for it.</summary>
/// <param name="Reference">The field that names the other record.</param>
/// <param name="List">That record's list.</param>
/// <param name="Key">The item's member that this record's map is keyed by.</param>
/// <param name="Value">The member to put the map's value into.</param>
internal sealed record JoinRule(string Reference, string List, string Key, string Value);

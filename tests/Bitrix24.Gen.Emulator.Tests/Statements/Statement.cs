namespace Bitrix24.Gen.Emulator.Tests.Statements;

/// <summary>A statement of one of the five documents that the project began with: tests/Fixtures/seed-statements.tsv.</summary>
/// <param name="Document">The document.</param>
/// <param name="Number">Its number, counted over all documents.</param>
/// <param name="Holds">Where it is enforced: T types, A analyzers, V Validate and check, E emulator.</param>
/// <param name="Missing">Where it could be, and is not.</param>
/// <param name="Text">The statement.</param>
/// <param name="Check">How it is shown; empty: it is not.</param>
/// <param name="Note">What is to be said about it.</param>
internal sealed record Statement(string Document, int Number, string Holds, string Missing, string Text, string Check, string Note)
{
    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<Statement> All { get; } =
    [
        .. File.ReadLines(RepositoryRoot.PathTo("tests", "Fixtures", "seed-statements.tsv"))
            .Where(static line => !line.StartsWith('#'))
            .Select(static line => line.Split('\t'))
            .Select(static c => new Statement(c[0], int.Parse(c[1], System.Globalization.CultureInfo.InvariantCulture), c[2], c[3], c[4], c[5], c[6])),
    ];

    public string Status => Missing.Length > 0 ? Note.Length > 0 ? "in part" : "open" : Holds.Length > 0 ? "yes" : "not applicable";

    /// <summary>How it is shown, one by one.</summary>
    public string[] Checks => Check.Split(" && ");

    /// <summary>The kind of a check and its arguments.</summary>
    public static (string Kind, string[] Arguments) PartsOf(string check) =>
        check.StartsWith("test ", StringComparison.Ordinal) ? ("test", [check["test ".Length..]])
        : check.Split(' ', 3) is [var kind, .. var arguments] ? (kind, arguments) : ("", []);

    public static TheoryData<int, string> Of(string document)
    {
        var data = new TheoryData<int, string>();
        foreach (var statement in All.Where(s => s.Document == document && s.Check.Length > 0))
            data.Add(statement.Number, statement.Text);
        return data;
    }
}

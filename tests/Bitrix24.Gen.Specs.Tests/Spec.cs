using System.Globalization;

namespace Bitrix24.Gen.Specs.Tests;

/// <summary>Spec texts for tests.</summary>
internal static class Spec
{
    public const string Path = "specs/bitrix24/demo.item.b24.json";

    /// <summary>The spec files of the repository, as path and text.</summary>
    public static IReadOnlyList<(string Path, string Text)> Packaged { get; } =
        [.. RepositorySpecs.Apis.SelectMany(static api => RepositorySpecs.Paths(api)).Select(static p => (p, File.ReadAllText(p)))];

    public static string SchemaText => File.ReadAllText(RepositoryRoot.PathTo("specs", "b24.schema.json"));

    public static string FormatPage => File.ReadAllText(RepositoryRoot.PathTo("docs", "spec-format.md"));

    /// <summary>Reads a file whose members, api aside, are given.</summary>
    public static SpecDocument Read(string members, string path = Path, bool user = false) =>
        SpecReader.Read(path, Text(members), user);

    public static string Text(string members) => "{ \"api\": \"bitrix24\"" + (members.Length == 0 ? "" : ", ") + members + " }";

    /// <summary>Reads a file with one type T of these fields.</summary>
    public static SpecDocument ReadFields(string fields) =>
        Read($$"""
            "types": { "T": { "fields": { {{fields}} } } }
            """);

    /// <summary>Reads a file with one method of these members.</summary>
    public static SpecDocument ReadMethod(string members) =>
        Read($$"""
            "types": { "T": { "fields": { "id": { "type": "int" } } } }, "methods": { "demo.item.do": { {{members}} } }
            """);

    /// <summary>All that is wrong: with each document and with them together.</summary>
    public static IReadOnlyList<SpecDiagnostic> Problems(params SpecDocument[] documents) =>
        [.. documents.SelectMany(static d => d.Diagnostics), .. SpecSet.Create(documents).Diagnostics];

    /// <summary>The text that a diagnostic points at.</summary>
    public static string Pointed(SpecDocument document, SpecDiagnostic diagnostic) =>
        document.Text.Substring(diagnostic.Range.Start, diagnostic.Range.Length);

    public static string Show(IEnumerable<SpecDiagnostic> diagnostics) => string.Join(
        "\n",
        diagnostics.Select(static d => string.Create(CultureInfo.InvariantCulture, $"{d.Path}({d.Range.Line + 1},{d.Range.Column + 1}): {d.Id} {d.Pointer}: {d.Message}")));
}

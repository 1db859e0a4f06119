using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary>The specs that a command works with.</summary>
/// <param name="Documents">All of them.</param>
/// <param name="Own">Those of the folder that was named, as read there; none: the packaged ones alone.</param>
/// <param name="Problems">Files and folders that could not be read as they stand: <c>path(line): error: why</c>.</param>
internal sealed record SpecInput(SpecSet Set, IReadOnlyList<SpecDocument> Documents, IReadOnlyList<SpecDocument> Own, IReadOnlyList<string> Problems)
{
    /// <summary>What is wrong with the folder's own files, alone and with the rest.</summary>
    public IEnumerable<SpecDiagnostic> Findings
    {
        get
        {
            var own = Own.Select(static d => d.Path).ToHashSet(StringComparer.Ordinal);
            return Own.SelectMany(static d => d.Diagnostics).Concat(Set.Diagnostics.Where(d => own.Contains(d.Path)));
        }
    }
}

/// <summary>Reads spec files for commands.</summary>
internal static class SpecFolder
{
    /// <summary>The specs of a folder, or the packaged ones where none is named. Files with errors are refused.</summary>
    public static SpecSet Specs(DirectoryInfo? folder) => SpecSet.Create(Documents(folder));

    /// <summary>The files of <see cref="Specs"/>.</summary>
    public static IReadOnlyList<SpecDocument> Documents(DirectoryInfo? folder)
    {
        if (folder is null)
            return PackagedSpecs.Documents;
        var input = Load(folder.FullName);
        var errors = input.Problems.Concat(input.Findings.Where(static f => f.Severity == RuleSeverity.Error).Select(Describe)).ToArray();
        return errors.Length == 0 ? input.Documents : throw new CommandFailure($"{string.Join('\n', errors)}\n{folder.FullName}: the specs have errors; b24-spec lint lists all findings.");
    }

    /// <summary>
    /// The specs of a folder. For an API whose profile lies there too, they are all there is; those of another API are a
    /// project's own, over the packaged ones.
    /// </summary>
    public static SpecInput Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new CommandFailure(File.Exists(folder) ? $"{folder}: a file; name the folder of the spec files." : $"{folder}: no such folder.");
        var problems = new List<string>();
        var own = SpecOutput.Load(folder, (path, line, reason) => problems.Add($"{path}{(line > 0 ? $"({line},1)" : "")}: error: {reason}"));
        if (own.Count == 0 && problems.Count == 0)
            throw new CommandFailure($"{folder}: no spec file (*{SpecFileName.Extension}) lies here or below.");
        var complete = own.Where(static d => d.File is { Overlay: false, Name: SpecFileName.Profile }).Select(static d => d.File!.Api).ToHashSet(StringComparer.Ordinal);
        var read = own.Select(d => d.File is { } file && !complete.Contains(file.Api) ? SpecReader.Read(d.Path, d.Text, user: true) : d).ToArray();
        var documents = read.ToList();
        if (read.Any(static d => d.User) || complete.Count == 0)
            documents.InsertRange(0, PackagedSpecs.Documents.Where(d => !complete.Contains(d.File!.Api)));
        return new SpecInput(SpecSet.Create(documents), documents, read, problems);
    }

    /// <summary>A finding as compilers write theirs.</summary>
    public static string Describe(SpecDiagnostic diagnostic) =>
        $"{diagnostic.Path}({diagnostic.Range.Line + 1},{diagnostic.Range.Column + 1}): {diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Id}: {diagnostic.Message}";
}

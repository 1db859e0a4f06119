using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Importer.Diff;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Pull;

/// <summary>What a pull says when it is done.</summary>
internal static class PullSummary
{
    private const int MostNames = 12;
    private const int MostChanges = 60;

    /// <summary>What is in each file.</summary>
    public static void Files(IEnumerable<SpecFile> files, TextWriter output)
    {
        foreach (var file in files.OrderBy(static f => f.Api, StringComparer.Ordinal).ThenBy(static f => f.Name, StringComparer.Ordinal))
        {
            var names = file.Methods.Count > 0
                ? file.Methods.Select(static m => m.Name).ToList()
                : [.. file.Types.SelectMany(static t => t.Fields).Select(static f => f.Name).Distinct(StringComparer.Ordinal)];
            output.Line($"  {(file.Api == SpecSet.DefaultApi ? "" : file.Api + "/")}{file.Name}{SpecFileName.Extension}: {Few(names)}");
        }
    }

    /// <summary>What a person should look at: what is said of several fields is one line.</summary>
    public static IEnumerable<string> Notes(IEnumerable<string> notes)
    {
        foreach (var same in notes.GroupBy(static n => n.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end ? n[end..] : n, StringComparer.Ordinal))
        {
            var names = same.Select(n => n[..^same.Key.Length]).Distinct(StringComparer.Ordinal).ToList();
            yield return names[0].Length == 0 ? same.Key : $"{Few(names)}{same.Key}";
        }
    }

    /// <summary>What changed; where that is much, a line for each type and what happened to it.</summary>
    public static void Changes(IReadOnlyList<SpecChange> changes, TextWriter output)
    {
        if (changes.Count <= MostChanges)
        {
            DiffCommand.Write(changes, json: false, output);
            return;
        }

        foreach (var group in changes.GroupBy(static c => c.Breaking))
        {
            output.Line(group.Key ? "Breaking" : "Compatible");
            foreach (var same in group.GroupBy(static c => (Type: c.Path.Split(' ')[0], c.Message)))
            {
                var names = same.Select(c => c.Path[same.Key.Type.Length..].Trim()).Where(static n => n.Length > 0).Distinct(StringComparer.Ordinal).ToList();
                output.Line($"  {same.Key.Type}: {same.Key.Message} {Few(names)}");
            }
        }

        var breaking = changes.Count(static c => c.Breaking);
        output.Line($"{breaking} breaking, {changes.Count - breaking} compatible; --report FILE lists each.");
    }

    /// <summary>What to do with the files.</summary>
    public static void NextStep(IEnumerable<SpecFile> files, string folder, TextWriter output)
    {
        output.Line($"Next: build the project that {Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))} is in. The fields are members of its records then.");
        var areas = files.Where(static f => f.Methods.Count > 0)
            .Select(static f => SpecSelector.InCall(f.Api, f.Name.Split('.')[0])).Distinct(StringComparer.Ordinal).Select(static a => $"\"{a}\"").ToList();
        if (areas.Count > 0)
            output.Line($"New methods are in {string.Join(", ", areas)}: the client class selects them by that name, [Bitrix24Client(…, {string.Join(", ", areas)})].");
    }

    private static string Few(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
}

using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Pull;

/// <summary>What a pull says when it is done.</summary>
internal static class PullSummary
{
    private const int MostNames = 12;

    /// <summary>What is in each file.</summary>
    public static void Files(IEnumerable<SpecFile> files, TextWriter output)
    {
        foreach (var file in files.OrderBy(static f => f.Api, StringComparer.Ordinal).ThenBy(static f => f.Name, StringComparer.Ordinal))
        {
            var names = file.Methods.Count > 0
                ? file.Methods.Select(static m => m.Name).ToList()
                : [.. file.Types.SelectMany(static t => t.Fields).Select(static f => f.Name).Distinct(StringComparer.Ordinal)];
            var more = names.Count > MostNames ? $" and {names.Count - MostNames} more" : "";
            output.Line($"  {(file.Api == SpecSet.DefaultApi ? "" : file.Api + "/")}{file.Name}{SpecFileName.Extension}: {string.Join(", ", names.Take(MostNames))}{more}");
        }
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
}

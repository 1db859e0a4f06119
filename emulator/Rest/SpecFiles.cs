using System.Reflection;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>Loads the specs that a portal answers by.</summary>
internal static class SpecFiles
{
    private const string Prefix = "specs/";

    private static readonly Lazy<IReadOnlyList<SpecDocument>> BuiltIn = new(ReadBuiltIn);
    private static readonly Lazy<SpecSet> BuiltInSet = new(() => SpecSet.Create(BuiltIn.Value));

    /// <summary>The built-in specs with the user's own merged over them. Built-in ones are read in the background.</summary>
    /// <exception cref="InvalidDataException">A spec file of the user's is in error.</exception>
    public static Lazy<SpecSet> Load(PortalOptions options)
    {
        if (options is { SpecFolders.Count: 0, Specs.Count: 0 })
        {
            if (!BuiltInSet.IsValueCreated)
                _ = Task.Run(static () => BuiltInSet.Value);
            return BuiltInSet;
        }

        var own = options.SpecFolders.SelectMany(static folder => UserFiles.ReadFolder(folder, SpecFileName.Extension)).Select(static f => SpecReader.Read(f.Path, f.Text, user: true))
            .Concat(options.Specs.Where(s => s.Path.EndsWith(SpecFileName.Extension, StringComparison.Ordinal)).Select(s => SpecReader.Read(s.Path, s.Text, user: true)))
            .ToList();
        var set = SpecSet.Create([.. BuiltIn.Value, .. own]);
        var errors = own.SelectMany(d => d.Diagnostics).Concat(set.Diagnostics).Where(d => d.Severity == RuleSeverity.Error).ToList();
        if (errors.Count > 0)
            throw new InvalidDataException(string.Join('\n', errors.Select(Describe)));
        return new(set);
    }

    private static string Describe(SpecDiagnostic d) => PrintedLine.Of($"{d.Path}({d.Range.Line + 1},{d.Range.Column + 1}): {d.Id}: {d.Message}");

    private static IReadOnlyList<SpecDocument> ReadBuiltIn()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            // An overlay is merged over the file of the same name, so it has to come after it.
            .OrderBy(SpecFileName.IsOverlay)
            .ThenBy(name => name, StringComparer.Ordinal)
            .AsParallel().AsOrdered()
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return SpecReader.Read(name.Replace('\\', '/'), reader.ReadToEnd());
            })];
    }
}

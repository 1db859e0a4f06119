using System.Reflection;
using System.Text;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Output;

/// <summary>The specs of this version, which the tool carries.</summary>
public static class PackagedSpecs
{
    private const string Prefix = "specs/";

    private static readonly Lazy<IReadOnlyList<SpecDocument>> All = new(static () => Read(Names()));

    /// <summary>Every file, in ordinal order of the paths.</summary>
    public static IReadOnlyList<SpecDocument> Documents => All.Value;

    /// <summary>Path and text of the profile of an API; null: there is no such API.</summary>
    public static (string Path, string Text)? Profile(string api)
    {
        var path = $"{api}/{SpecFileName.Profile}{SpecFileName.Extension}";
        return Names().Contains(path, StringComparer.Ordinal) ? (path, Text(path)) : null;
    }

    // The name of a resource keeps the separators of the machine that built it.
    private static string[] Names() =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(static n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(static n => n[Prefix.Length..].Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static SpecDocument[] Read(string[] paths)
    {
        var documents = new SpecDocument[paths.Length];
        Parallel.For(0, paths.Length, i => documents[i] = SpecReader.Read(paths[i], Text(paths[i])));
        return documents;
    }

    private static string Text(string path)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream(Prefix + path) ?? assembly.GetManifestResourceStream(Prefix + path.Replace('/', '\\'));
        using var reader = new StreamReader(stream!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

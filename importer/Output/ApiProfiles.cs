using System.Reflection;

namespace Bitrix24.Gen.Importer.Output;

/// <summary>The profiles of the APIs: written by hand, for no page has them in a form to read, and carried by the tool.</summary>
public static class ApiProfiles
{
    private const string Prefix = "profile/";

    /// <summary>Writes those that a folder of specs lacks: without them nobody knows filter operators and system errors.</summary>
    /// <param name="output">The folder; the APIs have folders in it.</param>
    public static void Complete(string output)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(static n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var path = Path.Combine(output, name[Prefix.Length..]);
            if (File.Exists(path))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var source = assembly.GetManifestResourceStream(name)!;
            using var target = File.Create(path);
            source.CopyTo(target);
        }
    }
}

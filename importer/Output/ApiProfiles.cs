namespace Bitrix24.Gen.Importer.Output;

/// <summary>The profiles of the imported APIs: written by hand, for no page has them in a form to read.</summary>
public static class ApiProfiles
{
    /// <summary>Writes those that a folder of specs lacks: without them nobody knows filter operators and system errors.</summary>
    /// <param name="output">The folder; the APIs have folders in it.</param>
    public static void Complete(string output)
    {
        foreach (var api in DocImporter.Apis)
        {
            var (name, text) = PackagedSpecs.Profile(api)!.Value;
            var path = Path.Combine(output, name);
            if (File.Exists(path))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }
}

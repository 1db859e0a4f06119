namespace Bitrix24.Gen.Specs;

/// <summary>What the name of a spec file says.</summary>
public static class SpecFileName
{
    public const string Extension = ".b24.json";

    /// <summary>Base name of the file that holds an API's profile.</summary>
    public const string Profile = "api";

    private const string OverlaySuffix = ".overlay";

    public static bool IsSpec(string path)
    {
        var name = FileName(path);
        return name.Length > Extension.Length && name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The name without <c>.b24.json</c> and <c>.overlay</c>: <c>biconnector.dataset</c>.</summary>
    public static string BaseName(string path)
    {
        var name = Stem(path);
        return HasOverlaySuffix(name) ? name.Substring(0, name.Length - OverlaySuffix.Length) : name;
    }

    /// <summary>Whether the file is an <c>*.overlay.b24.json</c>.</summary>
    public static bool IsOverlay(string path) => HasOverlaySuffix(Stem(path));

    /// <summary>Name of the folder of the file: the API of a packaged file. Empty: there is none.</summary>
    public static string ApiFolder(string path)
    {
        var end = LastSeparator(path, path.Length);
        if (end < 0)
            return "";
        var start = LastSeparator(path, end) + 1;
        return path.Substring(start, end - start);
    }

    private static bool HasOverlaySuffix(string stem) =>
        stem.Length > OverlaySuffix.Length && stem.EndsWith(OverlaySuffix, StringComparison.OrdinalIgnoreCase);

    private static string Stem(string path)
    {
        var name = FileName(path);
        return name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            ? name.Substring(0, name.Length - Extension.Length)
            : name;
    }

    private static string FileName(string path) => path.Substring(LastSeparator(path, path.Length) + 1);

    private static int LastSeparator(string path, int before)
    {
        for (var i = before - 1; i >= 0; i--)
        {
            if (path[i] is '/' or '\\')
                return i;
        }

        return -1;
    }
}

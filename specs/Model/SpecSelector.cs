namespace Bitrix24.Gen.Specs;

/// <summary>One entry of <c>[Bitrix24Client(…)]</c>: an area, a spec file or a method, of one API.</summary>
/// <remarks>
/// A selector that equals a file's base name, or is a dotted prefix of it, selects the whole file. Where the base name
/// is a dotted prefix of the selector, it selects the methods below it. <c>*</c> selects every area. Case does not matter.
/// </remarks>
/// <param name="Api">Folder name of the API: <c>bitrix24</c> unless a prefix says otherwise (<c>v3/tasks</c>: <c>bitrix24-v3</c>).</param>
/// <param name="Path">What is selected: <c>biconnector</c>, <c>biconnector.dataset</c>, <c>biconnector.dataset.add</c>.</param>
public sealed record SpecSelector(string Api, string Path)
{
    public const string DefaultApi = "bitrix24";

    /// <summary>The path that selects every area of an API.</summary>
    public const string Everything = "*";

    public const string V3Api = "bitrix24-v3";

    private const string V3Prefix = "v3";
    private const string V3Call = V3Prefix + "/";

    /// <summary>Reads a selector as the attribute writes it.</summary>
    /// <param name="text">The selector.</param>
    /// <param name="api">The API that is meant where the selector names none.</param>
    public static SpecSelector Parse(string text, string api = DefaultApi)
    {
        text = text.Trim();
        var slash = text.IndexOf('/');
        if (slash < 0)
            return new SpecSelector(api, text);

        var prefix = text.Substring(0, slash).ToLowerInvariant();
        return new SpecSelector(prefix == V3Prefix ? V3Api : prefix, text.Substring(slash + 1).Trim());
    }

    /// <summary>The method that a raw call on a client of Bitrix24 names: <c>v3/tasks.task.get</c> is one of REST 3.0.</summary>
    public static (string Api, string Name) OfCall(string method) => method.StartsWith(V3Call, StringComparison.Ordinal)
        ? (V3Api, method.Substring(V3Call.Length))
        : (DefaultApi, method);

    /// <summary>The name of a method or file as such a call, or the attribute, writes it.</summary>
    public static string InCall(string api, string name) => api == V3Api ? V3Call + name : name;

    /// <summary>The prefix that selects an API, without the slash; empty for the default one.</summary>
    public static string PrefixOf(string api) => api switch
    {
        DefaultApi => "",
        V3Api => V3Prefix,
        _ => api,
    };

    /// <summary>The whole file is selected.</summary>
    public bool SelectsFile(string baseName) => Path == Everything || IsPrefix(Path, baseName);

    /// <summary>Something in the file may be selected: the file, or a method whose name it begins.</summary>
    public bool Touches(string baseName) => SelectsFile(baseName) || IsPrefix(baseName, Path);

    /// <summary>The method of a file is selected.</summary>
    public bool SelectsMethod(string baseName, string method) => SelectsFile(baseName) || IsPrefix(Path, method);

    private static bool IsPrefix(string prefix, string name) =>
        prefix.Length > 0
        && name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && (name.Length == prefix.Length || name[prefix.Length] == '.');
}

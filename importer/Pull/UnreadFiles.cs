namespace Bitrix24.Gen.Importer.Pull;

/// <summary>Files of which a pull can say nothing, as the portal did not answer what they are made of: an earlier one stays as it is.</summary>
internal sealed class UnreadFiles
{
    private readonly HashSet<string> _apis = new(StringComparer.Ordinal);
    private readonly HashSet<(string Api, string Area)> _areas = [];
    private readonly HashSet<(string Api, string File)> _files = [];

    /// <summary>One file.</summary>
    public void Add(string api, string file) => _files.Add((api, file));

    /// <summary>Every file of an area.</summary>
    public void AddArea(string api, string area) => _areas.Add((api, area));

    /// <summary>Every file of an API.</summary>
    public void AddApi(string api) => _apis.Add(api);

    /// <summary>Whether the file is one of them.</summary>
    public bool Contains(string api, string file) =>
        _apis.Contains(api) || _files.Contains((api, file)) || _areas.Contains((api, file.Split('.')[0]));
}

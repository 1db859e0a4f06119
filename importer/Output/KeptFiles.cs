using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Output;

/// <summary>Spec files that stand by hand where an import writes: they stay, and the methods in them are theirs.</summary>
public sealed class KeptFiles
{
    private readonly HashSet<string> _files;
    private readonly HashSet<string> _methods;

    private KeptFiles(IReadOnlyList<string> names, HashSet<string> methods)
    {
        Names = names;
        _files = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _methods = methods;
    }

    /// <summary>Base names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads which methods the kept files define.</summary>
    public static KeptFiles Load(string output, IReadOnlyList<string> names)
    {
        var methods = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var sorted = names.Order(StringComparer.Ordinal).ToArray();
        if (Directory.Exists(output))
        {
            foreach (var document in SpecOutput.Load(output).Where(d => d.File is { Overlay: false } f && sorted.Contains(f.Name, StringComparer.OrdinalIgnoreCase)))
                methods.UnionWith(document.File!.Methods.Select(static m => m.Api + "/" + m.Name));
        }

        return new KeptFiles(sorted, methods);
    }

    /// <summary>The imported files without what the kept ones hold.</summary>
    public IReadOnlyList<SpecFile> Without(IReadOnlyList<SpecFile> imported) =>
        imported.Where(f => !_files.Contains(f.Name))
            .Select(f => f with { Methods = f.Methods.Where(m => !_methods.Contains(m.Api + "/" + m.Name)).ToEquatableArray() })
            .Where(static f => f.Methods.Count > 0).ToArray();
}

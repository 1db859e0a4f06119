using System.ComponentModel;

namespace Bitrix24.Infrastructure;

/// <summary>The methods of an area by their names, in any case.</summary>
/// <param name="methods">The methods of each spec file.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MethodTable(Func<IEnumerable<IReadOnlyList<MethodDescriptor>>> methods)
{
    private Dictionary<string, MethodDescriptor>? _byName;

    /// <summary>The method of a name, or null.</summary>
    /// <param name="name">The name in any case.</param>
    public MethodDescriptor? Find(string name)
    {
        if (_byName is not { } known)
        {
            known = new(StringComparer.OrdinalIgnoreCase);
            foreach (var file in methods())
            {
                foreach (var method in file)
                    known.TryAdd(method.Name, method);
            }

            _byName = known;
        }

        return known.GetValueOrDefault(name);
    }
}

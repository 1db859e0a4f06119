using System.Linq;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>The C# names of what portals send, in the namespaces of the areas.</summary>
internal sealed class IncomingNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly ProfileSpec _profile;

    public IncomingNames(ProfileSpec profile) => _profile = profile;

    /// <summary>Takes the names of an area's files. Comes after all others: names of types and requests do not depend on events.</summary>
    public void Add(AreaNames area)
    {
        foreach (var file in area.Files)
        {
            foreach (var spec in file.Events)
                _names["e:" + spec.Code] = area.Scope.Take(CSharpNames.Of(spec));
            foreach (var spec in file.Placements)
                _names["p:" + spec.Code] = area.Scope.Take(CSharpNames.Of(spec, _profile));
        }

        if (area.Files.Any(static f => f.Events.Count > 0))
            EventCodes[area.Namespace] = area.Scope.Take(area.Property + "Events");
        if (area.Files.Any(static f => f.Placements.Count > 0))
            PlacementCodes[area.Namespace] = area.Scope.Take(area.Property + "Placements");
    }

    public string Of(EventSpec spec) => _names["e:" + spec.Code];

    public string Of(PlacementSpec spec) => _names["p:" + spec.Code];

    /// <summary>By namespace, the class of the codes of its events.</summary>
    public Dictionary<string, string> EventCodes { get; } = new(StringComparer.Ordinal);

    /// <summary>By namespace, the class of the codes of its placements.</summary>
    public Dictionary<string, string> PlacementCodes { get; } = new(StringComparer.Ordinal);
}

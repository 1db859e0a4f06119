namespace Bitrix24.Gen.Specs;

/// <summary>What one spec file says. Holds no positions: two files that say the same compare equal.</summary>
public sealed record SpecFile
{
    /// <summary>The file name without <c>.b24.json</c>: the prefix of the methods in it.</summary>
    public required string Name { get; init; }

    public required string Api { get; init; }

    /// <summary>The file corrects another of the same name (<c>*.overlay.b24.json</c>, or a user's own file).</summary>
    public bool Overlay { get; init; }

    public string? Scope { get; init; }

    public string? Docs { get; init; }

    /// <summary>Server messages by code, for methods that list codes only.</summary>
    public EquatableArray<ErrorSpec> Messages { get; init; }

    public EquatableArray<TypeSpec> Types { get; init; }

    public EquatableArray<MethodSpec> Methods { get; init; }

    /// <summary>What a portal sends when something happens.</summary>
    public EquatableArray<EventSpec> Events { get; init; }

    /// <summary>Where an application may show its pages.</summary>
    public EquatableArray<PlacementSpec> Placements { get; init; }

    /// <summary>What a portal calls at addresses that an application gives.</summary>
    public EquatableArray<CallbackSpec> Callbacks { get; init; }

    /// <summary>Set in an API's profile file only.</summary>
    public ProfileSpec? Profile { get; init; }
}

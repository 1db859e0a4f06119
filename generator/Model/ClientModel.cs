using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Model;

/// <summary>A type around a client class.</summary>
/// <param name="Keyword"><c>class</c>, <c>struct</c>, <c>interface</c> or <c>record</c>, as a partial declaration spells it.</param>
/// <param name="Name">The type's name, without an <c>@</c>.</param>
internal sealed record ContainingType(string Keyword, string Name);

/// <summary>A class that carries <c>[Bitrix24Client]</c> or its like, as far as code generation cares.</summary>
internal sealed record ClientModel
{
    /// <summary>Dotted; empty for the global namespace.</summary>
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Keyword { get; init; }

    /// <summary>The API whose areas are properties of the client; those of others lie one step deeper.</summary>
    public required string Api { get; init; }

    /// <summary>Outermost first.</summary>
    public EquatableArray<ContainingType> ContainingTypes { get; init; }

    /// <summary>What the attribute lists.</summary>
    public EquatableArray<SpecSelector> Selectors { get; init; }

    /// <summary>The namespace that the attribute names for the types; null: that of the API.</summary>
    public string? TypesNamespace { get; init; }

    /// <summary>Interfaces are generated for the client and its areas.</summary>
    public bool Interfaces { get; init; }

    /// <summary>Full names of the runtime's types that an area could be called like.</summary>
    public EquatableArray<string> RuntimeTypes { get; init; }

    /// <summary>Other assemblies see the class, and so must see its areas.</summary>
    public bool Public { get; init; }

    /// <summary>Another part of the class can be added; otherwise only its types are generated.</summary>
    public bool Extendable { get; init; }

    /// <summary>The user's part has the constructor that would be generated, or one that every other must call.</summary>
    public bool HasConstructor { get; init; }
}

/// <summary>The client classes of a project.</summary>
internal sealed record ProjectClients(EquatableArray<ClientModel> All);

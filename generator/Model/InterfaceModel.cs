using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Model;

/// <summary>The interface of a group client or area class.</summary>
/// <param name="Name">The interface.</param>
/// <param name="ClassName">The class.</param>
/// <param name="Children">The groups below, with their interfaces.</param>
/// <param name="Methods">The methods of the class.</param>
internal sealed record InterfaceModel(string Name, string ClassName, EquatableArray<NavigationChild> Children, EquatableArray<MethodModel> Methods);

/// <summary>The interfaces of an area, in a file of their own.</summary>
internal sealed record AreaInterfaces : OutputModel
{
    /// <summary><c>public</c> or <c>internal</c>.</summary>
    public required string Access { get; init; }

    public required string Namespace { get; init; }

    public EquatableArray<InterfaceModel> Groups { get; init; }
}

/// <summary>The interface of a client, in a file of its own.</summary>
internal sealed record ClientInterfaces : OutputModel
{
    public required ClientModel Client { get; init; }

    /// <summary>Areas with their interfaces.</summary>
    public EquatableArray<AreaReference> Areas { get; init; }

    /// <summary>Other APIs, with the interfaces of their areas.</summary>
    public EquatableArray<ApiReference> Apis { get; init; }
}

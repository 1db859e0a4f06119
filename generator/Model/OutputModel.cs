using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Model;

/// <summary>What is generated for a project, file by file.</summary>
internal sealed record OutputPlan(EquatableArray<OutputModel> Outputs);

/// <summary>What one generated file is made of.</summary>
internal abstract record OutputModel
{
    /// <summary>ASCII, and different from every other hint name without regard to case.</summary>
    public required string HintName { get; init; }
}

/// <summary>The types and methods of a spec file.</summary>
internal sealed record FileOutput : OutputModel
{
    /// <summary><c>public</c> or <c>internal</c>.</summary>
    public required string Access { get; init; }

    public required string Namespace { get; init; }

    public required string DescriptorsName { get; init; }

    public required string Api { get; init; }

    /// <summary>The class, with <c>global::</c>, that has what the methods of the API share.</summary>
    public required string ApiDescriptor { get; init; }

    /// <summary>Server texts of the file's error codes.</summary>
    public EquatableArray<ErrorSpec> Messages { get; init; }

    /// <summary>Where the descriptors are of the types that those of the file refer to by number.</summary>
    public EquatableArray<string> DescriptorTypes { get; init; }

    /// <summary>See <see cref="ProfileSpec.FilterConditions"/>.</summary>
    public bool FilterConditions { get; init; }

    /// <summary>Filters compare texts with patterns.</summary>
    public bool FilterPatterns { get; init; } = true;

    public EquatableArray<TypeModel> Types { get; init; }

    public EquatableArray<EnumModel> Enums { get; init; }

    public EquatableArray<GroupModel> Groups { get; init; }

    /// <summary>What portals send; null: nothing.</summary>
    public IncomingModel? Incoming { get; init; }
}

/// <summary>What the methods of an API share.</summary>
internal sealed record ApiOutput : OutputModel
{
    public const string ClassName = "Bitrix24ApiRules";

    public required string Namespace { get; init; }

    /// <summary>Its descriptor, in the notation that the runtime reads.</summary>
    public required string Facts { get; init; }

    /// <summary>The classes that have the descriptors of its methods, where calls lie within calls: the runtime looks for those methods.</summary>
    public EquatableArray<string> Callable { get; init; }
}

/// <summary>A group client, or the area class itself.</summary>
/// <param name="ClassName">The class.</param>
/// <param name="Children">The groups below.</param>
internal sealed record NavigationModel(string ClassName, EquatableArray<NavigationChild> Children);

/// <param name="Property">The name of the group on its parent.</param>
/// <param name="ClassName">The group's class.</param>
internal sealed record NavigationChild(string Property, string ClassName);

/// <param name="Name">The C# name.</param>
/// <param name="Code">The code as the server sends it.</param>
/// <param name="Message">The server's text.</param>
internal sealed record ErrorConstant(string Name, string Code, string? Message);

/// <summary>The way from an area to its methods, and what they share.</summary>
internal sealed record AreaOutput : OutputModel
{
    /// <summary><c>public</c> or <c>internal</c>.</summary>
    public required string Access { get; init; }

    public required string Namespace { get; init; }

    public required string ClassName { get; init; }

    public required string ErrorsName { get; init; }

    /// <summary>The area class first.</summary>
    public EquatableArray<NavigationModel> Groups { get; init; }

    public EquatableArray<ErrorConstant> Errors { get; init; }

    /// <summary>The classes that have the descriptors of its methods.</summary>
    public EquatableArray<string> Descriptors { get; init; }
}

/// <param name="Property">Its name on the client.</param>
/// <param name="CSharpType">Its class, with <c>global::</c>.</param>
internal sealed record AreaReference(string Property, string CSharpType);

/// <summary>Areas of another API than the default one, which lie one step deeper.</summary>
/// <param name="Property">The API's name on the client: <c>V3</c>.</param>
/// <param name="Areas">What lies there.</param>
internal sealed record ApiReference(string Property, EquatableArray<AreaReference> Areas)
{
    /// <summary>It is REST 3.0, whose methods may be called by name too.</summary>
    public bool IsV3 { get; init; }

    public const string ClassSuffix = "Areas";

    /// <summary>The class, nested in the client, that has the areas.</summary>
    public string ClassName => Property + ClassSuffix;
}

/// <summary>A part of a client class.</summary>
internal sealed record ClientOutput : OutputModel
{
    public required ClientModel Client { get; init; }

    public EquatableArray<AreaReference> Areas { get; init; }

    public EquatableArray<ApiReference> Apis { get; init; }
}

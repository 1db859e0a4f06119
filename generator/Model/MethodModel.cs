using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Model;

/// <summary>A selected method.</summary>
internal sealed record MethodModel
{
    public required MethodSpec Spec { get; init; }

    /// <summary>Its name on the group client: <c>AddAsync</c>.</summary>
    public required string Name { get; init; }

    public required string RequestName { get; init; }

    public required DescriptorModel Descriptor { get; init; }

    public EquatableArray<FieldModel> Params { get; init; }

    /// <summary>Null: the method answers nothing of use.</summary>
    public ValueModel? Result { get; init; }
}

/// <summary>The methods of a file that share all segments but the last.</summary>
/// <param name="ClassName">The group client, or the area class for methods right below the area.</param>
/// <param name="Methods">In the order of the file.</param>
internal sealed record GroupModel(string ClassName, EquatableArray<MethodModel> Methods);

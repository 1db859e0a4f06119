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

    /// <summary>False: no code of the project uses it; it has a descriptor only, for calls by name.</summary>
    public bool Used { get; init; } = true;

    public EquatableArray<FieldModel> Params { get; init; }

    /// <summary>Null: the method answers nothing of use.</summary>
    public ValueModel? Result { get; init; }

    /// <summary>Methods of the same file that the items of a list may call, each by a value of another parameter.</summary>
    public EquatableArray<NestedModel> Nested { get; init; }
}

/// <summary>The methods of a file that share all segments but the last.</summary>
/// <param name="ClassName">The group client, or the area class for methods right below the area.</param>
/// <param name="Methods">In the order of the file.</param>
internal sealed record GroupModel(string ClassName, EquatableArray<MethodModel> Methods);

/// <summary>A method that the items of a list call.</summary>
/// <param name="List">The parameter that has the list.</param>
/// <param name="Selector">The parameter that says which method.</param>
/// <param name="Value">Its value.</param>
/// <param name="Name">The member of the group client that makes such calls.</param>
/// <param name="Key">The member of an item that names the record; null: the items are the keys.</param>
/// <param name="Content">What an item is beside its key: the record in the view that the method takes; null: the method takes none.</param>
/// <param name="View">That view.</param>
/// <param name="Record">The record.</param>
internal sealed record NestedModel(string List, string Selector, string Value, string Name, string? Key, ValueModel? Content, View View, ValueModel Record);

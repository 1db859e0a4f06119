using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Model;

/// <summary>A method that adds an item to a list of a type.</summary>
/// <param name="Name">Its name without <c>Add</c>.</param>
/// <param name="List">The property that holds the list.</param>
/// <param name="ItemType">The C# type of the list's items.</param>
/// <param name="In">The item's property that holds what is filled; null: the item itself is.</param>
/// <param name="InList">That property holds a list.</param>
/// <param name="FilledType">The C# type of what is filled.</param>
/// <param name="Arguments">What the caller gives.</param>
/// <param name="Values">What it always has.</param>
internal sealed record BuilderModel(
    string Name, string List, string ItemType, string? In, bool InList, string FilledType, EquatableArray<BuilderArgumentModel> Arguments, EquatableArray<BuilderValueModel> Values);

/// <summary>An argument of a builder.</summary>
internal sealed record BuilderArgumentModel(string Property, string Parameter, string Type, bool Optional);

/// <summary>A text that a builder gives a property.</summary>
internal sealed record BuilderValueModel(string Property, string Value);

namespace Bitrix24.Gen.Specs;

/// <summary>A method of a type in C# that adds an item to a list of it: <c>keyboard.AddLink("Open", "https://example.com")</c>.</summary>
/// <param name="Name">What is added; the method's name without <c>Add</c>.</param>
/// <param name="List">The list field that gets the item.</param>
/// <param name="In">The field of the item that holds the object which <see cref="Arguments"/> are fields of; null: the item itself.</param>
/// <param name="Arguments">Fields that the caller gives.</param>
/// <param name="Values">Texts that every such item has.</param>
public sealed record BuilderSpec(string Name, string List, string? In, EquatableArray<BuilderArgument> Arguments, EquatableArray<BuilderValue> Values);

/// <summary>A field that the caller of a builder gives.</summary>
/// <param name="Field">The field.</param>
/// <param name="Optional">It may be left out.</param>
public sealed record BuilderArgument(string Field, bool Optional);

/// <summary>A text that a builder gives a field.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">The text.</param>
public sealed record BuilderValue(string Field, string Value);

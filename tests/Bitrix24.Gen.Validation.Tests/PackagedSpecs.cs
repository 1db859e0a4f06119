using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

/// <summary>The packaged specs of Bitrix24.</summary>
public static class PackagedSpecs
{
    public static SpecSet Set { get; } = SpecSets.Of("bitrix24");

    public static MethodSpec Method(string name) =>
        Set.FindMethod(name) ?? throw new ArgumentException($"No spec has the method {name}.", nameof(name));

    public static JsonNode Json(string text) =>
        JsonReader.Read(text) is { Root: { } root } ? root : throw new ArgumentException("Not JSON: " + text, nameof(text));
}

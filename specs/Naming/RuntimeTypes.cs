namespace Bitrix24.Gen.Specs;

/// <summary>
/// Public types of the runtime that lie directly in namespace <c>Bitrix24</c> and whose names do not begin with it: no area's
/// namespace may be called like one of them.
/// </summary>
internal static class RuntimeTypes
{
    private const string Namespace = "Bitrix24.";

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "AmoCrmApplication", "AmoCrmClientAttribute", "BatchBindings", "BatchItem", "BatchOutcome", "BatchReference", "BoolField", "CallBatch",
        "DateField", "EnumField", "FieldItemWriter", "FieldReader", "FieldWriter", "FileTokenStore", "Filter", "IBitrix24Enum",
        "IBitrix24Request", "ITokenStore", "JsonItemReader", "JsonRead", "ListProgress", "ListQuery", "ListRequest", "ListWalk",
        "MemoryTokenStore", "NoFields", "NumberField", "OAuthApplication", "OrderField", "SelectField", "TextField", "V3Batch",
        "V3DateField", "V3EnumField", "V3NumberField", "V3TextField", "V3ValueField", "ValueField", "VibeCodeApplication",
        "VibeCodeClientAttribute", "VibeCodeSession", "Violation",
    };

    public static bool Contains(string name) =>
        name.StartsWith(Namespace, StringComparison.Ordinal) && Names.Contains(name.Substring(Namespace.Length));
}

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Values that a fix writes where the author has to decide: of the right type, and easy to see.</summary>
internal static class Placeholder
{
    public static string InCSharp(string type) => Kind(type) switch
    {
        PlaceholderKind.Number => "0",
        PlaceholderKind.Bool => "false",
        PlaceholderKind.YesNo => "\"N\"",
        PlaceholderKind.Text => "\"\"",
        PlaceholderKind.List => "new object[] { }",
        _ => "new { }",
    };

    public static string InJson(string type, string quote) => Kind(type) switch
    {
        PlaceholderKind.Number => "0",
        PlaceholderKind.Bool => "false",
        PlaceholderKind.YesNo => quote + "N" + quote,
        PlaceholderKind.Text => quote + quote,
        PlaceholderKind.List => "[]",
        _ => "{}",
    };

    private enum PlaceholderKind
    {
        Object,
        Number,
        Bool,
        YesNo,
        Text,
        List,
    }

    private static PlaceholderKind Kind(string type) => type.Split('|')[0] switch
    {
        "int" or "long" or "double" or "decimal" => PlaceholderKind.Number,
        "bool" => PlaceholderKind.Bool,
        "yn" => PlaceholderKind.YesNo,
        "string" or "date" or "datetime" => PlaceholderKind.Text,
        var other => other.EndsWith("[]", StringComparison.Ordinal) ? PlaceholderKind.List : PlaceholderKind.Object,
    };
}

namespace Bitrix24.Gen.Specs;

/// <summary>The words of <c>server</c>: how the server fills a field.</summary>
internal static class ServerFill
{
    private static readonly string[] Words =
    [
        "autoIncrement", "createdAt", "updatedAt", "createdBy", "updatedBy", "appCode", "parent", "record",
    ];

    private static readonly string[] Forms =
    [
        "const:VALUE", "param:NAME", "field:NAME", "template:TEXT_{field}", "join:field.list:key:value",
    ];

    public static string? Check(SpecObject value)
    {
        if (value.Text("server") is not { } fill)
            return null;
        if (Array.IndexOf(Words, fill) >= 0 || IsForm(fill))
            return fill;
        value.Report(
            RuleIds.SpecRule, "server",
            $"\"server\" cannot be \"{BindContext.Quote(fill)}\". {BindContext.Hint(fill, [.. Words, .. Forms])}");
        return null;
    }

    private static bool IsForm(string fill)
    {
        var colon = fill.IndexOf(':');
        var argument = fill.Substring(colon + 1);
        return (colon < 0 ? "" : fill.Substring(0, colon)) switch
        {
            "const" or "param" or "field" => argument.Length > 0,
            "template" => argument.IndexOf('{') is var open and >= 0 && argument.IndexOf('}', open) > open + 1,
            "join" => IsJoin(argument.Split(':')),
            _ => false,
        };
    }

    private static bool IsJoin(string[] parts) =>
        parts.Length == 3 && parts[0].IndexOf('.') > 0 && parts[1].Length > 0 && parts[2].Length > 0;
}

using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>The C# names of what a portal sends.</summary>
public static partial class CSharpNames
{
    /// <summary>An event's record: <c>CrmDealAddEvent</c> for <c>onCrmDealAdd</c>, <c>CatalogPriceAddEvent</c> for <c>CATALOG.PRICE.ON.ADD</c>.</summary>
    public static string Of(EventSpec spec)
    {
        if (Explicit(spec.CSharpName) is { } name)
            return name;
        var words = spec.Name ?? spec.Code;
        var bare = words.Length > 2 && words.StartsWith("on", StringComparison.OrdinalIgnoreCase) ? words.Substring(2) : words;
        return Pascal(bare.Replace(".ON.", ".")) + "Event";
    }

    /// <summary>A placement's record: <c>CrmDealDetailTab</c>.</summary>
    public static string Of(PlacementSpec spec, ProfileSpec? profile) =>
        Explicit(spec.CSharpName) ?? Pascal(string.Join("_", spec.Code.Split('{', '}').Where(static (_, i) => i % 2 == 0)), profile);

    /// <summary>What the names of a callback's request and result begin with: <c>ConnectorUrlData</c>.</summary>
    public static string Of(CallbackSpec spec, ProfileSpec? profile)
    {
        if (Explicit(spec.CSharpName) is { } name)
            return name;
        var segments = Segments(spec.Name);
        return Pascal(string.Join(".", segments.Skip(segments.Length > 2 ? 1 : 0)), profile);
    }
}

namespace Bitrix24;

/// <summary>Codes of placements, some of which have parameters: <c>CRM_DYNAMIC_{entityTypeId}_DETAIL_TAB</c>.</summary>
public static class PlacementCode
{
    /// <summary>Whether a code is the documented one, or matches its pattern.</summary>
    /// <param name="pattern">The documented code.</param>
    /// <param name="code">The code that a portal sent.</param>
    public static bool Matches(string pattern, string code)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(code);
        return PlacementPattern.TryMatch(pattern, code, out _);
    }
}

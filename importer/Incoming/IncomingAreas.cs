using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Incoming;

/// <summary>Finds the area of methods that an event or placement belongs to.</summary>
internal sealed class IncomingAreas
{
    // Where nothing says more: what is of the portal as a whole.
    private const string Other = "portal";
    private const int ShortestWithin = 5;

    // What the codes of most events begin with.
    private const string On = "ON";

    private readonly Dictionary<string, int> _sizes;
    private readonly ILookup<string, string> _byScope;

    public IncomingAreas(IReadOnlyList<MethodDoc> methods)
    {
        var own = methods.Where(static m => m.Api == SpecSet.DefaultApi).Select(static m => (Area: m.File.Split('.')[0].ToLowerInvariant(), m.Facts.Scope)).ToList();
        _sizes = own.GroupBy(static m => m.Area, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal);
        _byScope = own.Where(static m => m.Scope is not null).ToLookup(static m => m.Scope!, static m => m.Area, StringComparer.Ordinal);
    }

    /// <summary>The area of the scope whose name the code begins with; else where most methods of the scope lie.</summary>
    /// <param name="code">The code.</param>
    /// <param name="scope">The scope; null: the page has none.</param>
    public string Of(string code, string? scope)
    {
        var letters = Letters(code.StartsWith(On, StringComparison.Ordinal) ? code[On.Length..] : code);
        var areas = scope is not null && _byScope.Contains(scope) ? _byScope[scope].Distinct(StringComparer.Ordinal).ToList() : [.. _sizes.Keys];
        return Best(areas.Where(a => letters.StartsWith(Stem(a), StringComparison.OrdinalIgnoreCase)))
            ?? (scope is not null && scope != "basic" ? Best(_byScope[scope], byCount: true) ?? scope : null)
            ?? Best(_sizes.Keys.Where(a => a.Length >= ShortestWithin && letters.Contains(a, StringComparison.OrdinalIgnoreCase)))
            ?? Other;
    }

    private string? Best(IEnumerable<string> areas, bool byCount = false) => byCount
        ? areas.GroupBy(static a => a, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key
        : areas.OrderByDescending(static a => Stem(a).Length).ThenByDescending(a => _sizes[a]).ThenBy(static a => a, StringComparer.Ordinal).FirstOrDefault();

    // "tasks" and "sonet_group" are TASK and SONETGROUP in codes.
    private static string Stem(string area) => Letters(area).TrimEnd('s');

    private static string Letters(string text) => text.Replace("_", "", StringComparison.Ordinal);
}

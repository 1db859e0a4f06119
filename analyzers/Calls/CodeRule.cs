using System.Linq;
using System.Threading;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>Codes of events and placements that nothing documents: the server binds them, and nothing ever arrives.</summary>
internal static class CodeRule
{
    public static IEnumerable<(TextRange Range, string Message, string? Nearest)> Check(
        KnownMethod method, JsonNode? parameters, SpecCatalog catalog, CancellationToken cancellationToken)
    {
        if (parameters is not JsonObject given)
            yield break;
        foreach (var parameter in method.Spec.Params)
        {
            if (parameter.Codes is not { } kind || given.Find(parameter.Name)?.Value is not JsonString { Value: { Length: > 0 } code } value)
                continue;
            var known = catalog.Codes(method.Spec.Api, kind, cancellationToken);
            if (known.Count == 0 || known.Any(k => Matches(kind, k, code)))
                continue;
            var nearest = Suggestion.Nearest(code, known.Where(static k => k.IndexOf('{') < 0));
            yield return (value.Range, $"No {(kind == CodeKind.Event ? "event" : "placement")} '{code}' is documented" + (nearest is null ? "" : $"; did you mean '{nearest}'?"), nearest);
        }
    }

    // An event of a smart process has its type's id at the end: ONCRMDYNAMICITEMADD_128.
    public static bool Matches(CodeKind kind, string known, string code) =>
        PlacementCodes.Matches(known, code)
        || (kind == CodeKind.Event && code.Length > known.Length + 1
            && code.StartsWith(known, StringComparison.OrdinalIgnoreCase) && code[known.Length] == '_'
            && code.Skip(known.Length + 1).All(char.IsDigit));
}

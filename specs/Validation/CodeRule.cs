using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Codes of events and placements that nothing documents: the server refuses them, or binds them and nothing ever arrives.</summary>
public static class CodeRule
{
    /// <summary>The rule's word.</summary>
    public const string Word = "codes";

    /// <summary>The codes among the parameters that are not known.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="codes">The codes of a kind that the API has.</param>
    public static IEnumerable<(string Path, string Code, TextRange Range, string Message, string? Nearest)> Check(
        MethodSpec method, JsonNode? parameters, Func<CodeKind, IReadOnlyCollection<string>> codes)
    {
        if (parameters is not JsonObject given)
            yield break;
        foreach (var parameter in method.Params)
        {
            if (parameter.Codes is not { } kind || Find(given, parameter.Name) is not { Value: JsonString { Value: { Length: > 0 } code } value } found)
                continue;
            // The codes that only this method is known to take beside them.
            var known = codes(kind) is { Count: > 0 } all ? (IReadOnlyCollection<string>)[.. all, .. parameter.Hints] : [];
            if (known.Count == 0 || known.Any(k => Matches(kind, k, code)))
                continue;
            var nearest = Suggestion.Nearest(code.ToUpperInvariant(), known.Where(static k => k.IndexOf('{') < 0));
            yield return (found.Name, code, value.Range, $"No {Noun(kind)} '{code}' is documented" + (nearest is null ? "" : $"; did you mean '{nearest}'?"), nearest);
        }
    }

    /// <summary>Whether an API has the event or placement.</summary>
    public static bool IsKnown(SpecSet set, string api, CodeKind kind, string code) => set.Codes(api, kind).Any(known => Matches(kind, known, code));

    /// <summary>Whether a code is that of a known event or placement. An event of a smart process has its type's id at the end: <c>ONCRMDYNAMICITEMADD_128</c>.</summary>
    public static bool Matches(CodeKind kind, string known, string code) =>
        PlacementCodes.Matches(known, code)
        || (kind == CodeKind.Event && code.Length > known.Length + 1
            && code.StartsWith(known, StringComparison.OrdinalIgnoreCase) && code[known.Length] == '_'
            && code.Skip(known.Length + 1).All(char.IsDigit));

    /// <summary>Whether a text is written as codes are: in upper case with underscores, or <c>onSomething</c>. Others may stand for a value.</summary>
    public static bool HasForm(string code) =>
        code.StartsWith("on", StringComparison.OrdinalIgnoreCase) || (code.IndexOf('_') > 0 && !WithoutParameter(code).Any(char.IsLower));

    // CRM_DYNAMIC_{entityTypeId}_DETAIL_TAB, copied as it is.
    private static string WithoutParameter(string code) =>
        code.IndexOf('{') is >= 0 and var open && code.IndexOf('}', open) is > 0 and var close ? code.Remove(open, close - open + 1) : code;

    /// <summary>What a code of the kind is of.</summary>
    public static string Noun(CodeKind kind) => kind == CodeKind.Event ? "event" : "placement";

    private static JsonProperty? Find(JsonObject given, string name) =>
        given.Properties.FirstOrDefault(p => p.Name == name) ?? given.Properties.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));
}

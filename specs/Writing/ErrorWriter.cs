using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Writes error codes.</summary>
internal static class ErrorWriter
{
    public static JsonObject? RuleErrors(EquatableArray<RuleError> errors) => errors.Count == 0
        ? null
        : new(default, [.. errors.Select(static e => new JsonProperty(e.Rule, default, RuleError(e)))]);

    /// <summary>Code to text.</summary>
    public static JsonObject? Messages(EquatableArray<ErrorSpec> errors) => errors.Count == 0
        ? null
        : new(default, [.. errors.GroupBy(static e => e.Code, StringComparer.Ordinal).Select(static g => new JsonProperty(g.Key, default, Texts([.. g])))]);

    /// <summary>A list of codes where the file's messages say the rest, else code to text.</summary>
    public static JsonNode? Errors(EquatableArray<ErrorSpec> errors, EquatableArray<ErrorSpec> messages)
    {
        if (errors.Count == 0)
            return null;
        var usual = messages.ToLookup(static m => m.Code, StringComparer.Ordinal);
        var groups = errors.GroupBy(static e => e.Code, StringComparer.Ordinal)
            .Select(g => (Code: g.Key, Texts: g.ToArray(), ByCode: usual.Contains(g.Key) ? g.SequenceEqual(usual[g.Key]) : IsBare(g)))
            .ToList();
        if (groups.TrueForAll(static g => g.ByCode))
            return new JsonArray(default, [.. groups.Select(static g => JsonBuilder.Text(g.Code))]);
        return new JsonObject(default, [.. groups.Select(static g => new JsonProperty(g.Code, default, g.ByCode ? new JsonObject(default, []) : Texts(g.Texts)))]);
    }

    private static bool IsBare(IEnumerable<ErrorSpec> errors) =>
        errors.SequenceEqual(errors.Take(1).Select(static e => new ErrorSpec(e.Code)));

    private static JsonNode Texts(ErrorSpec[] errors) =>
        errors.Length == 1 ? Text(errors[0]) : new JsonArray(default, [.. errors.Select(Text)]);

    private static JsonNode Text(ErrorSpec error)
    {
        if (error is { Message: { } message, Status: null })
            return JsonBuilder.Text(message);
        return new JsonBuilder(SpecKeys.Error).Add("message", error.Message).Add("status", error.Status).Build();
    }

    private static JsonNode RuleError(RuleError error) => error.Message is null
        ? JsonBuilder.Text(error.Code)
        : new JsonBuilder(SpecKeys.RuleError).Add("code", error.Code).Add("message", error.Message).Build();
}

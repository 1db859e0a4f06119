using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>
/// Which of the errors that a method's page lists a broken rule is answered with, where no spec ties them together: the one
/// whose code or text speaks of such a mistake, best of the very parameter.
/// </summary>
internal static class DocumentedErrors
{
    private static readonly string[] Elsewhere =
        ["access", "denied", "permission", "rights", "tariff", "license", "limit", "quota", "scope", "token", "auth", "internal", "disk resource", "not available",
            "unexpected", "disabled", "not installed", "not allowed", "forbidden", "turned off"];

    private static readonly string[] AlreadyThere = ["already exist", "already_exist", "already taken", "is already in use", "already registered", "already added", "not unique", "must be unique"];

    private static readonly Dictionary<string, (string Words, int Weight)[]> Speaks = new(StringComparer.Ordinal)
    {
        ["required"] =
        [
            ("is not defined or invalid", 6), ("required", 5), ("not specified", 5), ("not provided", 5), ("missing", 5), ("not set", 5), ("not defined", 5), ("could not find value", 5),
            ("empty", 4), ("not_specified", 4), ("no_", 2), ("argument", 3), ("param", 2), ("invalid", 2), ("incorrect", 2), ("not passed", 5), ("must be", 1), ("wrong", 1), ("error_core", 1),
        ],
        ["type"] =
        [
            ("must be array", 6), ("must be an array", 6), ("must be of type", 5), ("invalid type", 5), ("wrong type", 5), ("is not an array", 5),
            ("not defined or invalid", 4), ("must be", 3), ("should be", 3),
            ("invalid", 3), ("incorrect", 3), ("wrong", 3), ("argument", 2), ("format", 2), ("type", 2), ("param", 1), ("integer", 2), ("numeric", 2), ("error_core", 1),
            ("empty", 1), ("required", 1), ("not specified", 1),
        ],
        ["notFound"] =
        [
            ("not found", 6), ("not_found", 6), ("does not exist", 6), ("not exist", 5), ("not_exist", 5), ("doesn't exist", 5), ("no such", 4), ("notfound", 5),
            ("could not be found", 5), ("unable to find", 4), ("missing", 1),
            ("invalid", 2), ("incorrect", 2), ("wrong", 2), ("not defined", 1), ("access denied", 2), ("access_denied", 2), ("error_core", 1), ("unknown", 2),
        ],
        ["value"] =
        [
            ("invalid value", 6), ("not in the list", 5), ("unknown", 4), ("invalid", 4), ("incorrect", 4), ("wrong", 4), ("unsupported", 4), ("must be", 3),
            ("value", 1), ("argument", 2), ("out of range", 5), ("too long", 2), ("error_core", 1), ("not found", 1),
        ],
    };

    /// <summary>An error of the page clearly means such a mistake. Of what lies within a record, only that says that the server refuses it.</summary>
    public static bool Speak(MethodSpec method, string rule, string path)
    {
        const int Clearly = 8;
        var (words, field) = Words(rule, path);
        // That some value is wrong, an error says that speaks of this field.
        var named = words == Speaks["value"] || words == Speaks["type"];
        return method.Errors.Any(e => Score($"{e.Code} {e.Message}", words, field, rule) >= Clearly && (!named || Mentions($"{e.Code} {e.Message}", field)));
    }

    /// <summary>The error; null: the page lists none.</summary>
    /// <param name="method">The method.</param>
    /// <param name="rule">The rule word.</param>
    /// <param name="path">The path of the mistake.</param>
    public static ErrorSpec? For(MethodSpec method, string rule, string path)
    {
        var (words, field) = Words(rule, path);
        ErrorSpec? best = null;
        var most = int.MinValue;
        foreach (var error in method.Errors)
        {
            var score = Score($"{error.Code} {error.Message}", words, field, rule);
            if (score > most)
                (best, most) = (error, score);
        }

        return best;
    }

    /// <summary>The error that says that there is such a record already; null: the page lists none.</summary>
    public static ErrorSpec? Taken(MethodSpec method) =>
        method.Errors.FirstOrDefault(static e =>
            Array.Exists(AlreadyThere,
                w => e.Code.Contains(w, StringComparison.OrdinalIgnoreCase) || e.Message?.Contains(w, StringComparison.OrdinalIgnoreCase) == true));

    private static ((string Words, int Weight)[] Words, string Field) Words(string rule, string path) => (
        Speaks[rule switch
        {
            "required" or "requiredIf" or "oneOf" => "required",
            "type" => "type",
            "notFound" or "reference" => "notFound",
            _ => "value",
        }],
        path[(path.LastIndexOf('.') + 1)..].Split('[')[0]);

    private static int Score(string text, (string Words, int Weight)[] words, string field, string rule)
    {
        var score = 0;
        foreach (var (word, weight) in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                score = Math.Max(score, weight * 2);
        }

        if (score > 0 && field.Length > 0 && Mentions(text, field))
            score += 5;
        if (rule is not ("notFound" or "reference") || score < 8)
            score -= Array.Exists(Elsewhere, e => text.Contains(e, StringComparison.OrdinalIgnoreCase)) ? 6 : 0;
        return score;
    }

    private static bool Mentions(string text, string field)
    {
        for (var at = text.IndexOf(field, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(field, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + field.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }

        return false;
    }
}

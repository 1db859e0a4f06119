using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>
/// Which of the errors that a method's page lists a broken rule is answered with, where no spec ties them together: the one
/// whose code or text speaks of such a mistake, best of the very parameter.
/// </summary>
internal static class DocumentedErrors
{
    private const string Required = "required";
    private const string NotFound = "notFound";
    private const string Unique = "unique";
    private const string Rights = "denied";
    private const string Fields = "fields";

    private static readonly string[] Elsewhere =
        ["access", "denied", "permission", "rights", "tariff", "license", "limit", "quota", "scope", "token", "auth", "internal", "disk resource", "not available",
            "unexpected", "disabled", "not installed", "please install", "not allowed", "forbidden", "turned off"];

    private static readonly string[] Short = ["too short", "be empty", "at least", "less than"];

    private static readonly string[] Long = ["too long", "too large", "exceed", "at most", "more than"];

    private static readonly string[] NoIds = ["not defined or invalid", "wrong", "invalid", "incorrect"];

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
    public static bool Speak(MethodCall call, string rule, string path)
    {
        const int Clearly = 8;
        var method = call.Method;
        var (words, field) = Words(rule, path);
        if (Meant(call, rule, path) is { } meant && (meant.Inner || meant.Names.Any(n => n.Equals(field, StringComparison.OrdinalIgnoreCase)) || (meant.Rule == Required && meant.Names.Count == 0)))
            return true;
        // That some value is wrong, an error says that speaks of this field.
        var named = words == Speaks["value"] || words == Speaks["type"];
        return method.Errors.Any(e => Score($"{e.Code} {e.Message}", words, field, rule) >= Clearly && (!named || Mentions($"{e.Code} {e.Message}", field)));
    }

    /// <summary>An error of the page names the field that is missing.</summary>
    public static bool IsNamed(MethodCall call, string rule, string path) => Named(call, rule, path) is not null;

    /// <summary>The error of the page that is about this mistake and names the field; null: the page lists none.</summary>
    public static ErrorSpec? Named(MethodCall call, string rule, string path) =>
        Meant(call, rule, path) is { } meant && meant.Names.Contains(FieldOf(path), StringComparer.OrdinalIgnoreCase) ? meant.ToError() : null;

    /// <summary>The error; null: the page lists none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="rule">The rule word.</param>
    /// <param name="path">The path of the mistake.</param>
    /// <param name="any">One that does not speak of such a mistake will do: the page lists no other.</param>
    public static ErrorSpec? For(MethodCall call, string rule, string path, bool any = true)
    {
        if (Meant(call, rule, path) is { } meant)
            return meant.ToError();
        var method = call.Method;
        var (words, field) = Words(rule, path);
        ErrorSpec? best = null;
        var most = any ? int.MinValue : 0;
        foreach (var error in method.Errors)
        {
            var text = $"{error.Code} {error.Message}";
            // Who calls is never meant.
            if (text.Contains("credentials", StringComparison.OrdinalIgnoreCase))
                continue;
            var other = !Mentions(text, field) && rule is not (NotFound or "reference") && method.Params.Any(p => p.Name.Length > 2 && p.Name != field && Mentions(text, p.Name));
            if (!any && other)
                continue;
            var score = Score(text, words, field, rule);
            if (score > most)
                (best, most) = (error, score);
        }

        return best;
    }

    /// <summary>The error is the page's row about such a mistake, or names the field.</summary>
    public static bool IsAbout(MethodCall call, ErrorSpec error, string rule, string path) =>
        Meant(call, rule, path) is not null || Mentions($"{error.Code} {error.Message}", FieldOf(path));

    /// <summary>The error that says that the key is no id at all, as 0 and numbers below are none; null: the page lists none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="key">The parameter.</param>
    /// <param name="named">The error must name it.</param>
    public static ErrorSpec? OfNoId(MethodCall call, string key, bool named = false) => call.Meanings
        .Where(m => m.Rule is Required or "value" && !m.Inner && ((m.Names.Count == 0 && !named) || m.Names.Contains(key, StringComparer.OrdinalIgnoreCase)) && SaysNoId(m.Text ?? ""))
        .MaxBy(m => m.Names.Count > 0 ? 1 : 0)?.ToError();

    /// <summary>"ID is not defined or invalid", "Wrong post ID".</summary>
    private static bool SaysNoId(string text) =>
        Mentions(text, "id") && !text.Contains('{', StringComparison.Ordinal) && Array.Exists(NoIds, w => text.Contains(w, StringComparison.OrdinalIgnoreCase));

    /// <summary>The error that says that there is such a record already; null: the page lists none.</summary>
    public static ErrorSpec? Taken(MethodCall call) => call.Meanings.FirstOrDefault(static m => m.Rule == Unique) is { } meant
        ? meant.ToError()
        : call.Method.Errors.FirstOrDefault(static e => Array.Exists(AlreadyThere,
            w => e.Code.Contains(w, StringComparison.OrdinalIgnoreCase) || e.Message?.Contains(w, StringComparison.OrdinalIgnoreCase) == true));

    /// <summary>The error that says that the caller lacks a right; null: the page lists none.</summary>
    public static ErrorSpec? Denied(MethodCall call) => call.Meanings.FirstOrDefault(static m => m.Rule == Rights)?.ToError();

    /// <summary>The errors of the page that say that a value is taken, each with the fields whose values those are.</summary>
    public static IEnumerable<(ErrorSpec Error, IReadOnlyList<string> Names)> TakenBy(MethodCall call) =>
        call.Meanings.Where(static m => m.Rule == Unique && m.Names.Count > 0).Select(static m => (m.ToError(), m.Names));

    /// <summary>The row of the page's error table that is about the mistake, best of the very parameter.</summary>
    private static ErrorMeaning? Meant(MethodCall call, string rule, string path)
    {
        var kind = KindOf(rule);
        var (best, most) = ((ErrorMeaning?)null, int.MinValue);
        foreach (var meaning in call.Meanings)
        {
            if (meaning.Rule != kind && !StandsFor(meaning, kind, path))
                continue;
            var score = Score(call, meaning, path) - (meaning.Rule == kind ? 0 : meaning.Rule == Required ? 3 : 2) + (SaysOpposite(rule, meaning) ? -2 : 0);
            if (score > most)
                (best, most) = (meaning, score);
        }

        return most >= 0 ? best : null;
    }

    /// <summary>A value of a wrong type is a wrong value, and to some servers none; what a page calls incorrect, and names, may as well be missing.</summary>
    private static bool StandsFor(ErrorMeaning meaning, string kind, string path) =>
        (kind == "type" && meaning.Rule is (Required or "value") && meaning.Names.Count > 0)
        || (kind == Required && meaning.Rule == "value" && (IsOf(meaning, FieldOf(path)) || IsNoIdOf(meaning, FieldOf(path))));

    /// <summary>"Invalid user ID", of that parameter.</summary>
    private static bool IsNoIdOf(ErrorMeaning meaning, string field) => meaning.Names.Contains(field, StringComparer.OrdinalIgnoreCase) && SaysNoId(meaning.Text ?? "");

    /// <summary>A row without names whose text has the field's.</summary>
    private static bool IsOf(ErrorMeaning meaning, string field) =>
        meaning.Names.Count == 0 && field.Contains('_', StringComparison.Ordinal) && Mentions(meaning.Text ?? "", field);

    /// <summary>The error is about texts that are too short, and this one is too long, or the other way round.</summary>
    private static bool SaysOpposite(string rule, ErrorMeaning meaning) => rule switch
    {
        "maxLength" => Says(meaning, Short),
        "minLength" => Says(meaning, Long),
        _ => false,
    };

    private static bool Says(ErrorMeaning meaning, string[] words) => Array.Exists(words, w => meaning.Text?.Contains(w, StringComparison.OrdinalIgnoreCase) == true);

    private static int Score(MethodCall call, ErrorMeaning meaning, string path)
    {
        var field = FieldOf(path);
        var inner = path.Contains('.', StringComparison.Ordinal);
        // What is missing within a parameter is not the parameter.
        // Some rows name the field in their text only.
        var named = (inner || !meaning.Inner || meaning.Rule != Required) && (meaning.Names.Any(n => n.Equals(field, StringComparison.OrdinalIgnoreCase))
            || IsOf(meaning, field));
        var score = named ? 10 : meaning.Names.Any(n => call.Method.Params.Any(p => p.Name.Equals(n, StringComparison.OrdinalIgnoreCase))) && !inner ? -4 : 0;
        score += inner == meaning.Inner ? 1 : -1;
        if (meaning.Rule != NotFound)
        {
            if (meaning.Rule == Required && meaning.Names.Count == 0)
                score = Math.Max(score, 0) + (meaning.Text?.Contains("{field}", StringComparison.Ordinal) == true ? 1 : 0);
            var words = Words(field);
            if (!named && meaning.About.Any(static w => w != Fields))
                score += meaning.About.Any(w => w != Fields && words.Contains(w)) ? 6 : -3;
            return meaning.Rule == Required || named ? score : score - 2;
        }

        // Of which record it speaks: of the method's own, or of the one that the parameter is called after.
        var own = call.KeyParameter?.Name.Equals(field, StringComparison.OrdinalIgnoreCase) != false;
        var after = Entity(field);
        var area = Words(call.Method.Name).SkipLast(1).LastOrDefault();
        foreach (var word in meaning.About)
        {
            if (after.Contains(word, StringComparer.OrdinalIgnoreCase))
                score += 6;
            else if (own && word == area)
                score += 4;
            else if (call.Method.Params.Any(p => p.Name.Equals(word + "id", StringComparison.OrdinalIgnoreCase) || p.Name.Equals(word + "_id", StringComparison.OrdinalIgnoreCase)) || word == "owner")
                score -= 5;
        }

        if (own && (meaning.Code.Equals("NOT_FOUND", StringComparison.OrdinalIgnoreCase) || meaning.Code.EndsWith("_NOT_FOUND", StringComparison.OrdinalIgnoreCase)))
            score++;
        return Math.Max(score, named ? 0 : own ? score + 5 : score);
    }

    /// <summary>What an id is the id of.</summary>
    private static string[] Entity(string field) =>
        field.EndsWith("id", StringComparison.OrdinalIgnoreCase) && field.Length > 2 ? Words(field[..^2].TrimEnd('_')) : [];

    private static string[] Words(string name) =>
        [.. name.Split('.', '_').SelectMany(static part => Split(part)).Select(static w => w.ToLowerInvariant()).Where(static w => w.Length > 0)];

    private static IEnumerable<string> Split(string part)
    {
        var start = 0;
        for (var i = 1; i < part.Length; i++)
        {
            if (!char.IsAsciiLetterUpper(part[i]) || char.IsAsciiLetterUpper(part[i - 1]))
                continue;
            yield return part[start..i];
            start = i;
        }

        yield return part[start..];
    }

    private static ((string Words, int Weight)[] Words, string Field) Words(string rule, string path) =>
        (Speaks.TryGetValue(KindOf(rule), out var words) ? words : Speaks["value"], FieldOf(path));

    /// <summary>The mistake that breaking a rule is.</summary>
    private static string KindOf(string rule) => rule switch
    {
        "required" or "requiredIf" or "oneOf" => Required,
        "notFound" or "reference" => NotFound,
        "type" => "type",
        Unique => Unique,
        _ => "value",
    };

    private static string FieldOf(string path) => path[(path.LastIndexOf('.') + 1)..].Split('[')[0];

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

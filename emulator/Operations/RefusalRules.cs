using System.Text.RegularExpressions;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Calls that state files say a method refuses: a funnel with deals in it, a code that is taken, an empty text.</summary>
internal sealed class RefusalRules(RecordStore store, bool lenient)
{
    /// <summary>The rule of these violations.</summary>
    public const string Rule = "refuse";

    private const string Error = "error";
    private const string Instead = "answer";

    public IEnumerable<SpecViolation> Check(MethodCall call)
    {
        if (lenient || First(call) is not var (refusal, held))
            yield break;
        var said = (JsonArray)refusal[Error]!;
        var code = JsonValues.Text(said[0]) ?? "";
        // Without a text of its own the error has that of the page.
        var text = Values.Text(held.Value(said.ElementAtOrDefault(1))) ?? call.Method.Errors.FirstOrDefault(e => e.Code == code)?.Message ?? code;
        var about = JsonValues.Text((refusal["given"] as JsonArray)?.FirstOrDefault()) ?? Named(call, text) ?? "";
        yield return call.Violation(Rule, about, []) with { Rule = Rule, Severity = RuleSeverity.Error, Code = code, Message = text, Status = (int?)said.ElementAtOrDefault(2) };
    }

    /// <summary>The parameter that the text names, where REST 3.0 lists what is wrong by fields.</summary>
    private static string? Named(MethodCall call, string text) => call.Profile.Envelope.Style != EnvelopeKind.Bitrix24V3 ? null
        : text.Split(' ').Select(static w => w.Trim('`', '"', '.', ',')).FirstOrDefault(w => call.Parameter(w) is not null);

    /// <summary>The error of a refusal, or the answer that the method has in its place.</summary>
    public Answer Answered(MethodCall call, SpecViolation violation) => First(call) is var (refusal, held) && refusal.TryGetPropertyValue(Instead, out var answer)
        ? new Success(Values.ToNode(held.Value(answer)))
        : Failure(call, violation);

    /// <summary>The first refusal that holds, for the item that it holds for.</summary>
    private (JsonObject Refusal, Expression Held)? First(MethodCall call)
    {
        var target = call.KeyParameter is null || call.NamesTarget ? call.Target() : null;
        foreach (var refusal in call.State.Refuse ?? [])
        {
            if (Items(refusal, new Expression(store, call.Context) { Record = target }).FirstOrDefault(e => Holds(refusal, e)) is { } held)
                return (refusal, held);
        }

        return null;
    }

    /// <summary>
    /// The refusal says which values of the parameter it is about: that is more than that the value is not one of those allowed. And
    /// that several are missing is more than that one is.
    /// </summary>
    public static bool IsAbout(MethodCall call, SpecViolation refused, string path) => path.Length > 0 && call.State.Refuse?.Any(r =>
        r[Error] is JsonArray said && JsonValues.Text(said[0]) == refused.Code
        && ((r["when"] is JsonObject when
                && when.Any(w => IsOf(w.Key, path) && w.Value is JsonArray wanted && (r.ContainsKey(Instead) || when.Count > 1 || !wanted.Any(JsonValues.IsNothing))))
            || (r["like"] as JsonObject)?.Any(l => IsOf(l.Key, path)) == true)) == true;

    private static bool IsOf(string template, string path) => template.Equals($"{{${path}}}", StringComparison.OrdinalIgnoreCase);

    private static Failure Failure(MethodCall call, SpecViolation violation) =>
        new(violation.Code ?? "", violation.Message, violation.Status ?? call.Method.Errors.FirstOrDefault(e => e.Code == violation.Code)?.Status ?? call.Method.Failure.Status);

    /// <summary>With <c>each</c> an expression for every item of a list.</summary>
    private static IEnumerable<Expression> Items(JsonObject refusal, Expression expression) =>
        refusal[EachItem.List] is not { } each ? [expression] : expression.Value(each) is JsonArray list ? EachItem.Items(expression, list).ToList() : [];

    private static bool Holds(JsonObject refusal, Expression expression)
    {
        // A lookup by nothing finds nothing, and says nothing.
        return (refusal["given"] is not JsonArray given || given.All(g => expression.IsGiven(JsonValues.Text(g) ?? "")))
            && (refusal["when"] is not JsonObject when || expression.HoldsAll(when))
            && (refusal["not"] is not JsonObject not || not.All(n => !Values.IsNothing(expression.Value(n.Key)) && !expression.Holds(n.Key, n.Value)))
            && (refusal["like"] is not JsonObject like || like.All(u => Values.Text(expression.Value(u.Key)) is { Length: > 0 } text && IsLike(text, JsonValues.Text(u.Value) ?? "")))
            && (refusal["unlike"] is not JsonObject unlike || unlike.All(u => Values.Text(expression.Value(u.Key)) is { Length: > 0 } text && !IsLike(text, JsonValues.Text(u.Value) ?? "")))
            && Lookups(refusal["found"]).All(l => IsFull(l, expression) && expression.Find(l) is not null)
            && Lookups(refusal["missing"]).All(l => IsFull(l, expression) && expression.Find(l) is null);
    }

    private static bool IsLike(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchLimit.Time);

    private static IEnumerable<JsonObject> Lookups(JsonNode? node) => node switch
    {
        JsonObject one => [one],
        JsonArray many => many.OfType<JsonObject>(),
        _ => [],
    };

    private static bool IsFull(JsonObject lookup, Expression expression) =>
        (lookup["where"] as JsonObject ?? []).All(w => !Values.IsNothing(expression.Value(w.Value)));
}

using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>What a call must have where specs require nothing: a parameter, fields of a record that is changed, conditions of a filter, names of a selection.</summary>
internal static class MustRules
{
    private const string Required = "required";
    private const string Names = "fields:";
    private const string All = "*";
    private const string Lead = "Required fields: ";

    public static IEnumerable<SpecViolation> Check(MethodCall call)
    {
        if (call.State.Must is not { Count: > 0 } must
            || (call.Operation == Operation.Update && call.KeyParameter is { } key && Values.IsNothing(Values.From(call.Member(key.Name)))))
            yield break;
        var missing = must.Where(path => IsMissing(call, path)).ToList();
        if (missing.Count == 0)
            yield break;
        var said = call.State.Errors?.GetValueOrDefault(Required) as JsonArray;
        var error = said is null ? Told(call, missing[0]) ?? DocumentedErrors.For(call, Required, missing[0])
            : new ErrorSpec(JsonValues.Text(said[0]) ?? "", JsonValues.Text(said.ElementAtOrDefault(1)), null);
        var names = string.Join(", ", missing.Select(static path => path[(path.LastIndexOf('.') + 1)..]));
        var text = error?.Message ?? Lead;
        yield return call.Violation(Required, missing[0], []) with
        {
            Rule = Required,
            Severity = RuleSeverity.Error,
            Code = error?.Code ?? "0",
            Message = text.IndexOf(Names, StringComparison.Ordinal) is >= 0 and var at ? $"{text[..(at + Names.Length)]} {names}" : text,
        };
    }

    /// <summary>The page's error that speaks of the parameter itself: of a selection and a filter it has one each.</summary>
    private static ErrorSpec? Told(MethodCall call, string path) =>
        call.Meanings.FirstOrDefault(m => m.Rule == Required && path.Split('.') is [var holder, var name]
                && m.Text?.Contains(holder, StringComparison.Ordinal) == true && m.Text.Contains(name, StringComparison.Ordinal))
            ?.ToError();

    /// <summary>An object that is left out itself is another mistake, but a list without a filter lacks its condition.</summary>
    private static bool IsMissing(MethodCall call, string path)
    {
        var dot = path.LastIndexOf('.');
        if (dot < 0)
            return call.Member(path) is null;
        var name = Columns.Fold(path[(dot + 1)..]);
        // PHP's lists come as objects from forms.
        var names = call.Member(path[..dot]) switch
        {
            JsonArray { Count: > 0 } list => list,
            JsonObject { Count: > 0 } numbered when numbered.All(static m => m.Key.All(char.IsAsciiDigit)) => numbered.Select(static m => m.Value),
            _ => null,
        };
        if (names is not null)
            return !names.Any(i => JsonValues.Text(i) is { } text && (text == All || Columns.Fold(text) == name));
        if (call.Member(path[..dot]) is not JsonObject { Count: > 0 } holder)
            return call.Operation == Operation.List;
        return !holder.Any(m => Columns.Fold(m.Key.TrimStart('=', '@', '!', '<', '>', '%')) == name && !Values.IsNothing(Values.From(m.Value)));
    }
}

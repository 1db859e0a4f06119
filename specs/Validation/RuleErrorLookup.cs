namespace Bitrix24.Gen.Specs;

/// <summary>Finds the code and text with which the server answers a broken rule, see docs/spec-format.md.</summary>
internal sealed class RuleErrorLookup(SpecSet set, MethodSpec method)
{
    private readonly ProfileSpec _profile = set.Profile(method.Api);

    /// <summary>Looks at the place itself, at what is around it, at the type, the method and the profile.</summary>
    /// <param name="rule">The rule word.</param>
    /// <param name="place">The place that is judged; null: the method as a whole.</param>
    /// <param name="around">The nearest place whose value holds the judged one.</param>
    /// <param name="type">The type that the judged field, or unknown name, belongs to.</param>
    public RuleError? Find(string rule, ValuePlace? place, ValuePlace? around, TypeSpec? type)
    {
        var within = "*." + rule;
        if (place is not null)
        {
            if (place.IsItem && Of(place.Field.Errors, within) is { } ofItem)
                return ofItem;
            if (Of(place.Field.Errors, rule) is { } own)
                return own;
        }

        for (; around is not null; around = around.Around)
        {
            if (Of(around.Field.Errors, within) is { } found)
                return found;
        }

        return (type is null ? null : Of(type.Errors, rule))
            ?? Of(method.RuleErrors, rule)
            ?? Of(_profile.RuleErrors, rule);
    }

    /// <summary>The server's text for a code, with its placeholders; null where none is known.</summary>
    public string? Text(RuleError error) =>
        error.Message
        ?? Text(method.Errors, error.Code)
        ?? (set.FindFile(method.File, method.Api) is { } file ? Text(file.Messages, error.Code) : null)
        ?? Text(_profile.SystemErrors, error.Code);

    private static RuleError? Of(EquatableArray<RuleError> errors, string rule)
    {
        foreach (var error in errors)
        {
            if (string.Equals(error.Rule, rule, StringComparison.Ordinal))
                return error;
        }

        return null;
    }

    private static string? Text(EquatableArray<ErrorSpec> errors, string code)
    {
        foreach (var error in errors)
        {
            if (error.Message is not null && string.Equals(error.Code, code, StringComparison.Ordinal))
                return error.Message;
        }

        return null;
    }
}

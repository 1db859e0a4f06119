namespace Bitrix24.Gen.Specs;

/// <summary>Collects violations and gives each its code and text.</summary>
/// <param name="set">The specs.</param>
/// <param name="method">The method.</param>
/// <param name="coded">The server answers these violations: they are of a call, not of an answer.</param>
internal sealed class Findings(SpecSet set, MethodSpec method, bool coded = true)
{
    private readonly RuleErrorLookup _errors = new(set, method);
    private readonly List<Violation> _violations = [];

    /// <summary>What was found, in the server's order.</summary>
    public IReadOnlyList<Violation> Sorted => CheckOrder.Sort(method, _violations);

    /// <summary>A field, parameter or item breaks a rule.</summary>
    public void Add(string rule, ValuePlace place, TextRange range, WordingArgs args, string? suggestion = null) =>
        Add(RuleIds.ForWord(rule)!, rule, place.Path, _errors.Find(rule, place, place.Around, place.Owner), place.Field, range, args, suggestion);

    /// <summary>Something within an object breaks a rule that the object checks: an unknown name, a filter condition.</summary>
    /// <param name="id">The rule's id.</param>
    /// <param name="rule">Its word.</param>
    /// <param name="path">The path of what is wrong.</param>
    /// <param name="holder">The object; null: the parameters.</param>
    /// <param name="type">The object's type.</param>
    /// <param name="range">What is wrong.</param>
    /// <param name="args">For the text.</param>
    /// <param name="suggestion">What was probably meant.</param>
    public void AddWithin(
        string id, string rule, string path, ValuePlace? holder, TypeSpec? type, TextRange range, WordingArgs args, string? suggestion = null) =>
        Add(id, rule, path, _errors.Find(rule, holder, holder, type), null, range, args, suggestion);

    /// <summary>A rule is broken that hangs on what the server keeps.</summary>
    /// <param name="rule">Its word.</param>
    /// <param name="path">Where; empty: the call as a whole.</param>
    /// <param name="place">The parameter or field; null: the method.</param>
    /// <param name="args">For the text.</param>
    public void AddState(string rule, string path, ValuePlace? place, WordingArgs args) =>
        Add(RuleIds.ForWord(rule) ?? rule, rule, path, _errors.Find(rule, place, place?.Around, place?.Owner), place?.Field, default, args, null);

    private void Add(
        string id, string rule, string path, RuleError? error, FieldSpec? field, TextRange range, WordingArgs args, string? suggestion)
    {
        if (!coded)
            error = null;
        var text = error is null ? null : _errors.Text(error);
        var message = text is null ? Wording.Default(rule, field, args) : Wording.Fill(text, method, args);
        _violations.Add(new(id, rule, path, error?.Code, message, RuleCatalog.SeverityOf(id), range, suggestion));
    }
}

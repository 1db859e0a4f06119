using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>
/// Where validation stands in a call, and what it has found: the fields down to the current value, the violations, and the
/// buffers that all validators share. Used again for the next call.
/// </summary>
/// <typeparam name="TValue">The adapter of values.</typeparam>
internal sealed class ValidationContext<TValue>
    where TValue : struct, IRuleValue<TValue>
{
    private readonly List<Finding<TValue>> _findings = [];
    private Frame[] _frames = [];
    private int _depth;
    private int _deepest;

    public MethodDescriptor Method { get; private set; } = null!;

    /// <summary>Suggest what was probably meant.</summary>
    public bool Suggests { get; private set; }

    /// <summary>The known name or value that was probably meant; null: none is near, or nobody asks.</summary>
    public string? Nearest(string text, IEnumerable<string> known) => Suggests ? Suggestion.Nearest(text, known) : null;

    /// <summary>The server answers these violations: they are of a call, not of an answer.</summary>
    public bool IsCall { get; private set; }

    /// <summary>The values are those of a query string: texts, of which the server makes what it needs.</summary>
    public bool IsQuery { get; private set; }

    /// <summary>Items and members of the values that are being looked at; who adds to it removes it.</summary>
    public ValueStack<TValue> Values { get; } = new();

    /// <summary>Numbers of members, by the same rule.</summary>
    public ValueStack<int> Slots { get; } = new();

    public IReadOnlyList<Finding<TValue>> Findings => _findings;

    public int FindingCount => _findings.Count;

    /// <summary>The field or parameter whose value is looked at; of an item, the list field. Null: the parameters as a whole.</summary>
    public FieldDescriptor? Field => _depth == 0 ? null : _frames[_depth - 1].Field;

    /// <summary>The value is an item of the list or map.</summary>
    public bool IsItem => _depth > 0 && _frames[_depth - 1].IsItem;

    /// <summary>What is validated lies within a call of another method: the server refuses it alone, not the call around it.</summary>
    public bool IsNested { get; private set; }

    public void Begin(MethodDescriptor method, bool suggests = false, bool isCall = true, bool isQuery = false) =>
        (Method, Suggests, IsCall, IsQuery, IsNested) = (method, suggests, isCall, isQuery, false);

    /// <summary>Goes into a call within the call; answers the method around it.</summary>
    public MethodDescriptor Enter(MethodDescriptor method)
    {
        var outer = Method;
        (Method, IsNested) = (method, true);
        return outer;
    }

    /// <summary>Comes back from a call within the call.</summary>
    public void Leave(MethodDescriptor outer) => (Method, IsNested) = (outer, false);

    /// <summary>Something has been found where validation stands.</summary>
    public bool HasFound()
    {
        var path = Path();
        return _findings.Exists(f => f.Path == path);
    }

    /// <summary>Forgets a call: nothing of it may stay in memory.</summary>
    public void Clear()
    {
        _findings.Clear();
        Values.Clear();
        Slots.Clear();
        for (var i = 0; i < _deepest; i++)
            _frames[i].Clear();
        (_depth, _deepest) = (0, 0);
    }

    /// <summary>Takes back what has been found since there were so many violations, and answers it.</summary>
    public Finding<TValue>[] TakeBack(int count)
    {
        var found = _findings.GetRange(count, _findings.Count - count).ToArray();
        _findings.RemoveRange(count, found.Length);
        return found;
    }

    /// <summary>What was taken back holds after all.</summary>
    public void Add(Finding<TValue>[] findings) => _findings.AddRange(findings);

    /// <summary>Goes into a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="owner">The type that it belongs to; null for a parameter.</param>
    /// <param name="name">The name under which it is given, where that is another.</param>
    public void Push(FieldDescriptor field, TypeDescriptor? owner, string? name = null) =>
        Push().Set(field, owner, name ?? field.Name, index: 0, start: _depth - 1);

    /// <summary>Goes into a field whose value is an item of a list.</summary>
    public void Push(FieldDescriptor field, int index) => Push().Set(field, null, null, index, start: _depth - 1);

    /// <summary>Goes into a field that no name of the path stands for.</summary>
    public void PushUnnamed(FieldDescriptor field) => Push().Set(field, null, "", index: 0, start: _depth - 1, isUnnamed: true);

    /// <summary>Goes into an item of a list.</summary>
    public void PushItem(int index) => PushStep(null, index, isItem: true);

    /// <summary>Goes into a value of a map.</summary>
    public void PushEntry(string key) => PushStep(key, 0, isItem: true);

    /// <summary>Goes on within the same field: a name in an object, a condition in a filter.</summary>
    public void PushStep(string? name, int index = 0) => PushStep(name, index, IsItem);

    public void Pop() => _depth--;

    /// <summary>Whether the server takes what PHP makes of a value: it does not where it has an error code for a wrong type.</summary>
    public bool IsLoose(FieldRules? rules = null, string rule = "type") => Method.Api.LooseTypes && FindOfField(rule, rules) is null;

    /// <summary>The current field or item breaks a rule.</summary>
    /// <param name="rule">The rule's word.</param>
    /// <param name="value">The value that breaks it.</param>
    /// <param name="wording">For the text.</param>
    /// <param name="rules">The rules of the alternative of a union; null: those of the field.</param>
    /// <param name="suggestion">What was probably meant.</param>
    /// <param name="atName">It is the name that is wrong.</param>
    /// <param name="isTaken">The server takes it all the same: a warning.</param>
    public void Add(
        string rule, TValue value, Wording wording, FieldRules? rules = null, string? suggestion = null, bool atName = false, bool isTaken = false) =>
        Add(RuleIds.ForWord(rule) ?? rule, rule, FindOfField(rule, rules), value, wording, suggestion, atName, isTaken ? RuleSeverity.Warning : RuleSeverity.Error, Field);

    /// <summary>Something within an object breaks a rule that the object checks: an unknown name, a filter condition.</summary>
    /// <param name="id">The rule's id.</param>
    /// <param name="rule">Its word.</param>
    /// <param name="type">The object's type.</param>
    /// <param name="value">The value that breaks it.</param>
    /// <param name="wording">For the text.</param>
    /// <param name="suggestion">What was probably meant.</param>
    /// <param name="atName">It is the name that is wrong.</param>
    /// <param name="most">The most that it weighs where the server has no code for it.</param>
    /// <param name="compared">The field that a filter's value is compared with.</param>
    public void AddWithin(
        string id, string rule, TypeDescriptor? type, TValue value, Wording wording, string? suggestion = null, bool atName = false,
        RuleSeverity most = RuleSeverity.Error, FieldDescriptor? compared = null) =>
        Add(id, rule, FindWithin(rule, type), value, wording, suggestion, atName, most, compared ?? Field);

    /// <summary>The call as a whole breaks a rule, for which we have the better text.</summary>
    public void AddCall(string rule, Wording wording)
    {
        var id = RuleIds.ForWord(rule) ?? rule;
        var code = FindWithin(rule, null)?.Code;
        _findings.Add(new(id, rule, "", code, wording.Default(rule), RuleIds.SeverityOf(id), null, null, default, false, null));
    }

    /// <summary>The method may not be called in a batch.</summary>
    public void AddNotBatchable() => AddCall("batch", new(Method.Name));

    /// <summary>The violations in the order in which the server meets them.</summary>
    public TResult[] Sorted<TResult>(Func<Finding<TValue>, TResult> project)
    {
        if (_findings.Count == 0)
            return [];
        var order = Method.CheckOrder;
        return _findings.Count == 1 || order.Count == 0
            ? [.. _findings.Select(project)]
            : [.. _findings.OrderBy(f => CheckOrder.Rank(order, f.Path, f.Rule)).Select(project)];
    }

    private void Add(string id, string rule, RuleError? error, TValue value, Wording wording, string? suggestion, bool atName, RuleSeverity most, FieldDescriptor? field)
    {
        if (IsQuery && rule == "type" && wording.Shape is { } shape && IsMadeOfText(shape))
            return;
        if (!IsCall)
            error = null;
        var isWeak = Field?.Rules is { Weak.Count: > 0 } rules && rules.Weak.Contains(rule);
        // What an API answers as a rule says nothing of a rule that nobody is sure of.
        if (isWeak && error is not null && ReferenceEquals(error, RuleErrors.Of(Method.Api.RuleErrors, rule)))
            error = null;
        var text = error is null ? null : error.Message ?? RuleErrors.Text(Method, error.Code);
        var message = text is null ? wording.Default(rule) : wording.Fill(text, Method.Name);
        var severity = RuleIds.SeverityOf(id);
        if (error is null && isWeak && severity == RuleSeverity.Error)
            severity = RuleSeverity.Warning;
        if (error is null && severity > most)
            severity = most;
        _findings.Add(new(id, rule, Path(), IsNested ? null : error?.Code, message, severity, field, wording.Shape, value, atName, suggestion));
    }

    // Which texts the server takes for a truth value, an empty list or an empty object is not known.
    private static bool IsMadeOfText(FieldShape shape) =>
        shape.IsList || shape.IsMap || shape.Field.Kind is ValueKind.Bool or ValueKind.YesNo or ValueKind.Object;

    private string Path()
    {
        if (_depth == 1)
            return _frames[0].Step ?? $"[{Notation.Invariant(_frames[0].Index)}]";
        var path = new System.Text.StringBuilder();
        for (var i = 0; i < _depth; i++)
        {
            if (_frames[i].Step is not { } step)
                path.Append('[').Append(Notation.Invariant(_frames[i].Index)).Append(']');
            else if (step.Length > 0 || !_frames[i].IsUnnamed)
                path.Append(path.Length > 0 ? "." : "").Append(step);
        }

        return path.ToString();
    }

    // The field itself, what is around it, its type, the method, the API; see docs/spec-format.md.
    private RuleError? FindOfField(string rule, FieldRules? rules)
    {
        if (_depth == 0)
            return FindWithin(rule, null);
        var top = _frames[_depth - 1];
        return FindOwn(rule, top, rules) ?? FindAround(rule, top.Start) ?? FindShared(rule, top.Owner);
    }

    private RuleError? FindWithin(string rule, TypeDescriptor? type) =>
        (_depth == 0 ? null : FindOwn(rule, _frames[_depth - 1], null)) ?? FindAround(rule, _depth) ?? FindShared(rule, type);

    private static RuleError? FindOwn(string rule, Frame top, FieldRules? rules)
    {
        if ((rules ?? top.Field?.Rules) is not { Errors.Count: > 0 } own)
            return null;
        return (top.IsItem ? RuleErrors.Of(own.Errors, rule, within: true) : null) ?? RuleErrors.Of(own.Errors, rule);
    }

    private RuleError? FindAround(string rule, int depth)
    {
        for (var i = depth - 1; i >= 0; i--)
        {
            if (_frames[i].Field?.Rules is { Errors.Count: > 0 } rules && RuleErrors.Of(rules.Errors, rule, within: true) is { } found)
                return found;
        }

        return null;
    }

    private RuleError? FindShared(string rule, TypeDescriptor? type) =>
        (type is null ? null : RuleErrors.Of(type.Errors, rule)) ?? RuleErrors.Of(Method.RuleErrors, rule) ?? RuleErrors.Of(Method.Api.RuleErrors, rule);

    private void PushStep(string? name, int index, bool isItem)
    {
        var frame = Push();
        if (_depth == 1)
            frame.Set(null, null, name, index, start: 0);
        else
            frame.Set(_frames[_depth - 2].Field, _frames[_depth - 2].Owner, name, index, _frames[_depth - 2].Start);
        frame.IsItem = isItem;
    }

    private Frame Push()
    {
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, 2 * Math.Max(8, _depth));
            for (var i = _depth; i < _frames.Length; i++)
                _frames[i] = new();
        }

        var frame = _frames[_depth++];
        if (_depth > _deepest)
            _deepest = _depth;
        return frame;
    }

    /// <summary>A step on the way to the current value; used again for the next at the same depth.</summary>
    private sealed class Frame
    {
        public FieldDescriptor? Field { get; private set; }

        public TypeDescriptor? Owner { get; private set; }

        /// <summary>A name; null: the number of an item.</summary>
        public string? Step { get; private set; }

        public int Index { get; private set; }

        public bool IsItem { get; set; }

        public bool IsUnnamed { get; private set; }

        /// <summary>How deep the field itself lies.</summary>
        public int Start { get; private set; }

        public void Set(FieldDescriptor? field, TypeDescriptor? owner, string? step, int index, int start, bool isUnnamed = false)
        {
            (Field, Owner, Step) = (field, owner, step);
            (Index, Start, IsUnnamed, IsItem) = (index, start, isUnnamed, false);
        }

        public void Clear() => (Field, Owner, Step) = (null, null, null);
    }
}

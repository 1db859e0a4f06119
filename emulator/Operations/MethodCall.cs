using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>A call of a known method by a known caller. Made under the gate: it looks into the portal's records.</summary>
internal sealed class MethodCall
{
    /// <summary>Every field; of <c>asked</c> and <c>ownNames</c>, whatever the call says.</summary>
    private const string Any = "*";

    /// <summary>Of <c>asked</c>: where the call selects the field by its name.</summary>
    private const string ByName = "named";

    private readonly MethodBinding _binding;

    public MethodCall(RecordStore store, MethodBinding binding, Caller caller, JsonObject parameters, DateTimeOffset now, string appCode)
    {
        (Store, _binding, Caller, Given) = (store, binding, caller, parameters);
        Parameters = ParameterNames.Align(store.Specs, Method, parameters);
        if (binding.StoreName is { } name && store.State.Store(name).Words.TryGetValue(Method.Api, out var words))
            (Words, Parameters) = (words, (JsonObject)words.Kept(Parameters)!);
        Context = new WriteContext(now, caller.UserId, appCode, Parameters) { ByWebhook = caller.ByWebhook };
        Expression = new Expression(store, Context);
        Table = binding.Table(Expression);
        Where = binding.State.Where is { } where && Table is { } table
            ? [.. where.Select(w => (table.Columns.Declare(w.Key), Expression.Value(w.Value)))]
            : [];
    }

    public RecordStore Store { get; }

    public SpecSet Specs => Store.Specs;

    public MethodSpec Method => _binding.Method;

    public MethodState State => _binding.State;

    /// <summary>What the method does.</summary>
    public Operation Operation => _binding.Operation;

    public ProfileSpec Profile => _binding.Profile;

    /// <summary>What the method's documented errors are about.</summary>
    public IReadOnlyList<ErrorMeaning> Meanings => Store.State.Errors(Method.Api, Method.Name);

    /// <summary>The form of the documented answer's value.</summary>
    public AnswerForm? Form => _binding.Form;

    /// <summary>The same, of the whole <c>result</c>.</summary>
    public AnswerForm? ResultForm => _binding.ResultForm;

    /// <summary>The documented answer has a <c>total</c>.</summary>
    public bool Counts => _binding.Counts;

    public Caller Caller { get; }

    /// <summary>The parameters as they came.</summary>
    public JsonObject Given { get; }

    /// <summary>The parameters by the names of the spec.</summary>
    public JsonObject Parameters { get; }

    /// <summary>The API's words for values that the store keeps in others; null: it has none.</summary>
    public ViewWords? Words { get; }

    public WriteContext Context { get; }

    /// <summary>Evaluates values of state files for this call.</summary>
    public Expression Expression { get; }

    /// <summary>The parameter that carries the record.</summary>
    public FieldSpec? Input => _binding.Input;

    /// <summary>The records the method works on; null: none.</summary>
    public RecordTable? Table { get; }

    /// <summary>The method has a parameter that says which fields are wanted.</summary>
    public bool CanSelect =>
        Method.Params.Any(static p =>
            p.As == View.Select || p.Name.Equals("select", StringComparison.OrdinalIgnoreCase) || p.Name.Equals("params", StringComparison.OrdinalIgnoreCase))
        || Argument(View.Select) is not null;

    /// <summary>A parameter says which store the method works on.</summary>
    public bool HasOneOfStores => _binding.StoreName?.Contains('{', StringComparison.Ordinal) == true;

    /// <summary>The type in whose names the method speaks of records; null: no spec describes them.</summary>
    public RecordType? ViewType => _binding.ViewType;

    /// <summary>Values that set the method's records apart from others in the store.</summary>
    public IReadOnlyList<(int Column, object? Value)> Where { get; }

    /// <summary>The parameter that says which record is meant.</summary>
    public FieldSpec? KeyParameter => _binding.KeyParameter;

    /// <summary>What carries the record, or the records: a parameter, a member deeper in one, or all parameters.</summary>
    public JsonNode? InputNode => Input is null ? Parameters : Member(Input.Name);

    public JsonObject InputValue => InputNode as JsonObject ?? [];

    /// <summary>The value of a parameter, or of a member deeper in one: <c>fields.product.id</c>.</summary>
    public JsonNode? Member(string path) => Parameters.TryGetPropertyValue(path, out var whole) ? whole
        : path.Split('.').Aggregate((JsonNode?)Parameters, static (node, step) => (node as JsonObject)?[step]);

    public FieldSpec? Parameter(string name) => Method.Params.FirstOrDefault(p => p.Name == name);

    /// <summary>The value of the parameter that carries a view, which may lie one object deeper, or that is called after it.</summary>
    public JsonNode? Argument(View view)
    {
        foreach (var parameter in Method.Params)
        {
            if (parameter.As == view)
                return Parameters[parameter.Name];
            if (Specs.ResolveType(parameter.Type, Method.Api)?.Fields.FirstOrDefault(f => f.As == view) is { } inner)
                return (Parameters[parameter.Name] as JsonObject)?[inner.Name];
        }

        // Much of the documentation shows such parameters without saying of what, some of it one object deeper.
        var word = view.ToString();
        return ByWord(Parameters, view, word) ?? (Operation is Operation.List or Operation.Search && JsonValues.Member(Parameters, "params") is JsonObject inside ? ByWord(inside, view, word) : null);
    }

    /// <summary>Fields that come, or do not, whatever is selected: other parameters, or other fields, ask for them.</summary>
    public IReadOnlyDictionary<string, bool> Asked =>
        (State.Asked ?? new Dictionary<string, JsonNode?>()).ToDictionary(static a => a.Key, a => IsAsked(a.Key, a.Value), StringComparer.Ordinal);

    private bool IsAsked(string field, JsonNode? when)
    {
        if (when is JsonObject values)
            return Expression.HoldsAll(values);
        var selected = (Argument(View.Select) as JsonArray ?? []).Select(JsonValues.Text).OfType<string>().ToList();
        bool Names(string name) => selected.Exists(s => Columns.Fold(s) == Columns.Fold(name));
        return Names(field) || (JsonValues.Text(when) is var other && other != ByName && (selected.Count == 0 || selected.Contains(Any) || other == Any || Names(other!)));
    }

    private static JsonNode? ByWord(JsonObject parameters, View view, string word) =>
        parameters.FirstOrDefault(p =>
            p.Key.Equals(word, StringComparison.OrdinalIgnoreCase)
            || (view == View.Order && p.Key.Equals("sort", StringComparison.OrdinalIgnoreCase) && p.Value is JsonObject)).Value;

    /// <summary>The portal's own fields are answered by the names under which they were declared.</summary>
    public bool WantsOwnNames => State.OwnNames is { } name && (name == Any || (JsonValues.Text(Parameters[name]) is { } asked && JsonValues.Truth(asked)));

    /// <summary>The call says which record it means.</summary>
    public bool NamesTarget => KeyParameter is { } key && !Values.IsNothing(Values.From(Member(key.Name)));

    /// <summary>The record that the key parameter names.</summary>
    public Record? Target()
    {
        if (Table is not { } table)
            return null;
        if (KeyParameter is not { } key)
            return Where.Count > 0 && (State.Do == OperationRunner.Value || Operation is Operation.Get or Operation.Update or Operation.Delete or Operation.Upsert)
                ? Among(table.Where(Where[0].Column, Where[0].Value)).FirstOrDefault()
                : null;
        var value = Values.From(Member(key.Name));
        return Among(table.FindBy(_binding.KeyColumn(table), value) is { } found ? [found] : []).FirstOrDefault();
    }

    private IEnumerable<Record> Among(IEnumerable<Record> records) => records.Where(r => Where.All(w => Values.Same(r[w.Column], w.Value)));

    /// <summary>Values that new records get from the method.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Set(Record? record = null)
    {
        foreach (var (column, value) in Where)
            yield return KeyValuePair.Create(Table!.Columns.Name(column), value);
        var expression = record is null ? Expression : new Expression(Store, Context) { Record = record };
        foreach (var (name, value) in State.Set ?? new Dictionary<string, JsonNode?>())
            yield return KeyValuePair.Create(name, expression.Value(value));
    }

    /// <summary>A rule that hangs on the portal's records is broken, see <see cref="SpecValidator.ServerViolation"/>.</summary>
    public SpecViolation Violation(string rule, string path, IReadOnlyList<FieldSpec> chain, TypeSpec? owner = null, JsonNode? value = null) =>
        SpecValidator.ServerViolation(Specs, Method, rule, path, chain, owner, JsonValues.Text(value));
}

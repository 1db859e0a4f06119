using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>What a method does to which records: from its spec, from state files, and where both are silent from its name.</summary>
internal sealed class MethodBinding
{
    private static readonly string[] QueryNames = ["select", "filter", "order", "sort", "start", "limit", "offset", "page", "pagination", "cursor", "nav", "navigation", "params"];

    /// <summary>Of those, what no record has as a field: a SORT may be one.</summary>
    private static readonly string[] NeverFields = ["select", "filter", "start", "pagination", "cursor", "nav", "navigation"];

    private readonly RecordStore _store;
    private readonly string? _storeName;

    /// <summary>The stores that know the method's names. Used under the gate.</summary>
    private readonly HashSet<RecordTable> _taught = [];

    public MethodBinding(RecordStore store, MethodSpec method)
    {
        (_store, Method) = (store, method);
        State = store.State.Method(method.Api, method.Name);
        Profile = store.Specs.Profile(method.Api);
        var answer = store.State.Answer(method.Api, method.Name);
        if (answer is not null)
        {
            Counts = answer.ContainsKey("total");
            var result = answer["result"];
            var others = store.State.Pages(method.Api, Prefix);
            ResultForm = AnswerForm.Read(result, others);
            Form = AnswerForm.Read((method.Result?.At?.Split('.') ?? []).Aggregate(result, static (node, step) => (node as JsonObject)?[step]), others);
            if (method.Result?.At is { } at && (result as JsonObject)?.ContainsKey(at.Split('.')[0]) != true)
                Form = null;
        }

        Operation = MethodOperations.Of(method, State, Form);
        var type = TypeOfRecords(method, Keeps);
        ViewType = store.TypeOf(type, method.Api);
        _storeName = State.Store ?? (ViewType is null || IsOfArea(method, ViewType) ? Keeps || ViewType is not null ? Area : null : store.StoreOf(ViewType));
        Input = InputOf();
        KeyParameter = KeyOf();
    }

    public MethodSpec Method { get; }

    public MethodState State { get; }

    public ProfileSpec Profile { get; }

    public Operation Operation { get; }

    public AnswerForm? Form { get; }

    public bool Counts { get; }

    public AnswerForm? ResultForm { get; }

    public RecordType? ViewType { get; }

    public FieldSpec? Input { get; }

    /// <summary>The store's name, with parameters in braces where it hangs on the call.</summary>
    public string? StoreName => _storeName;

    public FieldSpec? KeyParameter { get; }

    /// <summary>The method works on records, by its operation.</summary>
    private bool Keeps => Operation is Operation.Add or Operation.Get or Operation.List or Operation.Update or Operation.Delete or Operation.Upsert or Operation.Count or Operation.Search;

    private string Prefix => Method.Name.Contains('.', StringComparison.Ordinal) ? Method.Name[..Method.Name.LastIndexOf('.')] : Method.Name;

    private string Area => Method.Api == SpecSet.DefaultApi ? Prefix : $"{Method.Api}:{Prefix}";

    /// <summary>The store for a call.</summary>
    public RecordTable? Table(Expression expression)
    {
        if (_storeName is null)
            return null;
        var table = _store.Named(_storeName.Contains('{', StringComparison.Ordinal) ? Values.Text(expression.Value(_storeName)) ?? "" : _storeName);
        if (!_taught.Add(table))
            return table;
        Teach(_store, table);
        Learn(table);
        LearnArea(_store, table, Method.Api, Prefix, _storeName);
        return table;
    }

    /// <summary>A store that is named as an area learns from its methods: what is shown of it must not depend on which of them were called before.</summary>
    public static void Teach(RecordStore store, RecordTable table) => LearnArea(store, table, SpecSet.DefaultApi, table.Name, table.Name);

    private static void LearnArea(RecordStore store, RecordTable table, string api, string area, string storeName)
    {
        if (!store.LearnMethods(table, api, area))
            return;
        foreach (var method in store.Specs.FindFile(area, api)?.Methods ?? default)
        {
            if (new MethodBinding(store, method) is var binding && binding._storeName == storeName)
                binding.Learn(table);
        }
    }

    private void Learn(RecordTable table)
    {
        if (ViewType is not null)
            _store.Learn(table, ViewType);
        if (Operation is Operation.Add or Operation.Update or Operation.Upsert || State.Do == OperationRunner.Replace)
            _store.LearnInput(table, Method, State.Input is { Length: > 0 } deep && deep.Contains('.', StringComparison.Ordinal) ? null : Input);
    }

    /// <summary>A key parameter is either the record's key, or a field that is filled from it.</summary>
    public int KeyColumn(RecordTable table)
    {
        var name = KeyParameter!.Name;
        if (State.By is { } by)
            return table.Columns.Declare(by);
        var filled = ViewType?.Spec.Fields.FirstOrDefault(f => ServerValue.Parameter(f.Server) == name)?.Name;
        if (filled is not null)
            return table.Columns.Declare(filled);
        return ViewType?.Field(name) is not null && State.Key is null && !name.Equals("id", StringComparison.OrdinalIgnoreCase) ? table.Columns.Declare(name) : table.Columns.Find(table.KeyName);
    }

    /// <summary>The type that a method speaks of records by.</summary>
    public static TypeRef? TypeOfRecords(MethodSpec method, bool keeps = true) =>
        method.Of
        ?? method.Params.FirstOrDefault(static p => p.As is not null && p.Type.Kind == TypeKind.Named)?.Type
        ?? (!keeps ? null : method.Result?.Type is { Kind: TypeKind.Array, Element: { } element } ? element : method.Result?.Type);

    /// <summary>A type that a method of its file shows without naming the entity is another view of the file's one entity.</summary>
    private bool IsOfArea(MethodSpec method, RecordType type) =>
        method.Of is null && type.Spec.File == method.File && Prefix == method.File && _store.Specs.FindFile(method.File, method.Api)?.Methods.All(static m => m.Of is null) == true;

    // Where the documentation does not list the fields of a record, it still calls the parameter so.
    private FieldSpec? InputOf()
    {
        if (State.Input is { } named)
            return Method.Params.FirstOrDefault(p => p.Name.Equals(named, StringComparison.OrdinalIgnoreCase)) ?? (named.Length == 0 ? null : new FieldSpec { Name = named, Type = TypeRef.Json });
        return Method.Params.FirstOrDefault(p => p.As is View.Create or View.Update && p.Type.Kind == TypeKind.Named && !IsOneOfMany(p))
            ?? Method.Params.FirstOrDefault(static p => p.Name.Equals("fields", StringComparison.OrdinalIgnoreCase) && p.As is null)
            ?? (Operation is Operation.Add or Operation.Update ? OneObject() : null);
    }

    /// <summary>The one object beside nothing but ids carries the record, whatever it is called.</summary>
    private FieldSpec? OneObject() =>
        Method.Params.Where(static p => !p.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase)).ToList() is [{ Type.Kind: TypeKind.Named } one] ? one : null;

    /// <summary>A member of the record that looks like a record: the others stand beside it.</summary>
    private bool IsOneOfMany(FieldSpec parameter) =>
        !parameter.Name.Contains("field", StringComparison.OrdinalIgnoreCase) && !parameter.Name.Contains("data", StringComparison.OrdinalIgnoreCase)
        && Method.Params.Count(p =>
            p != parameter && p.Type.Kind is not (TypeKind.Array or TypeKind.Map or TypeKind.Named) && !IsQuery(p.Name)
            && !p.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase)) > 2;

    private FieldSpec? KeyOf()
    {
        if (State.Key is { } named)
            return Method.Params.FirstOrDefault(p => p.Name.Equals(named, StringComparison.OrdinalIgnoreCase)) ?? (named.Length == 0 ? null : new FieldSpec { Name = named, Type = TypeRef.Json });
        if (Method.Params.FirstOrDefault(p => p.Name == (Method.Key ?? "id")) is { } plain)
            return plain;
        if (Method.Params.FirstOrDefault(static p => p.Name.Equals("id", StringComparison.OrdinalIgnoreCase)) is { } spelled)
            return spelled;
        if (Operation is not (Operation.Get or Operation.Update or Operation.Delete))
            return null;
        // Of tasks.task the taskId, of a book the BOOK_ID: the id that is called after the entity; else the first id that is wanted.
        var entity = Columns.Fold(Prefix[(Prefix.LastIndexOf('.') + 1)..]);
        var ids = Method.Params.Where(static p => p.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase) && p.Type.Kind is not (TypeKind.Array or TypeKind.Map)).ToList();
        return ids.FirstOrDefault(p => Columns.Fold(p.Name) == entity + "ID")
            ?? ids.FirstOrDefault(static p => p.Required)
            ?? Method.Params.FirstOrDefault(static p => p.Name.Equals("code", StringComparison.OrdinalIgnoreCase) && p.Required);
    }

    /// <summary>A parameter of a method that writes, and yet no field.</summary>
    public static bool IsNoField(string name) => Array.Exists(NeverFields, q => q.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Parameters that say what of a list is wanted rather than what its records are like.</summary>
    public static bool IsQuery(string name) => Array.Exists(QueryNames, q => q.Equals(name, StringComparison.OrdinalIgnoreCase));
}

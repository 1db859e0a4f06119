using System.Globalization;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Everything the portal keeps. Callers hold <see cref="Gate"/> while they look or change.</summary>
internal sealed partial class RecordStore(Lazy<SpecSet> specs, StateSet state, IRecordJournal journal)
{
    private readonly Dictionary<string, RecordTable> _tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Api, string File, string Name), RecordType> _types = [];
    private readonly HashSet<(string Table, string Type)> _learnt = [];

    public Lock Gate { get; } = new();

    public StateSet State { get; } = state;

    public SpecSet Specs => specs.Value;

    public string PortalUrl { get; set; } = "";

    public IRecordJournal Journal => journal;

    public IReadOnlyCollection<RecordTable> Tables => _tables.Values;

    /// <summary>A call made or changed a record: store, record, and the record as it was before, null where it is new. Handlers run under <see cref="Gate"/>.</summary>
    public event Action<RecordTable, Record, Record?>? Saved;

    /// <summary>A call removed a record. Handlers run under <see cref="Gate"/>.</summary>
    public event Action<RecordTable, Record>? Removed;

    /// <summary>A call raises an event that no record's change is. Handlers run under <see cref="Gate"/>.</summary>
    public event Action<RaisedEvent>? Raised;

    public void OnRaised(RaisedEvent raised) => Raised?.Invoke(raised);

    public void OnRemoved(RecordTable table, Record record) => Removed?.Invoke(table, record);

    public void OnSaved(RecordTable table, Record record, Record? before) => Saved?.Invoke(table, record, before);

    /// <summary>The store of a name, or of another name of it.</summary>
    public RecordTable Named(string name)
    {
        lock (Gate)
        {
            if (_tables.TryGetValue(name, out var table))
                return table;
            var spec = State.Store(name);
            if (!_tables.TryGetValue(spec.Name, out table))
                _tables[spec.Name] = table = new RecordTable(spec, journal);
            return table;
        }
    }

    /// <summary>The type with its facts, or null when no spec knows it.</summary>
    public RecordType? TypeOf(TypeRef? type, string api)
    {
        if (type is not { Kind: TypeKind.Named } || Specs.ResolveType(type, api) is not { Scalar: null } spec)
            return null;
        var key = (api, spec.File, spec.Name);
        lock (Gate)
        {
            if (!_types.TryGetValue(key, out var known))
                _types[key] = known = new RecordType(api, spec);
            return known;
        }
    }

    /// <summary>The store of a type's records, or null when no spec knows it.</summary>
    public RecordTable? Table(TypeRef? type, string api)
    {
        if (TypeOf(type, api) is not { } known)
            return null;
        lock (Gate)
        {
            var table = Named(StoreOf(known));
            Learn(table, known);
            return table;
        }
    }

    /// <summary>The store that a method's state names, or else that of a type's records.</summary>
    public RecordTable? Table(MethodState state, TypeRef? type, string api) => state.Store is { } name ? Named(name) : Table(type, api);

    /// <summary>A store learns the names of a view, once.</summary>
    public void Learn(RecordTable table, RecordType type)
    {
        if (_learnt.Add((table.Name, $"{type.Api} {type.Name}")))
            table.Learn(type);
    }

    /// <summary>A store learns the names that the methods of an area use, where no type describes its records; false: it has.</summary>
    public bool LearnMethods(RecordTable table, string api, string area)
    {
        if (!_learnt.Add((table.Name, $"{api} {area}.*")))
            return false;
        var methods = (Specs.FindFile(area, api)?.Methods ?? default).ToList();
        foreach (var method in methods)
        {
            if (State.Answer(api, method.Name) is { } answer)
                LearnForms(table, api, (method.Result?.At?.Split('.') ?? []).Aggregate(answer["result"], static (node, step) => (node as JsonObject)?[step]));
            foreach (var parameter in table.Type is null && method.Operation is not (Operation.List or Operation.Search) ? method.Params : default)
            {
                if (Specs.ResolveType(parameter.Type, api) is { Scalar: null } inner && parameter.Name.Equals("fields", StringComparison.OrdinalIgnoreCase))
                    Learn(table, inner.Fields);
                else
                    table.Declare(parameter.Name, parameter.Type.Kind is TypeKind.Named or TypeKind.Json or TypeKind.Union ? null : parameter);
            }
        }

        return true;
    }

    /// <summary>A store learns the names that a method writes: the fields of the parameter that carries the record, or its parameters.</summary>
    public void LearnInput(RecordTable table, MethodSpec method, FieldSpec? input)
    {
        if (!_learnt.Add((table.Name, $"{method.Api} {method.Name}()")))
            return;
        var type = input?.Type is { Kind: TypeKind.Array or TypeKind.Map, Element: { } element } ? element : input?.Type;
        if (type is not null && Specs.ResolveType(type, method.Api) is { Scalar: null } inner)
            Learn(table, inner.Fields);
        else if (input is null)
            Learn(table, method.Params, static p => p.As is not (View.Filter or View.Select or View.Order) && !Operations.MethodBinding.IsNoField(p.Name));
    }

    private static void Learn(RecordTable table, EquatableArray<FieldSpec> parameters, Func<FieldSpec, bool> isField)
    {
        foreach (var parameter in parameters.Where(isField))
            table.Declare(parameter.Name, parameter.Type.Kind is TypeKind.Named or TypeKind.Json or TypeKind.Union ? null : parameter);
    }

    /// <summary>A value, or a list of values.</summary>
    private static bool IsOfScalars(JsonNode? form) => form is JsonValue || (form is JsonArray { Count: 1 } list && list[0] is JsonValue);

    private static void LearnForms(RecordTable table, string api, JsonNode? shown)
    {
        foreach (var (name, form) in (shown is JsonArray list ? list.FirstOrDefault() : shown) as JsonObject ?? [])
        {
            if (IsOfScalars(form) && AnswerForm.Read(form) is { Kind: not (AnswerForm.Kinds.Null or AnswerForm.Kinds.Literal) } kind)
            {
                table.Forms.TryAdd((api, name), kind);
                table.Generation++;
            }
        }
    }

    private static void Learn(RecordTable table, EquatableArray<FieldSpec> fields)
    {
        foreach (var field in fields)
            table.Declare(field.Name, field);
    }

    /// <summary>The store of a type: the one of its file, when it is what the file's methods work on; else one of its own.</summary>
    public string StoreOf(RecordType type)
    {
        var file = Specs.FindFile(type.Spec.File, type.Api);
        var main = file?.Methods.Select(static m => m.Of).FirstOrDefault(of => of is { Kind: TypeKind.Named } && of.File == type.Spec.File);
        var method = file?.Methods.FirstOrDefault(m => m.Of is { } of && type.Is(of)) ?? (main is null ? file?.Methods.FirstOrDefault() : null);
        // A file whose methods have a store in a state file gives it to the type that they work on.
        if (method is not null && State.Method(type.Api, method.Name).Store is { } named && !named.Contains('{', StringComparison.Ordinal) && (main is null || type.Is(main)))
            return named;
        var area = type.Api == SpecSet.DefaultApi ? type.Spec.File : $"{type.Api}:{type.Spec.File}";
        return main is not null && type.Is(main) ? area : $"{area}/{type.Spec.Name}";
    }

    /// <summary>The next key of an item that lives inside a record.</summary>
    public long NextItemKey(TypeSpec type, string api) => NextOf(Counter(type, api));

    /// <summary>An item came with a key of its own: later ones come after it.</summary>
    public void KeepItemKey(TypeSpec type, string api, long key)
    {
        if (Count(Counter(type, api)) < key)
            SetCount(Counter(type, api), key);
    }

    /// <summary>The next number of a count that outlives the process.</summary>
    public long NextOf(string counter)
    {
        var next = Count(counter) + 1;
        SetCount(counter, next);
        return next;
    }

    public string NextUuid() => new Guid((int)NextOf("uuid"), 0x5aec, 0x4d10, 0x9c, 0x31, 0x0b, 0x72, 0x5e, 0x11, 0x60, 0x04).ToString("D", CultureInfo.InvariantCulture);

    public object? KeyOf(Record record) => _tables.Values.FirstOrDefault(t => t.Columns == record.Columns)?.KeyOf(record);

    /// <summary>The field by which another record names this one; null: none does.</summary>
    public FieldSpec? ReferenceTo(RecordTable table, RecordType type, Record record)
    {
        var key = table.KeyOf(record);
        foreach (var other in _tables.Values)
        {
            if (other.Type is not { } view || view.Api != type.Api)
                continue;
            var found = view.Spec.Fields.FirstOrDefault(f =>
                f.References is { } to && type.Is(to) && other.Where(other.Columns.Declare(f.Name), key).Count > 0);
            if (found is not null)
                return found;
        }

        return null;
    }

    private static string Counter(TypeSpec type, string api) => $"{api} {type.File}/{type.Name}";

    private long Count(string counter) => Counters.Find(counter)?["VALUE"] is long value ? value : 0;

    private void SetCount(string counter, long value)
    {
        var record = Counters.New();
        record.Set("ID", counter);
        record.Set("VALUE", value);
        Counters.Add(record);
    }

    private RecordTable Counters
    {
        get
        {
            var table = Named("#counters");
            table.Columns.Declare("ID");
            table.Columns.Declare("VALUE");
            return table;
        }
    }
}

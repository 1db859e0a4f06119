using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>What state files say of a method beyond its spec. See docs/spec-format.md, "State".</summary>
internal sealed record MethodState
{
    public static MethodState None { get; } = new();

    /// <summary>The store, with parameters in braces; null: follows from the spec.</summary>
    public string? Store { get; init; }

    /// <summary>
    /// What the method does: an operation of the spec format, <c>replace</c>, <c>deleteAll</c>, <c>merge</c>, <c>value</c>, <c>getOptions</c>,
    /// <c>setOptions</c>, <c>getOrList</c>; null: as the spec says.
    /// </summary>
    public string? Do { get; init; }

    /// <summary>The parameter that identifies the record, in any case; empty text: none.</summary>
    public string? Key { get; init; }

    /// <summary>The field that the key is looked for in, where it is not the store's key.</summary>
    public string? By { get; init; }

    /// <summary>The parameter that carries the record or records.</summary>
    public string? Input { get; init; }

    /// <summary>Field values that set the method's records apart; new ones get them.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Where { get; init; }

    /// <summary>Field values that the method sets.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Set { get; init; }

    /// <summary>The method refuses unless the record has one of these values.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Only { get; init; }

    /// <summary>Records of other stores that must be there: parameter to store.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Needs { get; init; }

    /// <summary>Members of parameters that a call must have, though the spec does not require them.</summary>
    public IReadOnlyList<string>? Must { get; init; }

    /// <summary>The answer's <c>result</c>, where it does not follow from the record.</summary>
    public JsonNode? Result { get; init; }

    public bool HasResult { get; init; }

    /// <summary>What a read answers where no record is there, rather than an error.</summary>
    public JsonNode? Missing { get; init; }

    public bool HasMissing { get; init; }

    /// <summary>Errors by rule: code, text, status.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Errors { get; init; }

    /// <summary>Calls that the method refuses: what must hold of parameters and records, and the error.</summary>
    public IReadOnlyList<JsonObject>? Refuse { get; init; }

    /// <summary>Calls that follow, each as a method's entry with an operation.</summary>
    public IReadOnlyList<JsonObject>? Then { get; init; }

    /// <summary>Parameters that filter a list by the field of the same name.</summary>
    public IReadOnlyList<string>? FilterBy { get; init; }

    /// <summary>Of a list: the parameter, as a dotted path, that names the fields by which rows are grouped.</summary>
    public string? GroupBy { get; init; }

    /// <summary>Of a list: the fields by which a record recurs, and the bounds of the list.</summary>
    public JsonObject? Occurs { get; init; }

    /// <summary>How answers spell the names of fields that the type does not list: <c>upper</c>; null: as they are kept.</summary>
    public string? Names { get; init; }

    /// <summary>The parameter that asks for the portal's own fields by the names under which they were declared.</summary>
    public string? OwnNames { get; init; }

    /// <summary>Of a list: parameters that bound it, each with the condition that it stands for: <c>from</c> is <c>&gt;=DATE_TO</c>.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Bounds { get; init; }

    /// <summary>Of a list: the order, where the call asks for none.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Order { get; init; }

    /// <summary>Of a list: conditions on fields that the call's filter does not name.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Usual { get; init; }

    /// <summary>Of a list: the most rows of an answer, where the call says so.</summary>
    public JsonNode? Limit { get; init; }

    /// <summary>Of a list: how many rows are left out, where the call says so in a parameter of its own.</summary>
    public JsonNode? Skip { get; init; }

    /// <summary>Parameters of which 0 and an empty text say something.</summary>
    public IReadOnlyList<string>? Empty { get; init; }

    /// <summary>Of a list, or a read record: fields that come where values of the call hold, whatever it selects, and else have not.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Asked { get; init; }

    /// <summary>Of a list: fields of which rows have but one member, the one that a value of the call names; where it names none, rows do not have the field.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Part { get; init; }

    /// <summary>Of a list: the fields of rows where the call selects none.</summary>
    public JsonNode? Plain { get; init; }

    /// <summary>Of a list: what the members of the answer beside the rows have.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Beside { get; init; }

    /// <summary>Of a list: the <c>total</c> that is answered whatever there is.</summary>
    public JsonNode? Total { get; init; }

    /// <summary>Of a list: the one field of each record that is answered.</summary>
    public string? Take { get; init; }

    /// <summary>Parameters whose text records must contain, each with the fields that are searched.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Search { get; init; }

    /// <summary>Of a list: rows have the portal's own fields unless the call selects others.</summary>
    public bool Own { get; init; }

    /// <summary>Of <c>replace</c>: fields that a record which is named again has still, where the list does not say them.</summary>
    public IReadOnlyList<string>? Keeps { get; init; }

    /// <summary>Of <c>replace</c>: the field that says Y in one of the records, the first that the list says it of, or the first of all.</summary>
    public string? Sole { get; init; }

    /// <summary>Of an update: fields that are emptied unless the call gives them; with <c>*</c> at the end, all that begin so.</summary>
    public IReadOnlyList<string>? Clears { get; init; }

    /// <summary>Without the file, the method answers an address for it.</summary>
    public JsonObject? Upload { get; init; }

    /// <summary>Made up on purpose: nothing is kept that it could come from.</summary>
    public bool ShapeOnly { get; init; }

    /// <summary>This entry with the other's keys where it has none.</summary>
    public MethodState Over(MethodState other) => new()
    {
        Store = Store ?? other.Store,
        Do = Do ?? other.Do,
        Key = Key ?? other.Key,
        By = By ?? other.By,
        Input = Input ?? other.Input,
        Where = Where ?? other.Where,
        Set = Set ?? other.Set,
        Only = Only ?? other.Only,
        Needs = Needs ?? other.Needs,
        Must = Must ?? other.Must,
        Result = HasResult ? Result : other.Result,
        HasResult = HasResult || other.HasResult,
        Missing = HasMissing ? Missing : other.Missing,
        HasMissing = HasMissing || other.HasMissing,
        Errors = Errors ?? other.Errors,
        Refuse = Refuse is null || other.Refuse is null ? Refuse ?? other.Refuse : [.. Refuse, .. other.Refuse],
        Then = Then ?? other.Then,
        FilterBy = FilterBy ?? other.FilterBy,
        GroupBy = GroupBy ?? other.GroupBy,
        Occurs = Occurs ?? other.Occurs,
        Names = Names ?? other.Names,
        OwnNames = OwnNames ?? other.OwnNames,
        Bounds = Bounds ?? other.Bounds,
        Order = Order ?? other.Order,
        Usual = Usual ?? other.Usual,
        Limit = Limit ?? other.Limit,
        Skip = Skip ?? other.Skip,
        Empty = Empty ?? other.Empty,
        Asked = Asked ?? other.Asked,
        Part = Part ?? other.Part,
        Plain = Plain ?? other.Plain,
        Beside = Beside ?? other.Beside,
        Total = Total ?? other.Total,
        Take = Take ?? other.Take,
        Search = Search ?? other.Search,
        Own = Own || other.Own,
        Keeps = Keeps ?? other.Keeps,
        Sole = Sole ?? other.Sole,
        Clears = Clears ?? other.Clears,
        Upload = Upload ?? other.Upload,
        ShapeOnly = ShapeOnly || other.ShapeOnly,
    };

    /// <summary>The operation, where it is one of the spec format.</summary>
    public Operation? Operation =>
        Do == Operations.OperationRunner.GetOrList ? Specs.Operation.Get
        : Do is { } word && Enum.TryParse<Operation>(word, ignoreCase: true, out var operation) ? operation
        : null;
}

using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>A call of a known method by a known caller.</summary>
internal sealed class MethodCall
{
    public MethodCall(SpecSet specs, RecordStore store, MethodSpec method, Caller caller, JsonObject parameters, DateTimeOffset now, string appCode)
    {
        Specs = specs;
        Method = method;
        Profile = specs.Profile(method.Api);
        Caller = caller;
        Given = parameters;
        Parameters = SlippedNames.Mend(specs, method, parameters);
        // Where the documentation does not list the fields of a record, it still calls the parameter so.
        Input = method.Params.FirstOrDefault(p => p.As is View.Create or View.Update && p.Type.Kind == TypeKind.Named)
            ?? method.Params.FirstOrDefault(p => p.Name == "fields" && p.As is null);
        Table = store.Table(RecordTypeOf(method), method.Api);
        Context = new WriteContext(now, caller.UserId, appCode, Parameters);
    }

    public SpecSet Specs { get; }

    public MethodSpec Method { get; }

    public ProfileSpec Profile { get; }

    public Caller Caller { get; }

    /// <summary>The parameters as they came.</summary>
    public JsonObject Given { get; }

    /// <summary>The parameters by the names of the spec.</summary>
    public JsonObject Parameters { get; }

    public WriteContext Context { get; }

    /// <summary>The parameter that carries the record.</summary>
    public FieldSpec? Input { get; }

    /// <summary>The records the method works on; null: none.</summary>
    public RecordTable? Table { get; }

    /// <summary>The parameter that says which record is meant.</summary>
    public FieldSpec? KeyParameter => Parameter(Method.Key ?? "id");

    public JsonObject InputValue =>
        (Input is null ? Parameters : Parameters[Input.Name]) as JsonObject ?? [];

    public FieldSpec? Parameter(string name) => Method.Params.FirstOrDefault(p => p.Name == name);

    /// <summary>The value of the parameter that carries a view, which may lie one object deeper.</summary>
    public JsonNode? Argument(View view)
    {
        foreach (var parameter in Method.Params)
        {
            if (parameter.As == view)
                return Parameters[parameter.Name];
            if (Specs.ResolveType(parameter.Type, Method.Api)?.Fields.FirstOrDefault(f => f.As == view) is { } inner)
                return (Parameters[parameter.Name] as JsonObject)?[inner.Name];
        }

        return null;
    }

    /// <summary>The record that the key parameter names.</summary>
    public JsonObject? Target() =>
        Table is not null && KeyParameter is { } key ? Table.FindBy(KeyFieldName(Table.Type, key), Parameters[key.Name]) : null;

    /// <summary>A rule that hangs on the portal's records is broken, see <see cref="SpecValidator.ServerViolation"/>.</summary>
    public Violation Violation(string rule, string path, IReadOnlyList<FieldSpec> chain, TypeSpec? owner = null, JsonNode? value = null) =>
        SpecValidator.ServerViolation(Specs, Method, rule, path, chain, owner, JsonValues.Text(value));

    /// <summary>A key parameter is either the record's key, or a field that is filled from it.</summary>
    public static string KeyFieldName(RecordType type, FieldSpec key) =>
        type.Spec.Fields.FirstOrDefault(f => ServerValue.Parameter(f.Server) == key.Name)?.Name
        ?? (type.Field(key.Name) is { } same ? same.Name : type.KeyName);

    internal static TypeRef? RecordTypeOf(MethodSpec method) =>
        method.Of
        ?? method.Params.FirstOrDefault(p => p.As is not null && p.Type.Kind == TypeKind.Named)?.Type
        ?? (method.Result?.Type is { Kind: TypeKind.Array, Element: { } element } ? element : method.Result?.Type);
}

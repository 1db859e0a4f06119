using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Builds the answer's <c>result</c> as the method's spec describes it.</summary>
internal sealed class ResultShape(SpecSet specs, RecordReader reader)
{
    /// <summary>The answer about one record; without one, what an action that worked answers.</summary>
    public JsonNode? Of(MethodCall call, JsonObject? record)
    {
        if (call.Method.Result is not { } result)
            return true;
        return At(result, Value(call, result.Type, record));
    }

    /// <summary>Puts a value where the spec says it stands inside <c>result</c>.</summary>
    public static JsonNode? At(ResultSpec? result, JsonNode? value)
    {
        foreach (var name in Enumerable.Reverse(result?.At?.Split('.') ?? []))
            value = new JsonObject { [name] = value };
        return value;
    }

    private JsonNode? Value(MethodCall call, TypeRef type, JsonObject? record)
    {
        switch (type.Kind)
        {
            case TypeKind.Bool:
                return true;
            case TypeKind.YesNo:
                return "Y";
            case TypeKind.Int or TypeKind.Long or TypeKind.String or TypeKind.Union when record is not null && call.Table is { } table:
                return record[table.Type.KeyName]?.DeepClone();
            case TypeKind.Int or TypeKind.Long:
                return 1;
            case TypeKind.Named when specs.ResolveType(type, call.Method.Api) is { Scalar: null } shape && call.Table is { } table:
                return reader.Item(table.Type, shape, record ?? [], new Selection(call.Argument(View.Select)));
            case TypeKind.Array:
                return new JsonArray();
            case TypeKind.Map or TypeKind.Json or TypeKind.Named:
                return record?.DeepClone() ?? new JsonObject();
            default:
                return null;
        }
    }
}

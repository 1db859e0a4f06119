using System.Globalization;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>What VibeCode checks beyond the rules of parameters: aggregates by the entity's fields, relations.</summary>
internal sealed class VibeCodeChecks(Portal portal)
{
    private const string Code = "INVALID_PARAMS";

    /// <summary>Records that are looked at for user fields.</summary>
    private const int MostRecords = 200;

    private const string GroupBy = "groupBy";

    private static readonly string[] OfNumbers = ["sum", "avg", "min", "max"];

    private static readonly string[] Relations = ["company", "contact", "contacts"];

    /// <summary>The refusal of a call, or null.</summary>
    public Failure? Check(MethodSpec method, JsonObject parameters) =>
        CheckInclude(method, parameters["include"])
        ?? (method.Operation == Operation.Aggregate ? CheckAggregate(method, parameters) : null);

    private static Failure? CheckInclude(MethodSpec method, JsonNode? include)
    {
        if (include is null || method.Params.All(static p => p.Name != "include"))
            return null;
        var unknown = VibeCodeIncludes.Names(include).FirstOrDefault(static n => !Relations.Contains(n));
        return unknown is null ? null : new Failure(Code, $"Unknown relation \"{unknown}\" in include. Available: company, contact", 400);
    }

    private Failure? CheckAggregate(MethodSpec method, JsonObject parameters)
    {
        if (!JsonValues.IsNothing(parameters[GroupBy]) && method.Params.All(static p => p.Name != GroupBy))
            return new Failure(Code, "groupBy is not supported for this entity", 400);
        // Fields that no spec lists are known to a portal only.
        if (portal.Specs.ResolveType(method.Of ?? TypeRef.String, method.Api) is not { Undescribed: false } type)
            return null;
        foreach (var item in (parameters["aggregate"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (JsonValues.Text(item["field"]) is not { } name)
                continue;
            if (type.Fields.FirstOrDefault(f => f.Name == name) is not { } field)
            {
                if (IsUsed(method, name))
                    continue;
                return Unknown(type, name);
            }

            if (OfNumbers.Contains(JsonValues.Text(item["function"])) && !IsNumber(field))
                return new Failure(Code, $"Field \"{name}\" has type {TypeName(field)}; sum, avg, min and max accept integer, double and money", 400);
        }

        return Names(parameters[GroupBy]).FirstOrDefault(n => type.Fields.All(f => f.Name != n) && !IsUsed(method, n)) is { } group ? Unknown(type, group) : null;
    }

    /// <summary>A user field that no spec lists is there once it is declared, or a record has it.</summary>
    private bool IsUsed(MethodSpec method, string name)
    {
        if (!VibeCodeUserFields.IsCustom(name) || portal.Records.Table(method.Of, method.Api) is not { } table)
            return false;
        lock (portal.Records.Gate)
            return table.UserFields.Exists(f => f.Column == table.Columns.Find(name)) || table.Records.Take(MostRecords).Any(r => r[name] is not null);
    }

    private static Failure Unknown(TypeSpec type, string name) => new(
        Code, $"Field \"{name}\" not found. Available fields: {string.Join(", ", type.Fields.Where(static f => f.Filterable).Select(static f => f.Name))}", 400);

    /// <summary>A text of a portal's own field may be money, <c>1500.50|EUR</c>.</summary>
    private static bool IsNumber(FieldSpec field) =>
        field.Type.Kind is TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal
        || (field.Type.Kind == TypeKind.String && VibeCodeUserFields.IsCustom(field.Name));

    private static string TypeName(FieldSpec field) => field.Type.Kind == TypeKind.Array ? "array" : field.Type.ToString().ToLower(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Names(JsonNode? node) =>
        (node is JsonArray list ? list.Select(JsonValues.Text) : [JsonValues.Text(node)]).OfType<string>();
}

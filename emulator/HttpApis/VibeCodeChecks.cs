using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>What VibeCode checks that no rule of the specs says: relations, groups, and custom fields that only the portal knows.</summary>
internal sealed class VibeCodeChecks(Portal portal)
{
    private const string Code = "INVALID_PARAMS";

    /// <summary>Records that are looked at for custom fields.</summary>
    private const int MostRecords = 200;

    private const string GroupBy = "groupBy";

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
        if (portal.Specs.ResolveType(method.Of ?? TypeRef.String, method.Api) is not { Undescribed: false } type)
            return null;
        var names = (parameters["aggregate"] as JsonArray ?? []).OfType<JsonObject>().Select(static i => JsonValues.Text(i["field"])).OfType<string>()
            .Concat(VibeCodeIncludes.Names(parameters[GroupBy]));
        return names.FirstOrDefault(n => VibeCodeUserFields.IsCustom(n) && type.Fields.All(f => f.Name != n) && !IsUsed(method, n)) is { } unknown
            ? new Failure(Code, $"Field \"{unknown}\" not found. Available fields: {string.Join(", ", type.Fields.Where(static f => f.Filterable).Select(static f => f.Name))}", 400)
            : null;
    }

    /// <summary>A custom field that no spec lists is there once it is declared, or a record has it.</summary>
    private bool IsUsed(MethodSpec method, string name)
    {
        if (portal.Records.Table(method.Of, method.Api) is not { } table)
            return false;
        lock (portal.Records.Gate)
            return table.UserFields.Exists(f => f.Column == table.Columns.Find(name)) || table.Records.Take(MostRecords).Any(r => r[name] is not null);
    }
}

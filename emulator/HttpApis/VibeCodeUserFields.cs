using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>Lists the fields that a portal added to an entity: those of its type whose names say so, and those that its users declared.</summary>
internal sealed class VibeCodeUserFields(Portal portal, string api)
{
    private const string List = "userfields.list";

    public static bool Handles(MethodSpec method) => method.Name == List;

    public Answer Run(JsonObject parameters, Success success)
    {
        var entity = JsonValues.Text(parameters["entity"]);
        if (portal.Specs.FindMethod($"{entity}.get", api)?.Of is not { } of || portal.Specs.ResolveType(of, api) is not { } type)
            return new Failure("ENTITY_NOT_FOUND", $"There is no entity {entity}.", 404);
        var fields = (JsonArray)success.Result!;
        foreach (var field in type.Fields.Where(static f => IsCustom(f.Name)))
        {
            var kind = field.Type.Kind == TypeKind.Array ? field.Type.Element!.Kind : field.Type.Kind;
            fields.Add(new JsonObject
            {
                ["id"] = fields.Count + 1,
                ["fieldName"] = field.Name,
                ["userTypeId"] = WordOf(kind),
                ["multiple"] = field.Type.Kind == TypeKind.Array ? "Y" : "N",
                ["mandatory"] = field.Required ? "Y" : "N",
            });
        }

        lock (portal.Records.Gate)
        {
            var table = portal.Records.Table(portal.State.Method(api, $"{entity}.get"), of, api);
            foreach (var (_, name) in table?.UserFields ?? [])
            {
                if (portal.Records.Declaration(table!, name) is not { } declaration || fields.Any(f => JsonValues.Text(f!["fieldName"]) == name))
                    continue;
                fields.Add(new JsonObject
                {
                    ["id"] = Values.ToNode(declaration["ID"] ?? declaration["id"]),
                    ["fieldName"] = name,
                    ["userTypeId"] = Values.ToNode(declaration["USER_TYPE_ID"]),
                    ["multiple"] = YesNo(declaration["MULTIPLE"]),
                    ["mandatory"] = YesNo(declaration["MANDATORY"]),
                });
            }
        }

        return success with { Result = fields };
    }

    private static string YesNo(object? value) => Values.Text(value) is { } text && JsonValues.Truth(text) ? "Y" : "N";

    /// <summary>The name is one of a field that the portal added.</summary>
    public static bool IsCustom(string name) =>
        name.StartsWith("UF_", StringComparison.Ordinal) || (name.Length > 2 && name.StartsWith("uf", StringComparison.Ordinal) && char.IsUpper(name[2]));

    private static string WordOf(TypeKind kind) => kind switch
    {
        TypeKind.Int or TypeKind.Long => "integer",
        TypeKind.Double or TypeKind.Decimal => "double",
        TypeKind.Bool or TypeKind.YesNo => "boolean",
        TypeKind.Date => "date",
        TypeKind.DateTime => "datetime",
        TypeKind.File => "file",
        _ => "string",
    };
}

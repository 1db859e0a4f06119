namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Records that requests refer to.</summary>
internal static class World
{
    public const string Connector = "biconnector.connector/Connector";
    public const string Source = "biconnector.source/Source";
    public const string Dataset = "biconnector.dataset/Dataset";
    public const string Page = "landing.landing/Page";
    public const string Block = "landing.landing/Block";

    /// <summary>Puts a connector, a source of it and a dataset of that into the portal, each with key 1.</summary>
    public static void SeedBiConnector(this PortalEmulator portal)
    {
        portal.Seed(Connector, """{"id":1,"title":"C","settings":[{"name":"Token","code":"token","type":"STRING"}]}""");
        portal.Seed(Source, """{"id":1,"title":"S","connectorId":1,"settings":{"token":"t"}}""");
        portal.Seed(Dataset, """
            {"id":1,"sourceId":1,"name":"taken","externalName":"T","externalCode":"t",
             "fields":[{"type":"int","name":"ID","externalCode":"ID"},{"type":"string","name":"NAME","externalCode":"NAME"}]}
            """);
    }

    /// <summary>Puts the records that a request names into the portal.</summary>
    public static void SeedFor(this PortalEmulator portal, string method, string parameters)
    {
        var given = JsonNode.Parse(parameters) as JsonObject ?? [];
        var fields = given["fields"] as JsonObject;
        Seed(portal, Connector, 1);
        Seed(portal, Connector, fields?["connectorId"]);
        Seed(portal, Source, fields?["sourceId"]);
        Seed(portal, Page, given["lid"]);
        Seed(portal, Block, given["block"]);
        foreach (var type in new[] { Connector, Source, Dataset })
        {
            var prefix = type[..(type.IndexOf('/', StringComparison.Ordinal) + 1)].Replace('/', '.');
            if (method.StartsWith(prefix, StringComparison.Ordinal))
                Seed(portal, type, given["id"]);
        }
    }

    private static void Seed(PortalEmulator portal, string type, JsonNode? key)
    {
        if (key is not null)
        {
            var name = type == Page || type == Block ? "ID" : "id";
            portal.Seed(type, $$"""{"{{name}}":{{key}},"connectorId":1}""");
        }
    }
}

using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>Calls the addresses of BI connectors.</summary>
internal static class ConnectorCalls
{
    /// <summary>What tells whether an address answers as it should; null: every address does.</summary>
    public static Func<ConnectionAttempt, CancellationToken, ValueTask<bool>>? CheckOf(Portal portal) =>
        portal.Options.ConnectionCheck ?? (portal.Options.Deliveries.CallConnectors ? (attempt, cancellationToken) => CheckAsync(portal, attempt, cancellationToken) : null);

    /// <summary>Whether the address that a portal checks answers: status 200 and a body. What the user entered goes with the call.</summary>
    private static async ValueTask<bool> CheckAsync(Portal portal, ConnectionAttempt attempt, CancellationToken cancellationToken)
    {
        // Addresses elsewhere are taken to answer, unless they may be called.
        if (!portal.Options.Deliveries.CallRemoteHandlers && !(Uri.TryCreate(attempt.Url, UriKind.Absolute, out var uri) && uri.IsLoopback))
            return true;
        var answer = await portal.Deliveries.Client.PostAsync("urlCheck", attempt.Url, new() { ["connection"] = attempt.Connection.DeepClone() }, 1, cancellationToken);
        return answer is { Status: 200, Body.Length: > 0 };
    }

    /// <summary>What was entered for a source, without what the connector does not ask for: a portal drops that.</summary>
    public static JsonObject Connection(JsonObject source, JsonObject connector)
    {
        var entered = Connection(source);
        var codes = (connector["settings"] as JsonArray ?? []).OfType<JsonObject>().Select(static s => JsonValues.Text(s["code"])).ToList();
        return new JsonObject(entered.Where(e => codes.Contains(e.Key)).Select(static e => KeyValuePair.Create(e.Key, e.Value?.DeepClone())));
    }

    /// <summary>What was entered for a source: an object by code, or a list of settings.</summary>
    public static JsonObject Connection(JsonObject source)
    {
        var connection = new JsonObject();
        switch (source["settings"])
        {
            case JsonObject settings:
                foreach (var (code, value) in settings)
                    connection[code] = value?.DeepClone();
                break;
            case JsonArray settings:
                foreach (var setting in settings.OfType<JsonObject>())
                {
                    if (JsonValues.Text(setting["code"]) is { } code)
                        connection[code] = setting["value"]?.DeepClone();
                }

                break;
        }

        return connection;
    }
}

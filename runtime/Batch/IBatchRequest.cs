using System.Text.Json;

namespace Bitrix24;

/// <summary>One request of a batch.</summary>
internal interface IBatchRequest : IBitrix24Request<JsonElement>
{
    IReadOnlyList<BatchItem> Items { get; }

    /// <summary>Gives each item its part of the answer.</summary>
    void Distribute(JsonElement result, RawAnswer answer);

    /// <summary>The calls to send again, because the portal refused them for its limits; null: none.</summary>
    IBatchRequest? Refused();

    /// <summary>It changes something, and an error of one call is that of all, so that it may have stopped at any of them.</summary>
    bool StopsHalfWay { get; }

    /// <summary>The methods whose operating time the request uses; some portals bill the batch, some its commands.</summary>
    IReadOnlyList<string> Methods => [Method.Name, .. Items.Select(static i => i.Request.Method.Name).Distinct()];
}

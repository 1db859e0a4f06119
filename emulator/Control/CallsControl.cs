using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Control;

/// <summary>The calls that the portal still remembers.</summary>
internal sealed class CallsControl(Portal portal)
{
    private const int MostAtOnce = 1000;

    /// <summary>The last calls, or those after a sequence number, oldest first.</summary>
    public JsonObject List(ControlQuery query)
    {
        var limit = (int)Math.Clamp(query.Number("limit", 100), 1, MostAtOnce);
        var after = query.Number("after", -1);
        var method = query.Text("method");
        var found = portal.Log.Where(c => c.Sequence > after && (method is null || c.Method.Equals(method, StringComparison.OrdinalIgnoreCase))).ToList();
        // Who asks for what is new wants it all in turn; who asks for nothing in particular wants the latest.
        var shown = after >= 0 ? found.Take(limit) : found.TakeLast(limit);
        return new JsonObject
        {
            ["calls"] = new JsonArray([.. shown.Select(static c => (JsonNode)c.ToJson())]),
            ["total"] = portal.Log.Total,
            ["kept"] = portal.Log.Count,
        };
    }

    public JsonObject Clear()
    {
        portal.Log.Clear();
        return new JsonObject { ["cleared"] = true };
    }
}

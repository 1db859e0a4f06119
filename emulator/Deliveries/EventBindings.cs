using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>Who wants which event.</summary>
/// <param name="Id">Its id in the portal.</param>
/// <param name="Code">The event, in upper case.</param>
/// <param name="Url">The handler; empty for the offline queue.</param>
/// <param name="IsOffline">It goes to the offline queue.</param>
/// <param name="Connector">The source key.</param>
/// <param name="User">The user on whose behalf the handler acts; "0": whoever causes the event.</param>
internal sealed record EventBinding(int Id, string Code, string Url, bool IsOffline, string? Connector, string User);

/// <summary>What was bound by <c>event.bind</c>.</summary>
internal sealed class EventBindings(RecordStore store)
{
    private readonly KeptList<EventBinding> _bindings = new(
        store,
        "#bindings",
        static b => new JsonObject { ["CODE"] = b.Code, ["URL"] = b.Url, ["OFFLINE"] = b.IsOffline, ["CONNECTOR"] = b.Connector, ["USER"] = b.User },
        static r => new(
            (int)(r["ID"] as long? ?? 0), Values.Text(r["CODE"]) ?? "", Values.Text(r["URL"]) ?? "", r["OFFLINE"] is true, Values.Text(r["CONNECTOR"]), Values.Text(r["USER"]) ?? "0"));

    public bool Any => _bindings.Count > 0;

    public List<EventBinding> Of(string code) => [.. _bindings.Items.Where(b => b.Code.Equals(code, StringComparison.OrdinalIgnoreCase))];

    /// <summary>A call of event.bind names what is bound already.</summary>
    public bool Contains(JsonObject parameters) => BindingOf(parameters) is { } binding && _bindings.Items.Any(b => b with { Id = 0 } == binding);

    public void Bind(JsonObject parameters)
    {
        if (BindingOf(parameters) is { } binding)
            _bindings.Add(binding);
    }

    public void Unbind(JsonObject parameters)
    {
        var (code, url, isOffline) = (Text(parameters, "event"), Text(parameters, "handler"), IsOffline(parameters));
        _bindings.Remove(b => b.Code.Equals(code, StringComparison.OrdinalIgnoreCase) && b.IsOffline == isOffline && (isOffline || url is null || url == b.Url));
    }

    public void Clear() => _bindings.Remove(static _ => true);

    private static EventBinding? BindingOf(JsonObject parameters)
    {
        var offline = IsOffline(parameters);
        // An offline event has no handler, whatever the call says.
        var url = offline ? "" : Text(parameters, "handler");
        return Text(parameters, "event") is { } code && url is not null
            ? new(0, code.ToUpperInvariant(), url, offline, Text(parameters, "auth_connector"), Text(parameters, "auth_type") ?? "0")
            : null;
    }

    private static bool IsOffline(JsonObject parameters) => Text(parameters, "event_type") == "offline";

    private static string? Text(JsonObject parameters, string name) => JsonValues.Text(JsonValues.Member(parameters, name));
}

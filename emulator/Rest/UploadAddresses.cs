using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Operations;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>Addresses that methods answer in place of taking a file: what is sent there completes the call.</summary>
internal sealed class UploadAddresses
{
    /// <summary>Where files are sent.</summary>
    public const string Path = "/rest/upload";

    /// <summary>The parameter of the address that names the call.</summary>
    public const string Token = "token";

    /// <summary>The field of a form that carries the file.</summary>
    public const string Field = "file";

    /// <summary>Older addresses than that lead nowhere.</summary>
    private const int Capacity = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, WaitingCall> _calls = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    /// <summary>The address for the file that the call leaves out; null: it leaves none out.</summary>
    public Success? Asked(MethodCall call)
    {
        if (call.State.Upload is not { } upload || JsonValues.Text(upload["content"]) is not { } content || !Values.IsNothing(Values.From(call.Member(content)))
            || (upload["unless"] as JsonArray ?? []).Any(other => !Values.IsNothing(Values.From(call.Member(JsonValues.Text(other) ?? "")))))
            return null;
        var token = $"{call.Method.Scope}|{Guid.NewGuid():N}";
        Keep(token, new WaitingCall(call.Method.Name, call.Given.DeepClone().AsObject(), call.Caller, content, JsonValues.Text(upload["name"]), (bool?)upload["named"] == true));
        return new Success(new JsonObject
        {
            [JsonValues.Text(upload["field"]) ?? "field"] = Field,
            ["uploadUrl"] = $"{call.Store.PortalUrl}{Path}.json?{Token}={Uri.EscapeDataString(token)}",
        });
    }

    /// <summary>The call that waits for a file at the address; null: none does.</summary>
    public WaitingCall? Find(string token)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault(token);
        }
    }

    private void Keep(string token, WaitingCall call)
    {
        lock (_gate)
        {
            _calls[token] = call;
            _order.Enqueue(token);
            if (_order.Count > Capacity)
                _calls.Remove(_order.Dequeue());
        }
    }
}

/// <summary>A call that lacks its file.</summary>
/// <param name="Method">The method.</param>
/// <param name="Given">Its parameters.</param>
/// <param name="Caller">Who called it.</param>
/// <param name="Content">The parameter for the file.</param>
/// <param name="Name">Where the file's name stands, unless the call has one there.</param>
/// <param name="Named">It takes the name beside the content.</param>
internal sealed record WaitingCall(string Method, JsonObject Given, Caller Caller, string Content, string? Name, bool Named)
{
    /// <summary>The parameters with the file in its place.</summary>
    public JsonObject With(string name, ReadOnlyMemory<byte> bytes)
    {
        var whole = Given.DeepClone().AsObject();
        var text = Convert.ToBase64String(bytes.Span);
        if (Name?.Split('.') is { } path)
        {
            var holder = whole;
            foreach (var step in path[..^1])
                holder = holder[step] as JsonObject ?? (JsonObject)(holder[step] = new JsonObject());
            if (JsonValues.IsNothing(holder[path[^1]]))
                holder[path[^1]] = name;
        }

        whole[Content] = Named ? new JsonArray(name, text) : JsonValue.Create(text);
        return whole;
    }
}

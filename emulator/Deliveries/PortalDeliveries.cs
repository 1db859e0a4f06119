using System.Globalization;
using System.Threading.Channels;
using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>
/// The portal's other direction: it sees every executed call, keeps what was bound, and sends events, pages and
/// callbacks as a portal does.
/// </summary>
internal sealed partial class PortalDeliveries : IAsyncDisposable
{
    private const string Offline = "ONOFFLINEEVENT";
    private const string EventStore = "event";
    private const string PlacementStore = "placement";

    private readonly Portal _portal;
    private readonly EventCatalog _catalog;
    private readonly ChangedRecords _changes;
    private readonly OfflineQueue _queue;
    private readonly Channel<Func<CancellationToken, Task>> _work = Channel.CreateUnbounded<Func<CancellationToken, Task>>();
    private readonly EventBindings _bindings;
    private readonly KeptList<(string Code, string Url)> _placements;
    private readonly ILookup<string, PlacementSpec> _registered;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _senders;
    private int _pending;

    public PortalDeliveries(Portal portal)
    {
        _portal = portal;
        _catalog = new(portal.Specs, portal.Records.State.Stores.SelectMany(static s => s.Raises));
        _changes = new(portal.Records, _catalog);
        _queue = new(portal.Records);
        _bindings = new(portal.Records);
        _placements = new(
            portal.Records,
            "#placements",
            static p => new JsonObject { ["CODE"] = p.Code, ["URL"] = p.Url },
            static r => (Values.Text(r["CODE"]) ?? "", Values.Text(r["URL"]) ?? ""));
        ApplicationToken = portal.Accounts.Secret("applicationToken", null, static () => PortalAccounts.RandomToken(32));
        Client = new(portal.Options.Deliveries);
        Callbacks = new(portal, Client, () => AuthBlock(refresh: false, tokens: true));
        Robots = new(portal, Callbacks, Enqueue);
        _registered = portal.Specs.Files.Where(static f => f.Api == SpecSet.DefaultApi).SelectMany(static f => f.Placements)
            .Where(static p => p.Method is not null).ToLookup(static p => p.Method!, StringComparer.Ordinal);
        _senders = [.. Enumerable.Range(0, Math.Max(1, portal.Options.Deliveries.Parallel)).Select(_ => Task.Run(SendAsync))];
    }

    public HandlerClient Client { get; }

    public PortalCallbacks Callbacks { get; }

    public StageRobots Robots { get; }

    /// <summary>The secret that goes with everything the portal sends.</summary>
    public string ApplicationToken { get; }

    /// <summary>Events that wait in the offline queue.</summary>
    public int OfflineCount => _queue.Count;

    /// <summary>Called before each call; answers the methods of the offline queue, and the replies to callbacks, and refuses what is bound already; null: it is another method.</summary>
    public Answer? Run(MethodSpec method, JsonObject parameters)
    {
        _changes.Begin(_bindings.Any);
        return method.Api == SpecSet.DefaultApi ? _queue.Run(method.Name, parameters) ?? Callbacks.Run(method, parameters) ?? RefuseBound(method.Name, parameters) : null;
    }

    // The same handler of the same event or placement is refused, not taken for done.
    private Failure? RefuseBound(string method, JsonObject parameters)
    {
        var isBound = method switch
        {
            "event.bind" => _bindings.Contains(parameters),
            "placement.bind" when Text(parameters, "PLACEMENT") is { } code && Text(parameters, "HANDLER") is { } url =>
                _placements.Items.Any(p => p.Code.Equals(code, StringComparison.OrdinalIgnoreCase) && p.Url == url),
            _ => false,
        };
        return isBound ? new("ERROR_CORE", $"Unable to set {method.Split('.')[0]} handler: Handler already binded", 400) : null;
    }

    /// <summary>Called after each executed call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="result">Its answer.</param>
    public void Executed(MethodSpec method, JsonObject parameters, JsonNode? result)
    {
        var connector = Text(parameters, "auth_connector");
        var events = _changes.Take(parameters);
        foreach (var (code, data, to) in events)
        {
            if (to is null)
                Raise(code, data, connector);
            else
                Enqueue(cancellationToken => SendEventAsync(null, to, code, data, cancellationToken));
        }

        if (method.Api != SpecSet.DefaultApi)
            return;
        Callbacks.Addresses.Executed(method, parameters, result);
        foreach (var placement in _registered[method.Name])
        {
            if (placement.Field is { } field && Text(parameters, field) is { } address)
                Place(placement.Code, address);
        }

        switch (method.Name)
        {
            case "event.bind":
                _bindings.Bind(parameters);
                return;
            case "event.unbind":
                _bindings.Unbind(parameters);
                return;
            case "event.test":
                Raise("ONAPPTEST", new() { ["QUERY"] = parameters.DeepClone() });
                return;
            case "placement.bind" when Text(parameters, "PLACEMENT") is { } code && Text(parameters, "HANDLER") is { } url:
                Place(code, url);
                return;
            case "placement.unbind" when Text(parameters, "PLACEMENT") is { } code:
                var only = Text(parameters, "HANDLER");
                _placements.Remove(p => p.Code.Equals(code, StringComparison.OrdinalIgnoreCase) && (only is null || only == p.Url));
                return;
        }

        // Nothing is kept behind the method, what is kept has no events of its own, or the event tells of the method itself.
        if (_catalog.Of(method) is { } spec && events.TrueForAll(e => e.Code != spec.Code) && EventCatalog.KeyOf(method, parameters, result) is { } key)
            Raise(spec.Code, _catalog.Data(spec, new(key, ChangeOf(method.Operation), null, parameters, [])), connector);
    }

    private static RecordChange ChangeOf(Operation operation) => operation switch
    {
        Operation.Add => RecordChange.Add,
        Operation.Delete => RecordChange.Delete,
        _ => RecordChange.Update,
    };

    /// <summary>Sends an event to whoever bound it; answers to how many.</summary>
    public int Raise(string code, JsonObject data, string? connector = null)
    {
        var bound = _bindings.Of(code);
        var offline = false;
        foreach (var binding in bound)
        {
            if (!binding.IsOffline)
            {
                Enqueue(cancellationToken => SendEventAsync(binding.Id, binding.Url, code, data, cancellationToken));
            }
            else if (connector is null || connector != binding.Connector)
            {
                _queue.Add(code, data, binding.Connector, _portal.Clock.GetUtcNow());
                offline = true;
            }
        }

        if (offline && code != Offline)
            Raise(Offline, []);
        return bound.Count;
    }

    private async Task<HandlerAnswer> SendAsync(string url, string code, JsonObject data, bool refresh, bool tokens, CancellationToken cancellationToken) =>
        await Client.PostAsync(code, url, EventForm(null, code, data, refresh, tokens), 1, cancellationToken);

    public string? HandlerOf(string placement) => _placements.Items.LastOrDefault(p => p.Code.Equals(placement, StringComparison.OrdinalIgnoreCase)).Url;

    /// <summary>Waits until every event that was raised has been sent, and every robot that was started called.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _pending) > 0)
            await Task.Delay(10, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_senders);
        Client.Dispose();
        _stop.Dispose();
    }

    private string Rest => _portal.Url.GetLeftPart(UriPartial.Authority) + "/rest/";

    private void Place(string code, string url)
    {
        _placements.Remove(p => p.Code.Equals(code, StringComparison.OrdinalIgnoreCase) && p.Url == url);
        _placements.Add((code, url));
    }

    private void Enqueue(Func<CancellationToken, Task> send)
    {
        Interlocked.Increment(ref _pending);
        _work.Writer.TryWrite(send);
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (var send in _work.Reader.ReadAllAsync(_stop.Token))
            {
                try
                {
                    await send(_stop.Token);
                }
                finally
                {
                    Interlocked.Decrement(ref _pending);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The portal stops; what waits is not sent any more.
        }
    }

    private async Task SendEventAsync(int? handler, string url, string code, JsonObject data, CancellationToken cancellationToken)
    {
        var form = EventForm(handler, code, data, refresh: code == Offline, tokens: true);
        for (var attempt = 1; attempt <= _portal.Options.Deliveries.EventRetries + 1; attempt++)
        {
            if (attempt > 1)
                await Task.Delay(_portal.Options.Deliveries.RetryDelay, cancellationToken);
            if (HandlerClient.IsGood(await Client.PostAsync(code, url, form, attempt, cancellationToken)))
                break;
        }
    }

    private JsonObject EventForm(int? handler, string code, JsonObject data, bool refresh, bool tokens)
    {
        var form = new JsonObject { ["event"] = code };
        if (handler is { } id)
            form["event_handler_id"] = id;
        form["data"] = Signed(data, tokens);
        form["ts"] = _portal.Clock.GetUtcNow().ToUnixTimeSeconds();
        form["auth"] = AuthBlock(refresh, tokens);
        return form;
    }

    /// <summary>With tokens where the data asks for them: a bot gets some of its own.</summary>
    private JsonObject Signed(JsonObject data, bool tokens)
    {
        var signed = new JsonObject();
        foreach (var (name, value) in data)
        {
            if (name != RaisedEvent.Tokens)
                signed[name] = value is JsonObject inner ? Signed(inner, tokens) : value?.DeepClone();
        }

        foreach (var (name, value) in data.ContainsKey(RaisedEvent.Tokens) ? AuthBlock(refresh: true, tokens) : [])
            signed.TryAdd(name, value?.DeepClone());
        return signed;
    }

    private JsonObject AuthBlock(bool refresh, bool tokens)
    {
        var auth = new JsonObject
        {
            ["domain"] = _portal.Url.Authority,
            ["client_endpoint"] = Rest,
            ["server_endpoint"] = Rest,
            ["member_id"] = _portal.Accounts.MemberId,
            ["application_token"] = ApplicationToken,
        };
        if (!tokens)
            return auth;
        var issued = _portal.Accounts.IssuePair();
        auth["access_token"] = issued.AccessToken;
        if (refresh)
            auth["refresh_token"] = issued.RefreshToken;
        auth["expires_in"] = (int)PortalAccounts.AccessLifetime.TotalSeconds;
        auth["scope"] = _portal.Scope;
        auth["status"] = "L";
        auth["user_id"] = _portal.Options.UserId;
        return auth;
    }

    private static string? Text(JsonObject parameters, string name) =>
        parameters.Where(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static m => JsonValues.Text(m.Value)).FirstOrDefault();
}

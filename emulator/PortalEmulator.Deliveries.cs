using Bitrix24.Gen.Emulator.Deliveries;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator;

public sealed partial class PortalEmulator
{
    /// <summary>The secret in everything the portal sends to the application.</summary>
    public string ApplicationToken => _portal.Deliveries.ApplicationToken;

    /// <summary>The portal's own id, which is part of everything it sends.</summary>
    public string MemberId => _portal.Accounts.MemberId;

    /// <summary>What the portal sent to handlers, the last 10,000 of it.</summary>
    public IReadOnlyList<SentDelivery> Deliveries => _portal.Deliveries.Client.Sent;

    /// <summary>Events that wait in the offline queue.</summary>
    public int OfflineEventCount => _portal.Deliveries.OfflineCount;

    /// <summary>Installs the application without a page: posts <c>ONAPPINSTALL</c> with tokens.</summary>
    /// <param name="url">The application's address.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="HttpRequestException">The application did not answer 200.</exception>
    public async Task InstallAsync(string url, CancellationToken cancellationToken = default) =>
        await _portal.Deliveries.InstallAsync(url, cancellationToken);

    /// <summary>Opens the application's installation page, as an administrator does.</summary>
    /// <param name="url">The page's address.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page.</returns>
    /// <exception cref="HttpRequestException">The application did not answer 200.</exception>
    public Task<string> OpenInstallPageAsync(string url, CancellationToken cancellationToken = default) =>
        _portal.Deliveries.OpenPageAsync("DEFAULT", url, null, cancellationToken);

    /// <summary>Removes the application: posts <c>ONAPPUNINSTALL</c>, without tokens.</summary>
    /// <param name="url">The application's address.</param>
    /// <param name="clean">Whether the user asked to delete what the application keeps.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="HttpRequestException">The application did not answer 200.</exception>
    public async Task UninstallAsync(string url, bool clean = true, CancellationToken cancellationToken = default) =>
        await _portal.Deliveries.UninstallAsync(url, clean, cancellationToken);

    /// <summary>Opens a placement, as a user does: posts to the handler that <c>placement.bind</c> registered.</summary>
    /// <param name="code">The placement: <c>CRM_DEAL_DETAIL_TAB</c>.</param>
    /// <param name="options">What it is opened for, as JSON: <c>{"ID":"1"}</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidOperationException">Nothing is bound there.</exception>
    /// <exception cref="HttpRequestException">The handler did not answer 200.</exception>
    public Task<string> OpenPlacementAsync(string code, string options = "{}", CancellationToken cancellationToken = default)
    {
        var url = _portal.Deliveries.HandlerOf(code) ?? throw new InvalidOperationException($"Nothing is bound to {code}.");
        return _portal.Deliveries.OpenPageAsync(code, url, JsonNode.Parse(options)?.AsObject(), cancellationToken);
    }

    /// <summary>Sends an event to whoever bound it.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="data">What it says, as a JSON object.</param>
    /// <returns>How many handlers are bound.</returns>
    public int RaiseEvent(string code, string data = "{}") =>
        _portal.Deliveries.Raise(code.ToUpperInvariant(), JsonNode.Parse(data)?.AsObject() ?? []);

    /// <summary>Waits until every event has been sent, second attempts included.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task SettleAsync(CancellationToken cancellationToken = default) => _portal.Deliveries.SettleAsync(cancellationToken);

    /// <summary>Calls the connector of a source, as the BI Builder does.</summary>
    /// <param name="sourceId">The source.</param>
    /// <param name="field">The connector's address: <c>urlTableList</c>, <c>urlTableDescription</c>, <c>urlData</c>.</param>
    /// <param name="parameters">What to ask, as a JSON object: <c>{"table":"sales","limit":10}</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer's body.</returns>
    /// <exception cref="InvalidOperationException">There is no such source, or its connector has no such address.</exception>
    /// <exception cref="HttpRequestException">The connector did not answer 200.</exception>
    public async Task<string> AskConnectorAsync(int sourceId, string field, string parameters = "{}", CancellationToken cancellationToken = default)
    {
        var source = Records("biconnector.source/Source").FirstOrDefault(s => JsonValues.Text(s["id"]) == JsonValues.Text(JsonValue.Create(sourceId)))
            ?? throw new InvalidOperationException($"There is no source {sourceId}.");
        var connector = Records("biconnector.connector/Connector").FirstOrDefault(c => JsonValues.Text(c["id"]) == JsonValues.Text(source["connectorId"]));
        var url = JsonValues.Text(connector?[field]) ?? throw new InvalidOperationException($"The connector has no {field}.");
        var form = JsonNode.Parse(parameters)?.AsObject() ?? [];
        form["connection"] = ConnectorCalls.Connection(source);
        if (_portal.Deliveries.Callbacks.Addresses.Find("biconnector.connector." + field) is not { } spec)
            return HandlerClient.Expect(await _portal.Deliveries.Client.PostAsync(field, url, form, 1, cancellationToken), url);
        IReadOnlyList<CallFinding> findings = [];
        var answer = await _portal.Deliveries.Client.PostAsync(spec, url, form, a => findings = _portal.Deliveries.Callbacks.Check(spec, a), cancellationToken);
        return findings.Count == 0
            ? HandlerClient.Expect(answer, url)
            : throw new HttpRequestException($"{url.Split('?')[0]} answered what {spec.Name} does not take: {findings[0].RuleId} {findings[0].Path}: {findings[0].Message}");
    }

    /// <summary>Calls an address that the application registered, as the portal does: a delivery calculation, an SMS to send, a robot.</summary>
    /// <param name="callback">The callback, as specs name it: <c>sale.delivery.handler.CALCULATE_URL</c>, <c>bizproc.robot.HANDLER</c>.</param>
    /// <param name="parameters">What to send, as a JSON object; tokens, time and authorization data are added.</param>
    /// <param name="key">The code or id under which the address was registered; null: the latest.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer, checked against the spec.</returns>
    /// <exception cref="InvalidOperationException">There is no such callback, or nobody registered an address.</exception>
    public Task<CallbackOutcome> InvokeCallbackAsync(string callback, string parameters = "{}", string? key = null, CancellationToken cancellationToken = default) =>
        _portal.Deliveries.Callbacks.CallAsync(callback, JsonNode.Parse(parameters)?.AsObject() ?? [], key, cancellationToken);

    /// <summary>What the application reported after callbacks: the outcomes of robots and activities, in their order.</summary>
    public IReadOnlyList<CallbackReply> Replies => _portal.Deliveries.Callbacks.Replies;

    /// <summary>Assigns a registered robot to a stage, as the stage settings of a portal do: it is called whenever a record comes to the stage.</summary>
    /// <param name="entity">The entity type: <c>crm.deal</c>, <c>crm.item.147</c>, or as documents are called: <c>DEAL</c>, <c>DYNAMIC_147</c>.</param>
    /// <param name="stage">The stage: <c>WON</c>, <c>C1:NEW</c>.</param>
    /// <param name="code">The code under which <c>bizproc.robot.add</c> registered it.</param>
    /// <param name="properties">Values of its properties, as a JSON object; <c>{=Document:TITLE}</c> is a field of the record. Others have their defaults.</param>
    /// <exception cref="InvalidOperationException">There is no such entity type, stage or robot.</exception>
    public void AssignRobot(string entity, string stage, string code, string properties = "{}") =>
        _portal.Deliveries.Robots.Assign(entity, stage, code, JsonNode.Parse(properties)?.AsObject() ?? []);

    /// <summary>Removes a robot from a stage.</summary>
    /// <param name="entity">The entity type.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="code">The robot.</param>
    /// <returns>It was there.</returns>
    /// <exception cref="InvalidOperationException">There is no such entity type.</exception>
    public bool RemoveRobot(string entity, string stage, string code) => _portal.Deliveries.Robots.Remove(entity, stage, code);

    /// <summary>The robots that are assigned to stages.</summary>
    public IReadOnlyList<StageRobot> Robots => _portal.Deliveries.Robots.Assigned;

    /// <summary>The robots that were started, the last 10,000 of them.</summary>
    public IReadOnlyList<RobotRun> RobotRuns => _portal.Deliveries.Robots.Runs;

    /// <summary>Something was sent to a handler. Handlers are called in turn and must be quick.</summary>
    internal event Action<SentDelivery> Delivered
    {
        add => _portal.Deliveries.Client.Added += value;
        remove => _portal.Deliveries.Client.Added -= value;
    }
}

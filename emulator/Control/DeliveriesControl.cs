using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Control;

/// <summary>Has the portal send something: an installation, an event, a callback, and its removal.</summary>
internal sealed class DeliveriesControl(Portal portal)
{
    /// <summary>Does what a request asks for; null: it is about something else.</summary>
    public async Task<JsonObject?> RunAsync(string verb, string resource, ControlQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return (verb, resource) switch
            {
                ("GET", "deliveries") => List(),
                ("POST", "install") => await InstallAsync(query, cancellationToken),
                ("POST", "uninstall") => await UninstallAsync(query, cancellationToken),
                ("POST", "events") => new() { ["handlers"] = portal.Deliveries.Raise(query.Required("event").ToUpperInvariant(), Members(query, "data")) },
                ("POST", "callbacks") => await CallAsync(query, cancellationToken),
                ("GET", "replies") => Replies(),
                ("GET", "robots") => Robots(),
                ("POST", "robots") => AssignRobot(query),
                ("DELETE", "robots") => RemoveRobot(query),
                _ => null,
            };
        }
        catch (HttpRequestException e)
        {
            throw new ControlException(e.Message, "HANDLER_FAILED", 502);
        }
        catch (InvalidOperationException e)
        {
            throw new ControlException(e.Message);
        }
    }

    private JsonObject List() => new()
    {
        ["deliveries"] = new JsonArray([.. portal.Deliveries.Client.Sent.Select(static d => (JsonNode)new JsonObject
        {
            ["code"] = d.Code,
            ["url"] = d.Url,
            ["status"] = d.Status,
            ["attempt"] = d.Attempt,
            ["refused"] = Findings(d.Findings),
        })]),
    };

    private async Task<JsonObject> InstallAsync(ControlQuery query, CancellationToken cancellationToken)
    {
        var url = query.Required("url");
        if (query.Member("page") is "1" or "true")
            await portal.Deliveries.OpenPageAsync("DEFAULT", url, null, cancellationToken);
        else
            await portal.Deliveries.InstallAsync(url, cancellationToken);
        return new() { ["installed"] = true };
    }

    private async Task<JsonObject> UninstallAsync(ControlQuery query, CancellationToken cancellationToken)
    {
        await portal.Deliveries.UninstallAsync(query.Required("url"), query.Member("clean") is not ("0" or "false"), cancellationToken);
        return new() { ["installed"] = false };
    }

    private async Task<JsonObject> CallAsync(ControlQuery query, CancellationToken cancellationToken)
    {
        var answer = await portal.Deliveries.Callbacks.CallAsync(query.Required("callback"), Members(query, "parameters"), query.Member("key"), cancellationToken);
        return new()
        {
            ["callback"] = answer.Callback,
            ["status"] = answer.Status,
            ["body"] = answer.Body,
            ["token"] = answer.Token,
            ["taken"] = answer.IsTaken,
            ["refused"] = Findings(answer.Findings),
        };
    }

    private JsonObject Replies() => new()
    {
        ["replies"] = new JsonArray([.. portal.Deliveries.Callbacks.Replies.Select(static r => (JsonNode)new JsonObject
        {
            ["callback"] = r.Callback,
            ["token"] = r.Token,
            ["parameters"] = JsonNode.Parse(r.Parameters),
        })]),
    };

    private JsonObject Robots() => new()
    {
        ["assigned"] = new JsonArray([.. portal.Deliveries.Robots.Assigned.Select(static r => (JsonNode)new JsonObject
        {
            ["entity"] = r.Entity,
            ["stage"] = r.Stage,
            ["code"] = r.Code,
            ["properties"] = JsonNode.Parse(r.Properties),
        })]),
        ["runs"] = new JsonArray([.. portal.Deliveries.Robots.Runs.Select(static r => (JsonNode)new JsonObject
        {
            ["code"] = r.Code,
            ["entity"] = r.Entity,
            ["stage"] = r.Stage,
            ["record"] = r.RecordId,
            ["state"] = r.State.ToString().ToLowerInvariant(),
            ["status"] = r.Status,
            ["reply"] = r.Reply is null ? null : JsonNode.Parse(r.Reply),
        })]),
    };

    private JsonObject AssignRobot(ControlQuery query)
    {
        portal.Deliveries.Robots.Assign(query.Required("entity"), query.Required("stage"), query.Required("code"), Members(query, "properties"));
        return new() { ["assigned"] = true };
    }

    private JsonObject RemoveRobot(ControlQuery query) =>
        new() { ["removed"] = portal.Deliveries.Robots.Remove(query.Required("entity"), query.Required("stage"), query.Required("code")) };

    private static JsonArray Findings(IReadOnlyList<CallFinding> findings) => new([.. findings.Select(static f => (JsonNode)new JsonObject
    {
        ["rule"] = f.RuleId,
        ["check"] = f.Check,
        ["path"] = f.Path,
        ["message"] = f.Message,
    })]);

    private static JsonObject Members(ControlQuery query, string name) => query.Object[name] switch
    {
        null => [],
        JsonObject members => members,
        _ => throw new ControlException($"\"{name}\" must be an object."),
    };
}

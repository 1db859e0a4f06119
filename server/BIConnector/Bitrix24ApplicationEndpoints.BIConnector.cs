using System.Text.Json;
using Bitrix24;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

public sealed partial class Bitrix24ApplicationEndpoints<TClient>
{
    /// <summary>Maps the four addresses of a BI connector, below a path of the application. Each has a key, so that only portals know them.</summary>
    /// <typeparam name="TConnector">The connector, a registered service.</typeparam>
    /// <param name="path">The path: <c>/bi</c>.</param>
    /// <returns>Registers the connector in portals.</returns>
    public BIConnectorRegistration<TConnector> MapBIConnector<TConnector>(string path)
        where TConnector : class, IBIConnector
    {
        path = "/" + path.Trim('/');
        var guard = Guard(path);
        var endpoints = new BIConnectorEndpoints<TConnector>(guard, _pipeline.Telemetry);
        _group.MapPost(path + BIConnectorEndpoints<TConnector>.Check, (RequestDelegate)endpoints.CheckAsync);
        _group.MapPost(path + BIConnectorEndpoints<TConnector>.Tables, (RequestDelegate)endpoints.TablesAsync);
        _group.MapPost(path + BIConnectorEndpoints<TConnector>.Table, (RequestDelegate)endpoints.TableAsync);
        _group.MapPost(path + BIConnectorEndpoints<TConnector>.Data, (RequestDelegate)endpoints.DataAsync);
        return new(part => PublicAddress.Of(_options, _prefix + path + part).AbsoluteUri + guard.Query);
    }

    internal CallbackGuard Guard(string path) => new(_options.ClientSecret, _prefix + path, _options.Limits);
}

/// <summary>Registers a mapped BI connector in portals.</summary>
/// <typeparam name="TConnector">The connector.</typeparam>
public sealed class BIConnectorRegistration<TConnector>
    where TConnector : class, IBIConnector
{
    private readonly Func<string, string> _address;

    internal BIConnectorRegistration(Func<string, string> address) => _address = address;

    /// <summary>What <c>biconnector.connector.add</c> takes as <c>fields</c>, with the connector's own addresses.</summary>
    /// <param name="info">How the connector presents itself.</param>
    public IReadOnlyDictionary<string, object?> Fields(BIConnectorInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        var fields = new Dictionary<string, object?>
        {
            ["title"] = info.Title,
            ["logo"] = info.Logo,
            ["urlCheck"] = _address(BIConnectorEndpoints<TConnector>.Check),
            ["urlTableList"] = _address(BIConnectorEndpoints<TConnector>.Tables),
            ["urlTableDescription"] = _address(BIConnectorEndpoints<TConnector>.Table),
            ["urlData"] = _address(BIConnectorEndpoints<TConnector>.Data),
            ["settings"] = info.Settings.Select(static s => new Dictionary<string, object?> { ["code"] = s.Code, ["name"] = s.Name, ["type"] = s.IsNumber ? "INT" : "STRING" }).ToList(),
        };
        if (info.Description is not null)
            fields["description"] = info.Description;
        if (info.Sort is { } sort)
            fields["sort"] = sort;
        if (info.SourceCode is not null)
            fields["sourceCode"] = info.SourceCode;
        if (info.SupportsMapping)
            fields["supportMapping"] = true;
        return fields;
    }

    /// <summary>Adds the connector to a portal, or brings the one of the same title up to date.</summary>
    /// <param name="portal">The portal's client.</param>
    /// <param name="info">How the connector presents itself.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The connector's id in the portal.</returns>
    /// <exception cref="Bitrix24ApiException">The portal refuses.</exception>
    public async Task<long> RegisterAsync(Bitrix24Client portal, BIConnectorInfo info, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(portal);
        var fields = Fields(info);
        var list = await portal.CallAsync(
            "biconnector.connector.list",
            new Dictionary<string, object?> { ["filter"] = new Dictionary<string, object?> { ["=title"] = info.Title }, ["select"] = new[] { "id", "title" } },
            cancellationToken).ConfigureAwait(false);
        var known = list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(c => RequestText.Of(c, "title") == info.Title).Select(static c => RequestText.Of(c, "id")).FirstOrDefault(static id => id is not null)
            : null;
        if (known is not null && long.TryParse(known, System.Globalization.CultureInfo.InvariantCulture, out var id))
        {
            await portal.CallAsync("biconnector.connector.update", new Dictionary<string, object?> { ["id"] = id, ["fields"] = fields }, cancellationToken).ConfigureAwait(false);
            return id;
        }

        var added = await portal.CallAsync("biconnector.connector.add", new Dictionary<string, object?> { ["fields"] = fields }, cancellationToken).ConfigureAwait(false);
        var text = RequestText.Of(added) ?? RequestText.Of(added, "id");
        return long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out id)
            ? id
            : throw new Bitrix24ProtocolException("biconnector.connector.add answered no id.");
    }
}

using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>The life of an application in the portal, and its pages.</summary>
internal sealed partial class PortalDeliveries
{
    /// <summary>What is opened to install an application, and later to use it.</summary>
    private const string ApplicationPage = "DEFAULT";

    /// <summary>Where users are sent back to after they let the application in; null: it was not installed.</summary>
    public string? ApplicationAddress { get; private set; }

    /// <summary>Installs the application without a page.</summary>
    public async Task InstallAsync(string url, CancellationToken cancellationToken)
    {
        HandlerClient.Expect(
            await SendAsync(url, "ONAPPINSTALL", new() { ["VERSION"] = "1", ["ACTIVE"] = "Y", ["INSTALLED"] = "Y", ["LANGUAGE_ID"] = "en" }, refresh: true, tokens: true, cancellationToken), url);
        ApplicationAddress = url;
    }

    /// <summary>Removes the application: what it bound and registered goes with it.</summary>
    public async Task UninstallAsync(string url, bool clean, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(url, "ONAPPUNINSTALL", new() { ["LANGUAGE_ID"] = "en", ["CLEAN"] = clean ? 1 : 0 }, refresh: false, tokens: false, cancellationToken);
        // It is gone, whatever it answers.
        lock (_portal.Records.Gate)
        {
            _bindings.Clear();
            _placements.Remove(static _ => true);
            Callbacks.Addresses.Clear();
            Robots.Clear();
            foreach (var table in _portal.Records.Tables.Where(static t => t.Name is EventStore or PlacementStore))
            {
                foreach (var record in table.Records.ToList())
                    table.Remove(record);
            }

            _portal.Records.Journal.Commit();
        }

        _portal.Accounts.RevokeIssued();
        ApplicationAddress = null;
        HandlerClient.Expect(answer, url);
    }

    /// <summary>Posts a page and answers what it shows.</summary>
    public async Task<string> OpenPageAsync(string code, string url, JsonObject? options, CancellationToken cancellationToken)
    {
        var page = HandlerClient.Expect(await OpenAsync(code, url, options, cancellationToken), url);
        if (code == ApplicationPage)
            ApplicationAddress = url;
        return page;
    }

    /// <summary>Posts a page: an installation, a placement, the application itself.</summary>
    public Task<HandlerAnswer> OpenAsync(string code, string url, JsonObject? options, CancellationToken cancellationToken)
    {
        var tokens = _portal.Accounts.IssuePair();
        var query = $"DOMAIN={Uri.EscapeDataString(_portal.Url.Authority)}&PROTOCOL={(_portal.Url.Scheme == Uri.UriSchemeHttps ? 1 : 0)}&LANG=en&APP_SID={PortalAccounts.RandomToken(32)}";
        var form = new JsonObject
        {
            ["AUTH_ID"] = tokens.AccessToken,
            ["AUTH_EXPIRES"] = (int)PortalAccounts.AccessLifetime.TotalSeconds,
            ["REFRESH_ID"] = tokens.RefreshToken,
            ["SERVER_ENDPOINT"] = Rest,
            ["APPLICATION_TOKEN"] = ApplicationToken,
            ["APPLICATION_SCOPE"] = _portal.Scope,
            ["member_id"] = _portal.Accounts.MemberId,
            ["status"] = "L",
            ["PLACEMENT"] = code,
            ["PLACEMENT_OPTIONS"] = (options ?? []).ToJsonString(),
        };
        return Client.PostAsync(code, url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query, form, 1, cancellationToken);
    }
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Control;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Emulator.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Emulator;

/// <summary>A Bitrix24 portal on loopback that keeps records and answers as its spec files say.</summary>
public sealed partial class PortalEmulator : IAsyncDisposable
{
    private readonly Portal _portal;
    private readonly WebApplication _server;

    private PortalEmulator(Portal portal, WebApplication server, X509Certificate2? certificate)
    {
        _portal = portal;
        _server = server;
        Certificate = certificate;
    }

    /// <summary>The portal's address, such as <c>http://127.0.0.1:8080</c>.</summary>
    public string PortalUrl => _portal.Url.GetLeftPart(UriPartial.Authority);

    /// <summary>The address of the REST API for calls with an access token.</summary>
    public string RestUrl => $"{PortalUrl}/rest/";

    /// <summary>The address that a webhook calls; it holds the webhook's secret.</summary>
    public string WebhookUrl => $"{RestUrl}{_portal.Options.UserId}/{_portal.Accounts.WebhookSecret}/";

    /// <summary>The application's first access token.</summary>
    public required string AccessToken { get; init; }

    /// <summary>The application's first refresh token.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>The key for the VibeCode API, which the portal serves under <c>/v1</c>.</summary>
    public string ApiKey => _portal.Accounts.ApiKey;

    /// <summary>A key for the VibeCode API that may only read.</summary>
    public string ReadOnlyKey => _portal.Accounts.ReadOnlyKey;

    /// <summary>A key for the VibeCode API that manages and does not reach entities.</summary>
    public string ManagementKey => _portal.Accounts.ManagementKey;

    /// <summary>An application's key for the VibeCode API; it goes with a session.</summary>
    public string ApplicationKey => _portal.Accounts.ApplicationKey;

    /// <summary>The application's id at the OAuth endpoint.</summary>
    public string ClientId => _portal.Options.ClientId;

    /// <summary>The application's secret at the OAuth endpoint.</summary>
    public string ClientSecret => _portal.Accounts.ClientSecret;

    /// <summary>The page that shows the calls, and lets records be seen and faults be set.</summary>
    public string ControlUrl => PortalUrl + ControlEndpoint.Root;

    /// <summary>What the header <c>X-Emulator-Token</c> of a control request must have.</summary>
    public required string ControlToken { get; init; }

    /// <summary>The certificate of https; null over http.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>What was called.</summary>
    public RequestLog Requests => _portal.Log;

    /// <summary>HTTP requests to the REST API since the start; a batch is one.</summary>
    public int RequestCount => (int)_portal.Log.Requests;

    /// <summary>How often tokens were refreshed.</summary>
    public int RefreshCount => _portal.Accounts.Refreshes;

    /// <summary>Starts a portal.</summary>
    /// <param name="options">Options; null: a new, empty portal over http without limits.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<PortalEmulator> StartAsync(PortalOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PortalOptions();
        if (options.Port is < 0 or > 65535)
            throw new ArgumentOutOfRangeException(nameof(options), options.Port, "A port is between 0, for a free one, and 65535.");
        // Everything that asks for the time asks the clock that control can move.
        var clock = new PortalClock(options.TimeProvider);
        options = options with { TimeProvider = clock };
        var certificate = options.Certificate ?? (options.Https ? Certificates.Create(TimeProvider.System) : null);
        var portal = new Portal(options, clock, SpecFiles.Load(options), StateSet.Load(options), options.DataFile is { } file ? new SqliteJournal(file) : NoJournal.Instance);
        var controlToken = options.ControlToken ?? PortalAccounts.RandomToken(32);
        var server = Build(options.Port, certificate);
        var endpoint = new Lazy<PortalEndpoint>(() => new PortalEndpoint(portal, new ControlEndpoint(portal, controlToken)));
        // Who calls while the records of a data file are read waits for them.
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Run(async context =>
        {
            await ready.Task;
            await endpoint.Value.HandleAsync(context);
        });
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        var addresses = server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        portal.Url = new Uri(addresses.Addresses.First());
        portal.Records.PortalUrl = portal.Url.GetLeftPart(UriPartial.Authority);
        new ReferenceRecords(portal).Fill();
        portal.Accounts.LoadTokens();
        var accessToken = portal.Accounts.Secret("accessToken", options.AccessToken, static () => PortalAccounts.RandomToken(64));
        var refreshToken = portal.Accounts.Secret("refreshToken", null, static () => PortalAccounts.RandomToken(64));
        portal.Accounts.Accept(accessToken, refreshToken);
        portal.KeepAsStart();
        ready.SetResult();
        return new PortalEmulator(portal, server, certificate) { AccessToken = accessToken, RefreshToken = refreshToken, ControlToken = controlToken };
    }

    /// <summary>Adds a record to the portal, as if it had always been there; missing fields are filled in as on creation.</summary>
    /// <param name="type">The type with its file: <c>biconnector.dataset/Dataset</c>; of REST 3.0 <c>v3/tasks.task/Task</c>, where both versions have it.</param>
    /// <param name="json">The record's fields.</param>
    /// <returns>The record as the portal keeps it.</returns>
    public JsonObject Seed(string type, string json)
    {
        var input = JsonNode.Parse(json) as JsonObject ?? throw new ArgumentException("A record is a JSON object.", nameof(json));
        return _portal.View.Seed(type, input);
    }

    /// <summary>Copies the records of a type.</summary>
    /// <param name="type">The type with its file: <c>biconnector.dataset/Dataset</c>; of REST 3.0 <c>v3/tasks.task/Task</c>, where both versions have it.</param>
    public IReadOnlyList<JsonObject> Records(string type) => _portal.View.List(type).Records;

    /// <summary>Every record of the portal, by type; <see cref="Restore"/> takes it back.</summary>
    public JsonObject Snapshot() => _portal.View.Snapshot();

    /// <summary>Restores the records of a snapshot; all others are removed.</summary>
    /// <param name="snapshot">What <see cref="Snapshot"/> answered.</param>
    /// <exception cref="ArgumentException">It is no snapshot; the portal stays as it was.</exception>
    public void Restore(JsonObject snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _portal.View.Restore(snapshot);
    }

    /// <summary>Makes what the portal has now the state that <see cref="Reset"/> returns to.</summary>
    public void KeepAsStart() => _portal.KeepAsStart();

    /// <summary>Resets records, call log, faults and limits to the portal's start.</summary>
    public void Reset() => _portal.Reset();

    /// <summary>Moves the portal's clock forward: tokens expire and limits refill as if the time had passed.</summary>
    /// <param name="time">Not negative.</param>
    public void AdvanceClock(TimeSpan time) => _portal.Time.Advance(time);

    /// <summary>Requests that the bucket of <see cref="PortalLimits"/> holds now; null: there are no limits.</summary>
    public double? BucketLevel => _portal.Bucket?.Level;

    /// <summary>Injects a fault into later requests.</summary>
    public void Inject(Fault fault) => _portal.Faults.Add(fault);

    /// <summary>Forgets the faults that have not struck yet.</summary>
    public void ClearFaults() => _portal.Faults.Clear();

    /// <summary>A session for <see cref="ApplicationKey"/>; valid for a day.</summary>
    public string IssueSession() => _portal.Accounts.IssueSession();

    /// <summary>Every access token and session handed out so far has expired from now on.</summary>
    public void ExpireTokens() => _portal.Accounts.ExpireAll();

    /// <summary>An authorization code, as the application gets it after a user's consent; valid for 30 seconds.</summary>
    public string IssueAuthorizationCode() => _portal.Accounts.IssueCode();

    /// <summary>The portal has been renamed: requests are answered by a redirect. Null: it is back.</summary>
    public void MoveTo(Uri? address) => _portal.MovedTo = address;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        // Connections that clients keep open are not worth waiting for.
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
        await _portal.DisposeAsync();
        (_portal.Records.Journal as IDisposable)?.Dispose();
        _portal.Recorder?.Dispose();
    }

    private static WebApplication Build(int port, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestReader.MaxBody;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                if (certificate is not null)
                    listen.UseHttps(certificate);
            });
        });
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        return builder.Build();
    }
}

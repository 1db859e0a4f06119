using System.Security.Cryptography.X509Certificates;

namespace Bitrix24.Gen.Emulator;

/// <summary>How an emulated portal is to be.</summary>
public sealed record PortalOptions
{
    /// <summary>The loopback port; 0: any free port.</summary>
    public int Port { get; init; }

    /// <summary>Serves https, with <see cref="Certificate"/> or a generated certificate.</summary>
    public bool Https { get; init; }

    /// <summary>The certificate with its private key; implies <see cref="Https"/>.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The user that the webhook and the application act for.</summary>
    public int UserId { get; init; } = 1;

    /// <summary>The webhook's secret; null: a random one.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>The application's first access token, which does not expire; null: a random one.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The application's id at the OAuth endpoint.</summary>
    public string ClientId { get; init; } = "app.emulator";

    /// <summary>The application's secret at the OAuth endpoint; null: a random one.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The key for the VibeCode API with all rights; null: a random one.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Scopes granted to webhook and application; null: all.</summary>
    public IReadOnlyCollection<string>? Scopes { get; init; }

    /// <summary>Webhooks beside the first, each with a user and scopes of its own.</summary>
    public IReadOnlyList<PortalWebhook> Webhooks { get; init; } = [];

    /// <summary>Access tokens beside the first, each with a user and scopes of its own; one may have expired.</summary>
    public IReadOnlyList<PortalToken> Tokens { get; init; } = [];

    /// <summary>What users may do; a user who is not listed may do everything.</summary>
    public IReadOnlyList<PortalUser> Users { get; init; } = [];

    /// <summary>The token of the control API, see <see cref="PortalEmulator.ControlToken"/>; null: a random one.</summary>
    public string? ControlToken { get; init; }

    /// <summary>Calls that <see cref="PortalEmulator.Requests"/> keeps; older ones are forgotten.</summary>
    public int CallLogCapacity { get; init; } = 10_000;

    /// <summary>
    /// The address of a webhook of a real portal. Calls that only read are passed on to it, and what it answers is kept in
    /// <see cref="RecordTo"/> without secrets; other calls are refused.
    /// </summary>
    public Uri? RecordFrom { get; init; }

    /// <summary>The file, JSON lines, that exchanges are added to while a portal is recorded.</summary>
    public string RecordTo { get; init; } = "exchanges.jsonl";

    /// <summary>Folders of spec files that add to the built-in ones or override them.</summary>
    public IReadOnlyList<string> SpecFolders { get; init; } = [];

    /// <summary>Spec files given as text, merged last.</summary>
    public IReadOnlyList<PortalSpec> Specs { get; init; } = [];

    /// <summary>Refuse every call that breaks a rule, warnings such as unknown names included.</summary>
    public bool Strict { get; init; }

    /// <summary>Accepts a call that breaks a rule, unless the spec gives that rule an error code of the server.</summary>
    public bool Lenient { get; init; }

    /// <summary>Refuse calls whose answer would only have the documented form, with nothing kept behind it.</summary>
    public bool StrictCoverage { get; init; }

    /// <summary>Start without the records that every portal has: users, funnels, currencies and the like.</summary>
    public bool Empty { get; init; }

    /// <summary>A file that keeps all records, written before a call is answered; null: they live as long as the process.</summary>
    public string? DataFile { get; init; }

    /// <summary>Request limits as the cloud has them, for VibeCode and amoCRM those of their profiles; null: none.</summary>
    public PortalLimits? Limits { get; init; }

    /// <summary>Where the portal's clock, token lifetimes and limits come from.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Says whether a URL that the server would call answers as it should; null: every URL does.</summary>
    public Func<ConnectionAttempt, CancellationToken, ValueTask<bool>>? ConnectionCheck { get; init; }

    /// <summary>How the portal sends events, pages and callbacks.</summary>
    public DeliveryOptions Deliveries { get; init; } = new();

    /// <summary>Names the port and the user; prints no secret.</summary>
    public override string ToString() => $"PortalOptions(port {Port}, user {UserId}, ***)";
}

/// <summary>An incoming webhook of the portal.</summary>
/// <param name="UserId">The user it acts for.</param>
/// <param name="Secret">The secret in its address.</param>
public sealed record PortalWebhook(int UserId, string Secret)
{
    /// <summary>Scopes granted to it; null: those of <see cref="PortalOptions.Scopes"/>.</summary>
    public IReadOnlyCollection<string>? Scopes { get; init; }

    /// <summary>Names the user; does not print the secret.</summary>
    public override string ToString() => $"PortalWebhook({UserId}, ***)";
}

/// <summary>An access token of the application.</summary>
/// <param name="Token">The token.</param>
public sealed record PortalToken(string Token)
{
    /// <summary>The user it acts for; null: the user of <see cref="PortalOptions.UserId"/>.</summary>
    public int? UserId { get; init; }

    /// <summary>Scopes granted to it; null: those of <see cref="PortalOptions.Scopes"/>.</summary>
    public IReadOnlyCollection<string>? Scopes { get; init; }

    /// <summary>It has expired: calls with it are refused with <c>expired_token</c>.</summary>
    public bool Expired { get; init; }

    /// <summary>Names the user; does not print the token.</summary>
    public override string ToString() => $"PortalToken({UserId}, ***)";
}

/// <summary>A user of the portal with limited rights.</summary>
/// <param name="Id">The user's id.</param>
public sealed record PortalUser(int Id)
{
    /// <summary>The user has all rights.</summary>
    public bool Administrator { get; init; }

    /// <summary>
    /// What else the user may do: <c>crm</c> for what a permission of the section CRM allows, <c>crm.administrator</c> for what its
    /// administrators may; so for every scope.
    /// </summary>
    public IReadOnlyCollection<string> Rights { get; init; } = [];
}

/// <summary>A spec file given as text.</summary>
/// <param name="Path">Its path: the folder names the API, the file name the prefix of the methods.</param>
/// <param name="Text">Its content.</param>
public sealed record PortalSpec(string Path, string Text);

/// <summary>A URL that the server calls before it accepts a record.</summary>
/// <param name="Method">The method that was called.</param>
/// <param name="Url">The URL in question.</param>
/// <param name="Record">The record as it would be stored.</param>
public sealed record ConnectionAttempt(string Method, string Url, System.Text.Json.Nodes.JsonObject Record)
{
    /// <summary>What the user entered for the source, by the codes that the connector has.</summary>
    public System.Text.Json.Nodes.JsonObject Connection { get; init; } = [];
}

/// <summary>Request limits of a portal.</summary>
public sealed record PortalLimits
{
    /// <summary>A commercial cloud portal.</summary>
    public static PortalLimits Standard { get; } = new();

    /// <summary>A portal on the Enterprise plan.</summary>
    public static PortalLimits Enterprise { get; } = new() { Capacity = 250, PerSecond = 5 };

    /// <summary>Requests that the bucket holds.</summary>
    public int Capacity { get; init; } = 50;

    /// <summary>Requests that leak out of the bucket in a second.</summary>
    public double PerSecond { get; init; } = 2;

    /// <summary>Each command of a batch fills the bucket too, not only the batch.</summary>
    public bool CountsCommands { get; init; }

    /// <summary>Refusals of amoCRM within a minute after which it shuts the caller out with 403.</summary>
    public int RefusalsUntilBlock { get; init; } = 10;

    /// <summary>How long the calls of one method may have worked within ten minutes.</summary>
    public TimeSpan Operating { get; init; } = TimeSpan.FromSeconds(480);

    /// <summary>How long a call of a method is taken to work; null: no time at all.</summary>
    public Func<string, TimeSpan>? OperatingCost { get; init; }
}

using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bitrix24.Gen.Emulator;

/// <summary>The options of the command line that say how the portal is to be.</summary>
internal sealed class PortalArguments
{
    private readonly Option<string> _port = new("--port") { Description = "The port on loopback; 0 picks a free one.", DefaultValueFactory = static _ => "0" };

    private readonly Option<bool> _https = new("--https") { Description = "Speak https, with a certificate made for the occasion unless --certificate names one." };

    public Option<string?> Certificate { get; } = new("--certificate")
    {
        Description = "PEM file of certificate and private key, for https. Where there is no such file, a certificate is made and written to it.",
    };

    private readonly Option<string[]> _specs = new("--specs") { Description = "A folder of spec files that add to the built-in ones or override them." };

    private readonly Option<bool> _strict = new("--strict") { Description = "Refuse every call that breaks a rule, warnings such as unknown names included." };

    private readonly Option<bool> _lenient = new("--lenient") { Description = "Let calls pass that break a rule, unless the specs tie an error of the server to that very rule." };

    private readonly Option<bool> _strictCoverage = new("--strict-coverage") { Description = "Refuse calls whose answer would only have the documented form, with nothing kept behind it." };

    private readonly Option<bool> _empty = new("--empty") { Description = "Start without the records that every portal has." };

    private readonly Option<string?> _data = new("--data") { Description = "An SQLite file that keeps all records; an answered write outlives a killed process, not always a power failure." };

    private readonly Option<bool> _limits = new("--limits") { Description = "Limit requests as the cloud does: 50 at once, 2 a second; VibeCode 10 a second and 300 a minute, amoCRM 7 a second." };

    private readonly Option<string?> _webhookSecret = new("--webhook-secret") { Description = "The secret of the first webhook; a random one otherwise." };

    private readonly Option<string?> _token = new("--token") { Description = "The application's first access token; a random one otherwise." };

    private readonly Option<string[]> _expiredToken = new("--expired-token") { Description = "An access token that has expired; may be given several times." };

    private readonly Option<string[]> _webhook = new("--webhook")
    {
        Description = "Another webhook, USER:SECRET or USER:SECRET:SCOPE,SCOPE; may be given several times.",
    };

    private readonly Option<string[]> _user = new("--user")
    {
        Description = "A user who may not do everything, ID or ID:RIGHT,RIGHT (administrator, crm, crm.administrator, …); may be given several times.",
    };

    private readonly Option<string?> _apiKey = new("--api-key") { Description = "The key for the VibeCode API; a random one otherwise." };

    private readonly Option<string?> _controlToken = new("--control-token") { Description = "The token of the control API; a random one otherwise." };

    private readonly Option<string?> _record = new("--record")
    {
        Description = "Pass calls that only read on to a real portal and keep the exchanges without secrets: the name of an environment variable with the address of a webhook, or the address.",
    };

    private readonly Option<string> _exchanges = new("--exchanges") { Description = "The file that --record adds exchanges to.", DefaultValueFactory = static _ => "exchanges.jsonl" };

    public IEnumerable<Option> All =>
        [_port, _https, Certificate, _specs, _strict, _lenient, _strictCoverage, _empty, _data, _limits, _webhookSecret, _token, _expiredToken, _webhook, _user, _apiKey,
            _controlToken, _record, _exchanges];

    /// <summary>The portal that the arguments ask for.</summary>
    /// <exception cref="InvalidDataException">An argument has no meaning.</exception>
    public PortalOptions Read(ParseResult arguments)
    {
        if (arguments.GetValue(_strict) && arguments.GetValue(_lenient))
            throw new InvalidDataException("--strict and --lenient: one refuses what the other lets pass; give one of them.");
        var file = arguments.GetValue(Certificate);
        return new PortalOptions
        {
            Port = PortOf(arguments.GetValue(_port)),
            Https = arguments.GetValue(_https),
            Certificate = file is null ? null : CertificateOf(file),
            SpecFolders = Folders(arguments.GetValue(_specs) ?? []),
            Strict = arguments.GetValue(_strict),
            Lenient = arguments.GetValue(_lenient),
            StrictCoverage = arguments.GetValue(_strictCoverage),
            Empty = arguments.GetValue(_empty),
            DataFile = arguments.GetValue(_data),
            Limits = arguments.GetValue(_limits) ? PortalLimits.Standard : null,
            WebhookSecret = Secret("--webhook-secret", arguments.GetValue(_webhookSecret)),
            AccessToken = Secret("--token", arguments.GetValue(_token)),
            ApiKey = Secret("--api-key", arguments.GetValue(_apiKey)),
            ControlToken = Secret("--control-token", arguments.GetValue(_controlToken)),
            Tokens = [.. (arguments.GetValue(_expiredToken) ?? []).Select(static t => new PortalToken(Secret("--expired-token", t)!) { Expired = true })],
            Webhooks = [.. (arguments.GetValue(_webhook) ?? []).Select(Webhook)],
            RecordFrom = Recorded(arguments.GetValue(_record)),
            RecordTo = arguments.GetValue(_exchanges)!,
            Users = [.. (arguments.GetValue(_user) ?? []).Select(User)],
        };
    }

    private static int PortOf(string? text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        ? port
        : throw new InvalidDataException($"--port {text}: a port is between 1 and 65535, or 0 for a free one.");

    private static X509Certificate2 CertificateOf(string file)
    {
        try
        {
            return Certificates.ReadOrCreate(file, TimeProvider.System);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"--certificate {PrintedLine.Of(file)}: a PEM file of certificate and private key is expected, or a path where one can be written. {e.Message}", e);
        }
    }

    private static IReadOnlyList<string> Folders(string[] folders) =>
        Array.Find(folders, static f => !Directory.Exists(f)) is { } missing ? throw new InvalidDataException($"--specs {missing}: there is no such folder.") : folders;

    /// <summary>Secrets go into addresses and headers, and not all characters can.</summary>
    private static string? Secret(string option, string? secret) =>
        secret is null || (secret.Length > 0 && secret.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            ? secret
            : throw new InvalidDataException($"{option}: a secret is made of ASCII letters, digits, \"-\", \"_\" and \".\".");

    /// <summary>Out of the environment, so that the secret need not stand on the command line.</summary>
    private static Uri? Recorded(string? given)
    {
        if (given is null)
            return null;
        var address = Environment.GetEnvironmentVariable(given) ?? given;
        return Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var webhook) && webhook.Scheme is "https" or "http"
            ? webhook
            : throw new InvalidDataException("--record: the address of a webhook is expected, https://example.bitrix24.com/rest/1/secret/, or an environment variable that has it.");
    }

    private static PortalWebhook Webhook(string text) => text.Split(':') is [var user, var secret, .. { Length: <= 1 } scopes]
        ? new PortalWebhook(Id("--webhook", user), Secret("--webhook", secret)!) { Scopes = scopes.Length == 0 ? null : Words(scopes[0]) }
        : throw new InvalidDataException($"--webhook {text}: USER:SECRET or USER:SECRET:SCOPE,SCOPE is expected.");

    private static PortalUser User(string text)
    {
        var parts = text.Split(':', 2);
        var rights = parts.Length > 1 ? Words(parts[1]) : [];
        return new PortalUser(Id("--user", parts[0])) { Administrator = rights.Contains("administrator"), Rights = rights };
    }

    private static int Id(string option, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
        ? id
        : throw new InvalidDataException($"{option}: \"{text}\" is no user's id; it is a whole number from 1.");

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

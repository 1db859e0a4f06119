using System.Text;
using System.Text.Json;

namespace Bitrix24.AspNetCore;

/// <summary>
/// What a handler threw, on its way to the log. It is logged as it is, so that stacks are grouped by its type; but where a message
/// has line breaks or characters that steer a terminal, or anything of it is a secret of the request, this prints its types, messages and
/// stacks without them.
/// </summary>
internal sealed class LoggedFailure : Exception
{
    private const int LongestMessage = 4000;

    // Members that prove who calls, at any depth: a bot's event has tokens below its data. A BI connection has the password of a database.
    private static readonly HashSet<string> SecretNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "access_token", "refresh_token", "application_token", "event_token", "AUTH_ID", "REFRESH_ID", "connection",
    };

    private readonly string _text;
    private readonly string? _stack;

    private LoggedFailure(Exception error, Secrets secrets)
        : base(Headline(error, secrets)) => (_text, _stack) = (TextOf(error, secrets), error.StackTrace);

    public override string? StackTrace => _stack;

    /// <summary>The exception to log.</summary>
    public static Exception Of(Exception error, Secrets secrets)
    {
        var text = error.ToString();
        return secrets.Redact(text) == text && WithCauses(error).All(static e => Clean(e.Message) == e.Message) ? error : new LoggedFailure(error, secrets);
    }

    /// <summary>The values of a request that no log may have.</summary>
    public static IEnumerable<string> SecretsOf(IncomingRequest request) => SecretsIn(request.Body);

    public override string ToString() => _text;

    private static IEnumerable<string> SecretsIn(JsonElement value, bool all = false) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(v => SecretsIn(v, all)),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => SecretsIn(m.Value, all || SecretNames.Contains(m.Name))),
        JsonValueKind.String when all => [value.GetString()!],
        _ => [],
    };

    private static IEnumerable<Exception> WithCauses(Exception error) => CausesOf(error).SelectMany(WithCauses).Prepend(error);

    private static IReadOnlyCollection<Exception> CausesOf(Exception error) =>
        error is AggregateException several ? several.InnerExceptions : error.InnerException is { } cause ? [cause] : [];

    private static string Clean(string message) => LogText.Line(message, LongestMessage);

    private static string Headline(Exception error, Secrets secrets) => $"{error.GetType()}: {Clean(secrets.Redact(error.Message))}";

    // As Exception.ToString() writes them.
    private static string TextOf(Exception error, Secrets secrets)
    {
        var text = new StringBuilder(Headline(error, secrets));
        foreach (var cause in CausesOf(error))
            text.AppendLine().Append(" ---> ").AppendLine(TextOf(cause, secrets)).Append("   --- End of inner exception stack trace ---");
        if (error.StackTrace is { } stack)
            text.AppendLine().Append(stack);
        return text.ToString();
    }
}

using System.Linq;

namespace Bitrix24.Gen.Analyzers;

/// <summary>Tells secrets from other text.</summary>
internal static class SecretText
{
    /// <summary>Stands in an address for what only the running program knows.</summary>
    public const string Unknown = "\u0001";

    private const int LeastLength = 8;
    private const int LeastTokenLength = 20;

    private static readonly string[] KeyPrefixes = ["vibe_api_", "vibe_app_", "vibe_live_", "vibe_session_"];
    private static readonly string[] SecretParameters = ["client_secret=", "access_token=", "refresh_token=", "application_token=", "auth=", "api_key=", "Bearer "];

    /// <summary>Parts of texts that say what belongs in their place.</summary>
    private static readonly string[] PlaceholderParts =
        ["your", "example", "placeholder", "secret", "token", "webhook", "xxxx", "sample", "dummy", "changeme", "change-me", "change_me", "redacted", "insert", "replace", "0000"];

    /// <summary>What kind of secret a text holds, or null.</summary>
    public static string? Find(string text)
    {
        if (FindWebhook(text) is { } webhook && !IsPlaceholder(webhook.Host) && !IsPlaceholderCode(webhook.Code))
            return "webhook of " + (webhook.Host.Length == 0 || webhook.Host.Contains(Unknown) ? "a portal" : webhook.Host);
        foreach (var prefix in KeyPrefixes)
        {
            var at = text.IndexOf(prefix, StringComparison.Ordinal);
            if (at >= 0 && Word(text, at + prefix.Length) is { Length: >= LeastLength } key && !IsPlaceholderCode(key))
                return prefix + "…";
        }

        foreach (var parameter in SecretParameters)
        {
            var at = text.IndexOf(parameter, StringComparison.OrdinalIgnoreCase);
            if (at < 0 || (at > 0 && char.IsLetter(text[at - 1])))
                continue;
            var value = Word(text, at + parameter.Length);
            if (parameter == "client_secret=" ? value.Length >= LeastLength && !IsPlaceholderCode(value) : value.Length >= LeastTokenLength && LooksRandom(value))
                return parameter.TrimEnd('=', ' ');
        }

        return null;
    }

    /// <summary>A part of an address of which other parts may make a webhook's.</summary>
    public static bool MayBePartOfWebhook(string text) => text.IndexOf("rest", StringComparison.Ordinal) >= 0;

    /// <summary>The host and the code of a webhook's URL: <c>https://HOST/rest/1/CODE/</c>; the host is empty where only the path is there.</summary>
    public static (string Host, string Code)? FindWebhook(string text)
    {
        const string path = "rest/";
        for (var at = text.IndexOf(path, StringComparison.Ordinal); at >= 0; at = text.IndexOf(path, at + 1, StringComparison.Ordinal))
        {
            if (at > 0 && text[at - 1] != '/')
                continue;
            var user = at + path.Length;
            if (string.CompareOrdinal(text, user, "api/", 0, 4) == 0)
                user += 4;
            var digits = user;
            while (digits < text.Length && text[digits] is >= '0' and <= '9')
                digits++;
            if (digits == user && text.IndexOf(Unknown, user, StringComparison.Ordinal) == user)
                digits++;
            if (digits == user || digits >= text.Length || text[digits] != '/' || Word(text, digits + 1) is not { Length: > 0 } code)
                continue;
            var scheme = text.LastIndexOf("://", at, StringComparison.Ordinal);
            if (scheme >= 0)
                return (text.Substring(scheme + 3, Math.Max(0, at - 1 - scheme - 3)), code);
            // Without a host it may be any API's path: only what looks random is a code.
            if (LooksRandom(code) || (code.Length >= 10 && code.Any(char.IsDigit) && code.Any(char.IsLetter) && !IsPlaceholderCode(code)))
                return ("", code);
        }

        return null;
    }

    /// <summary>Hosts of documentation and of the local machine: nobody's portal.</summary>
    public static bool IsPlaceholder(string host) =>
        host.StartsWith("example.", StringComparison.OrdinalIgnoreCase)
        || host.IndexOf(".example.", StringComparison.OrdinalIgnoreCase) >= 0
        || host.EndsWith(".example", StringComparison.OrdinalIgnoreCase)
        || host.StartsWith("localhost", StringComparison.OrdinalIgnoreCase)
        || host.StartsWith("127.", StringComparison.Ordinal)
        || host.StartsWith("[::1]", StringComparison.Ordinal);

    /// <summary>What documentation writes in place of a code: words, one character repeated, or hardly anything.</summary>
    public static bool IsPlaceholderCode(string code) =>
        code.Length < LeastLength
        || code.Distinct().Count() < 5
        || PlaceholderParts.Any(part => code.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0)
        || (!code.Any(char.IsDigit) && (code.Length < 12 || code.IndexOfAny(['-', '_']) >= 0));

    /// <summary>Long, without spaces, letters and digits mixed.</summary>
    public static bool LooksRandom(string text) =>
        text.Length >= 16 && Word(text, 0).Length == text.Length && text.Any(char.IsDigit) && text.Any(char.IsLetter) && !IsPlaceholderCode(text);

    private static string Word(string text, int start)
    {
        var end = start;
        while (end < text.Length && (text[end] is '_' or '-' || (text[end] < 128 && char.IsLetterOrDigit(text[end]))))
            end++;
        return text.Substring(start, end - start);
    }
}

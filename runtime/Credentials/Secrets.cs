using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Bitrix24;

/// <summary>
/// What must not be printed. Texts that come from elsewhere lose it: as it is, and as addresses write it. The one place
/// that knows how.
/// </summary>
internal sealed class Secrets
{
    private const string Mask = "***";

    // What is shorter guards nothing, and would be found in ordinary words.
    private const int Shortest = 6;

    // Tokens that were renewed since are void; a long life does not gather them.
    private const int Kept = 32;

    private ImmutableArray<string> _forms = [];

    public Secrets(params IEnumerable<string?> secrets)
    {
        foreach (var secret in secrets)
            Add(secret);
    }

    public void Add(string? secret)
    {
        if (secret is null || secret.Length < Shortest)
            return;
        foreach (var form in new[] { secret, Uri.EscapeDataString(secret) })
            ImmutableInterlocked.Update(ref _forms, static (all, one) => all.Contains(one) ? all : [.. all.TakeLast(Kept - 1), one], form);
    }

    [return: NotNullIfNotNull(nameof(text))]
    public string? Redact(string? text)
    {
        foreach (var form in _forms)
            text = text?.Replace(form, Mask, StringComparison.OrdinalIgnoreCase);
        return text;
    }
}

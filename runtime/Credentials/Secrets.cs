using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Bitrix24;

/// <summary>
/// What must not be printed. Texts that come from elsewhere lose it: as it is, and as addresses write it. The one place
/// that knows how.
/// </summary>
/// <param name="lasting">What stays a secret for good.</param>
internal sealed class Secrets(params IEnumerable<string?> lasting)
{
    private const string Mask = "***";

    // What is shorter guards nothing, and would be found in ordinary words.
    private const int Shortest = 6;

    // Tokens that were refreshed since are void; a long life does not gather them.
    private const int Kept = 32;

    private readonly ImmutableArray<string> _lasting = [.. lasting.SelectMany(FormsOf)];
    private ImmutableArray<string> _passing = [];

    /// <summary>Adds a secret that others will follow.</summary>
    public void Add(string secret)
    {
        foreach (var form in FormsOf(secret))
            ImmutableInterlocked.Update(ref _passing, static (all, one) => all.Contains(one) ? all : [.. all.TakeLast(Kept - 1), one], form);
    }

    [return: NotNullIfNotNull(nameof(text))]
    public string? Redact(string? text)
    {
        foreach (var form in _lasting.AsSpan())
            text = text?.Replace(form, Mask, StringComparison.OrdinalIgnoreCase);
        foreach (var form in _passing.AsSpan())
            text = text?.Replace(form, Mask, StringComparison.OrdinalIgnoreCase);
        return text;
    }

    private static IEnumerable<string> FormsOf(string? secret) =>
        secret is null || secret.Length < Shortest ? [] : new[] { secret, Uri.EscapeDataString(secret) }.Distinct();
}

#if NET9_0_OR_GREATER
using System.Buffers;
#endif
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>
/// What must not be printed. Texts that come from elsewhere lose it: as it is, as addresses, JSON and HTML write it, and as
/// Base64 or hexadecimal digits. The one place that knows how.
/// </summary>
/// <param name="lasting">What stays a secret for good.</param>
internal sealed class Secrets(params IEnumerable<string?> lasting)
{
    private const string Mask = "***";

    // What is shorter guards nothing, and would be found in ordinary words.
    private const int Shortest = 6;

    // Tokens that were refreshed since are void; a long life does not gather them.
    private const int Kept = 16;

    private readonly ImmutableArray<string> _lasting = [.. lasting.OfType<string>().Where(static s => s.Length >= Shortest)];
    private ImmutableArray<string> _passing = [];

    // Of portals without errors, which are most, none.
    private volatile Forms? _forms;

    /// <summary>Adds a secret that others will follow.</summary>
    public void Add(string secret)
    {
        if (secret.Length >= Shortest)
            ImmutableInterlocked.Update(ref _passing, static (all, one) => all.Contains(one) ? all : [.. all.TakeLast(Kept - 1), one], secret);
    }

    [return: NotNullIfNotNull(nameof(text))]
    public string? Redact(string? text)
    {
        if (text is null || text.Length < Shortest)
            return text;
        var passing = _passing;
        var forms = _forms;
        if (forms is null || forms.Passing != passing)
            _forms = forms = new(_lasting, passing);
        return forms.Redact(text);
    }

    private sealed class Forms(ImmutableArray<string> lasting, ImmutableArray<string> passing)
    {
        private readonly ImmutableArray<string> _forms = [.. lasting.Concat(passing).SelectMany(FormsOf).Distinct(StringComparer.OrdinalIgnoreCase)];

#if NET9_0_OR_GREATER
        private SearchValues<string>? _any;
#endif

        public ImmutableArray<string> Passing => passing;

        public string Redact(string text)
        {
            // A hostile answer has hundreds of thousands of texts.
#if NET9_0_OR_GREATER
            _any ??= SearchValues.Create(_forms.AsSpan(), StringComparison.OrdinalIgnoreCase);
            if (!text.AsSpan().ContainsAny(_any))
                return text;
#endif
            foreach (var form in _forms)
            {
                if (form.Length <= text.Length)
                    text = text.Replace(form, Mask, StringComparison.OrdinalIgnoreCase);
            }

            return text;
        }

        private static IEnumerable<string> FormsOf(string secret)
        {
            var bytes = Encoding.UTF8.GetBytes(secret);
            var address = Uri.EscapeDataString(secret);
            string[] forms =
            [
                secret, address, Uri.UnescapeDataString(secret), Uri.EscapeDataString(address), WebUtility.HtmlEncode(secret),
                JsonEncodedText.Encode(secret).Value, secret.Replace("/", @"\/", StringComparison.Ordinal), Convert.ToHexString(bytes),
                .. Enumerable.Range(0, 3).Select(shift => Base64Of(bytes, shift)),
            ];
            return forms.Concat(forms[^3..].Select(static f => f.Replace('+', '-').Replace('/', '_'))).Where(static f => f.Length >= Shortest);
        }

        /// <summary>A secret as it stands within Base64 of a longer text: without the characters that its neighbours change.</summary>
        private static string Base64Of(byte[] secret, int shift) =>
            Convert.ToBase64String([.. new byte[shift], .. secret])[((shift * 8 + 5) / 6)..((shift + secret.Length) * 8 / 6)];
    }
}

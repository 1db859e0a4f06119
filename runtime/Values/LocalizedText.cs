using System.Diagnostics.CodeAnalysis;

namespace Bitrix24;

/// <summary>A plain text, or a text for each language: <c>string|map&lt;string&gt;</c> in a spec.</summary>
/// <example>
/// <code>
/// EditFormLabel = "Manager"
/// EditFormLabel = new() { ["en"] = "Manager", ["de"] = "Leiter" }
/// </code>
/// </example>
public sealed class LocalizedText : IEquatable<LocalizedText>
{
    private readonly Dictionary<string, string> _languages;

    /// <summary>A text for each language; the indexer adds them.</summary>
    public LocalizedText() => _languages = new(StringComparer.Ordinal);

    /// <summary>A plain text.</summary>
    /// <param name="text">The text.</param>
    public LocalizedText(string text)
        : this()
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
    }

    /// <summary>A text for each language.</summary>
    /// <param name="languages">The texts by language.</param>
    public LocalizedText(IEnumerable<KeyValuePair<string, string>> languages) => _languages = new(languages, StringComparer.Ordinal);

    /// <summary>The plain text; null: there is a text for each language.</summary>
    public string? Text { get; }

    /// <summary>The texts by language; none where there is a plain text.</summary>
    public IReadOnlyDictionary<string, string> Languages => _languages;

    /// <summary>The text in a language; a plain text is the same in all of them. Null: there is none, or it is to be left out.</summary>
    /// <param name="language">Such as <c>en</c>.</param>
    /// <exception cref="InvalidOperationException">A language is set where there is a plain text.</exception>
    public string? this[string language]
    {
        get => Text ?? _languages.GetValueOrDefault(language);
        set
        {
            if (Text is not null)
                throw new InvalidOperationException($"A plain text has no text in '{language}'. Use new LocalizedText() and set each language.");
            if (value is null)
                _languages.Remove(language);
            else
                _languages[language] = value;
        }
    }

    /// <summary>A plain text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator LocalizedText?(string? text) => text is null ? null : new(text);

    /// <summary>A text for each language.</summary>
    [return: NotNullIfNotNull(nameof(languages))]
    public static implicit operator LocalizedText?(Dictionary<string, string>? languages) => languages is null ? null : new(languages);

    /// <inheritdoc/>
    public bool Equals(LocalizedText? other) =>
        other is not null
        && Text == other.Text
        && _languages.Count == other._languages.Count
        && _languages.All(l => other._languages.TryGetValue(l.Key, out var text) && text == l.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LocalizedText);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, _languages.Count);

    /// <summary>The plain text, or the first one that a language has; empty: there is none.</summary>
    public override string ToString() => Text ?? _languages.Values.FirstOrDefault(static t => !string.IsNullOrEmpty(t)) ?? "";
}

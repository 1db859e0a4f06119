using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitrix24;

/// <summary>A widget for the Vibe: its markup, phrases and demo data, checked before a portal gets them.</summary>
/// <remarks>Source: <see href="https://apidocs.bitrix24.com/api-reference/vibe/landing-repowidget-register.html"/>.</remarks>
public sealed class VibeWidget
{
    private const string Method = "landing.repowidget.register";

    /// <summary>Names the widget; registering the same code again replaces it.</summary>
    public required string Code { get; init; }

    /// <summary>The user sees it.</summary>
    public required string Name { get; init; }

    /// <summary>The markup, with one root element.</summary>
    public required string Content { get; init; }

    /// <summary>The selector of the root element: <c>.my-widget</c>.</summary>
    public required string RootNode { get; init; }

    /// <summary>The address that <c>fetch</c> calls.</summary>
    public required string Handler { get; init; }

    /// <summary>Address of a picture for the list of widgets.</summary>
    public required string Preview { get; init; }

    /// <summary>The section of the list: <c>widgets_company_life</c>.</summary>
    public required string Sections { get; init; }

    /// <summary>What the widget is for.</summary>
    public string? Description { get; init; }

    /// <summary>Address of a style sheet.</summary>
    public string? Style { get; init; }

    /// <summary>Phrases by language and code, for <c>$Bitrix.Loc.getMessage('CODE')</c>.</summary>
    public Dictionary<string, Dictionary<string, string>> Languages { get; } = new(StringComparer.Ordinal);

    /// <summary>What the handler would answer, for previews.</summary>
    public JsonObject DemoData { get; init; } = [];

    /// <summary>Adds the phrases of a language.</summary>
    /// <param name="language">The language: <c>en</c>.</param>
    /// <param name="phrases">The phrases by code.</param>
    public VibeWidget WithLanguage(string language, IReadOnlyDictionary<string, string> phrases)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(language);
        ArgumentNullException.ThrowIfNull(phrases);
        Languages[language] = new(phrases, StringComparer.Ordinal);
        return this;
    }

    /// <summary>What a portal does not support in the markup (B24119); empty: nothing.</summary>
    public IReadOnlyList<WidgetProblem> Validate() =>
        WidgetMarkup.Check(Content, RootNode, Languages.ToDictionary(static l => l.Key, static l => (IReadOnlyCollection<string>)l.Value.Keys, StringComparer.Ordinal),
            DemoData.Count > 0 ? [.. DemoData.Select(static d => d.Key)] : null);

    /// <summary>The parameters of <c>landing.repowidget.register</c>.</summary>
    public IReadOnlyDictionary<string, object?> ToParameters()
    {
        var parameters = new JsonObject
        {
            ["rootNode"] = RootNode,
            ["handler"] = Handler,
            ["demoData"] = DemoData.DeepClone(),
        };
        if (Style is not null)
            parameters["style"] = Style;
        if (Languages.Count > 0)
        {
            var lang = new JsonObject();
            foreach (var (language, phrases) in Languages)
            {
                var texts = new JsonObject();
                foreach (var (code, text) in phrases)
                    texts[code] = text;
                lang[language] = texts;
            }

            parameters["lang"] = lang;
        }

        var fields = new Dictionary<string, object?>
        {
            ["NAME"] = Name,
            ["PREVIEW"] = Preview,
            ["CONTENT"] = Content,
            ["SECTIONS"] = Sections,
            ["WIDGET_PARAMS"] = parameters,
        };
        if (Description is not null)
            fields["DESCRIPTION"] = Description;
        return new Dictionary<string, object?> { ["code"] = Code, ["fields"] = fields };
    }

    /// <summary>Registers the widget in a portal, or replaces the one of the same code.</summary>
    /// <param name="portal">The portal's client.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The widget's id in the portal.</returns>
    /// <exception cref="InvalidOperationException">The markup has something that a portal does not support; nothing was sent.</exception>
    /// <exception cref="Bitrix24ApiException">The portal refuses.</exception>
    public async Task<long> RegisterAsync(Bitrix24Client portal, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(portal);
        var problems = Validate();
        if (problems.Count > 0)
            throw new InvalidOperationException("B24119: " + string.Join(" ", problems.Select(static p => p.Message)));
        var answer = await portal.CallAsync(Method, ToParameters(), cancellationToken).ConfigureAwait(false);
        return answer.ValueKind == JsonValueKind.Number && answer.TryGetInt64(out var id) ? id
            : long.TryParse(answer.ValueKind == JsonValueKind.String ? answer.GetString() : null, NumberStyles.None, CultureInfo.InvariantCulture, out id) ? id
            : throw new Bitrix24ProtocolException($"{Method} answered no id.");
    }
}

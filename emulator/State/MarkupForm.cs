using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>
/// HTML that a call changes, in state files <c>{ "html": text, … }</c> with one of: <c>nodes</c>, <c>attrs</c>, <c>styles</c>, <c>tags</c> (objects by selector),
/// <c>cards</c> (the cards of a selector, their order and what stands in them), <c>clone</c> (a selector; beside it <c>content</c>, what is put there instead of a copy),
/// <c>remove</c> (a selector), <c>found</c> (a selector: whether it finds an element, Y or N),
/// <c>dangerous</c> (whether a sanitizer would object, Y or N), <c>marked</c> (with this text in what it objects to). A position stands behind the selector: <c>.card@1</c>.
/// </summary>
internal static class MarkupForm
{
    private const string Html = "html";
    private const string Content = "content";

    /// <summary>Cards come from callers.</summary>
    private const int MostCards = 200;

    private static readonly string[] Tags = ["h1", "h2", "h3", "h4", "h5", "h6", "div", "p", "a", "span"];

    private static readonly Dictionary<string, Func<string, object?, string, string>> Changes = new(StringComparer.Ordinal)
    {
        ["nodes"] = static (html, change, _) => ForEach(html, change, WithNode),
        ["attrs"] = static (html, change, _) => ForEach(html, change, WithAttributes),
        ["styles"] = static (html, change, _) => ForEach(html, change, WithStyle),
        ["tags"] = static (html, change, _) => ForEach(html, change, WithTag),
        ["cards"] = static (html, change, _) => ForEach(html, change, WithCards),
        ["clone"] = static (html, change, content) => WithCopy(html, Values.Text(change) ?? "", content),
        ["remove"] = static (html, change, _) => WithoutCard(html, Values.Text(change) ?? ""),
        ["dangerous"] = static (html, _, _) => Markup.IsDangerous(html) ? "Y" : "N",
        ["marked"] = static (html, splitter, _) => Markup.Marked(html, Values.Text(splitter) ?? ""),
        ["found"] = static (html, change, _) => Target(html, Values.Text(change) ?? "") is null ? "N" : "Y",
    };

    public static bool IsOne(JsonObject template) => template.ContainsKey(Html)
        && Changes.Keys.Count(template.ContainsKey) == 1 && template.All(static m => m.Key is Html or Content || Changes.ContainsKey(m.Key));

    public static string Of(Expression expression, JsonObject template)
    {
        var (name, change) = template.First(static m => Changes.ContainsKey(m.Key));
        return Changes[name](Values.Text(expression.Value(template[Html])) ?? "", expression.Value(change), Values.Text(expression.Value(template[Content])) ?? "");
    }

    private static string ForEach(string html, object? change, Func<string, string, JsonNode?, string> with) =>
        (change as JsonObject ?? []).Aggregate(html, (text, member) => with(text, member.Key, member.Value));

    /// <summary>The element at the position of the selector, or the first; null: there is none.</summary>
    private static Markup.Element? Target(string html, string selector) =>
        Markup.Find(html, selector) is var found && (Markup.Split(selector).At ?? 0) is var at && at < found.Count ? found[at] : null;

    /// <summary>Changes the element at the position, or without one all.</summary>
    private static string Everywhere(string html, string selector, Func<string, Markup.Element, string> with)
    {
        var (_, at) = Markup.Split(selector);
        var count = Markup.Find(html, selector).Count;
        for (var i = at ?? 0; i < (at is { } only ? Math.Min(only + 1, count) : count); i++)
        {
            if (Markup.Find(html, selector) is var found && i < found.Count)
                html = with(html, found[i]);
        }

        return html;
    }

    private static string WithNode(string html, string selector, JsonNode? value)
    {
        if (value is JsonObject { Count: 1 } only && only["attrs"] is JsonObject attributes)
            return WithAttributes(html, selector, attributes);
        if (Target(html, selector) is not { } element)
            return html;
        if (value is JsonArray classes)
            return Markup.WithAttribute(html, element, "class", $"{Markup.Attribute(html, element, "class")} {string.Join(' ', classes.Select(JsonValues.Text))}".Trim());
        if (value is not JsonObject members)
            return Markup.WithInner(html, element, JsonValues.Text(value) ?? "");
        if (JsonValues.Text(members["text"]) is { } inner)
            html = Markup.WithInner(html, element, inner);
        if (members.ContainsKey("href") && !members.ContainsKey("target"))
            html = Change(html, selector, "target", null);
        foreach (var (name, said) in members.Where(static m => m.Key != "text" && m.Value is JsonValue))
        {
            var text = JsonValues.Text(said) ?? "";
            html = Change(html, selector, name == "source" ? "data-source" : name, name == "src" && text.StartsWith("http://", StringComparison.Ordinal) ? "https" + text[4..] : text);
        }

        return html;
    }

    private static string Change(string html, string selector, string name, string? value) => Target(html, selector) is { } element ? Markup.WithAttribute(html, element, name, value) : html;

    private static string WithAttributes(string html, string selector, JsonNode? attributes) => Everywhere(html, selector, (text, element) =>
        (attributes as JsonObject ?? []).Aggregate(text, (changed, a) =>
        {
            var value = a.Value is JsonObject or JsonArray ? a.Value.ToJsonString() : JsonValues.Text(a.Value) ?? "";
            return Markup.WithAttribute(changed, element with { Inner = element.Inner + changed.Length - text.Length }, a.Key, value);
        }));

    private static string WithStyle(string html, string selector, JsonNode? style) => Everywhere(html, selector, (text, element) =>
    {
        var classes = style is JsonObject members ? members["classList"] : style;
        var changed = classes is null ? text : Markup.WithAttribute(text, element, "class", classes is JsonArray list ? string.Join(' ', list.Select(JsonValues.Text)) : JsonValues.Text(classes));
        if (style?.GetValueKind() != JsonValueKind.Object || style["style"] is not JsonObject inline)
            return changed;
        var now = (Markup.Attribute(text, element, "style") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static p => p.Split(':', 2))
            .Where(static p => p.Length == 2).ToDictionary(static p => p[0].Trim(), static p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        foreach (var (property, value) in inline)
            now[property] = JsonValues.Text(value) ?? "";
        return Markup.WithAttribute(changed, element with { Inner = element.Inner + changed.Length - text.Length }, "style", string.Join("; ", now.Select(static p => $"{p.Key}: {p.Value}")));
    });

    private static string WithTag(string html, string selector, JsonNode? tag) => Target(html, selector) is { } element
        ? Markup.WithTag(html, element, JsonValues.Text(tag)?.Trim().ToLowerInvariant() is { } wanted && Tags.Contains(wanted) ? wanted : "div")
        : html;

    /// <summary>Behind the card at the position; without one, in front of the first. Without content it is a copy.</summary>
    private static string WithCopy(string html, string selector, string content)
    {
        if (Target(html, selector) is not { } card)
            return html;
        var made = string.IsNullOrWhiteSpace(content) ? Markup.Outer(html, card) : content;
        var place = Markup.Split(selector).At is null ? card.Start : card.End;
        return html[..place] + made + html[place..];
    }

    private static string WithoutCard(string html, string selector) => Target(html, selector) is { } card ? html[..card.Start] + html[card.End..] : html;

    private static string WithCards(string html, string selector, JsonNode? change)
    {
        if (change is not JsonObject members)
            return html;
        if (members["source"] is JsonArray { Count: > 0 } source && Markup.Find(html, selector) is { Count: > 0 } cards)
        {
            var made = source.Take(MostCards).Select(s => int.TryParse(JsonValues.Text(s is JsonObject from ? from["value"] : s), out var at) && at >= 0 && at < cards.Count ? cards[at] : cards[0])
                .Select(c => Markup.Outer(html, c)).ToList();
            foreach (var card in cards.Skip(1).Reverse())
                html = html[..card.Start] + html[card.End..];
            html = html[..cards[0].Start] + string.Concat(made) + html[cards[0].End..];
        }

        return (members["values"] as JsonArray ?? []).OfType<JsonObject>().Aggregate(html, static (text, values) => ForEach(text, values, WithNode));
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Bitrix24.Gen.Analyzers;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Writes a literal value as the type that the field has, where it means the same.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConvertFixProvider))]
public sealed class ConvertFixProvider : TextFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.Type);

    private protected override string? Title(SyntaxNode root, Diagnostic diagnostic) =>
        Change(root, diagnostic) is { } change ? $"Change to {change.NewText}" : null;

    private protected override IEnumerable<TextChange> Changes(SyntaxNode root, ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.Select(d => Change(root, d)).OfType<TextChange>();

    private static TextChange? Change(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(FixData.Type, out var type) || type is null)
            return null;
        var span = diagnostic.Location.SourceSpan;
        var node = root.FindNode(span, getInnermostNodeForTie: true);
        if (node is LiteralExpressionSyntax literal && literal.Span == span)
            return Convert(JsonTranslator.Scalar(literal.Token.Value, default), type, "\"", span, inJson: false);
        return ElementList.InJson(node) is { } json && At(json, span) is { } value
            ? Convert(value, type, CSharpSource.Quote(root, span.Start), span, inJson: true)
            : null;
    }

    private static TextChange? Convert(JsonNode value, string type, string quote, TextSpan span, bool inJson)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            var element = type.Substring(0, type.Length - 2);
            var item = Fits(value, element) ? Write(value, quote) : To(value, element, quote);
            return item is null ? null : new(span, inJson ? $"[{item}]" : $"new[] {{ {item} }}");
        }

        return To(value, type, quote) is { } text ? new(span, text) : null;
    }

    private static string? To(JsonNode value, string type, string quote) => (type, value) switch
    {
        ("string", JsonNumber number) => quote + number.Text + quote,
        ("string", JsonBool flag) => quote + (flag.Value ? "true" : "false") + quote,
        ("bool", _) when Flag(value) is { } flag => flag ? "true" : "false",
        ("yn", _) when Flag(value) is { } flag => quote + (flag ? "Y" : "N") + quote,
        ("int" or "long", JsonNumber number) when number.TryGetDecimal(out var given) && given == decimal.Truncate(given) =>
            decimal.Truncate(given).ToString(CultureInfo.InvariantCulture),
        ("int" or "long", JsonString text) when long.TryParse(text.Value.Replace(" ", ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) =>
            given.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static bool? Flag(JsonNode value) => value switch
    {
        JsonBool flag => flag.Value,
        JsonNumber { Text: "1" } or JsonString { Value: "1" or "Y" or "y" or "true" or "True" } => true,
        JsonNumber { Text: "0" } or JsonString { Value: "0" or "N" or "n" or "false" or "False" } => false,
        _ => null,
    };

    private static bool Fits(JsonNode value, string type) => type switch
    {
        "int" or "long" => value is JsonNumber number && number.TryGetInt64(out _),
        "double" or "decimal" => value is JsonNumber,
        "string" => value is JsonString,
        "bool" => value is JsonBool,
        _ => false,
    };

    private static string? Write(JsonNode value, string quote) => value switch
    {
        JsonString text when CSharpSource.IsPlain(text.Value) => quote + text.Value + quote,
        JsonNumber number => number.Text,
        JsonBool flag => flag.Value ? "true" : "false",
        _ => null,
    };

    private static JsonNode? At(JsonNode node, TextSpan span) => node switch
    {
        JsonObject value => value.Properties.Select(p => At(p.Value, span)).FirstOrDefault(static v => v is not null),
        JsonArray value => value.Items.Select(i => At(i, span)).FirstOrDefault(static v => v is not null),
        _ => node.Range.ToSpan() == span ? node : null,
    };
}

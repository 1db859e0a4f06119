using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>Reads <c>CallAsync(HttpMethod.Get, "/v1/deals?limit=5")</c> as a method of the API and its parameters.</summary>
internal sealed class HttpCalls(SpecCatalog catalog)
{
    /// <summary>Stands in a path for what only the running program knows.</summary>
    private const char Hole = '\u0001';

    private readonly ConcurrentDictionary<string, HttpRouteTable> _routes = new(StringComparer.Ordinal);

    /// <summary>The method that a call reaches and its parameters; null where the source does not tell, or where the fault is reported.</summary>
    public (KnownMethod Method, JsonNode Parameters)? Read(
        ApiCall call, JsonTranslator translator, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (Verb(call) is not { } verb || ApiCalls.Argument(call.Operation, "path") is not { } argument
            || Path(argument, cancellationToken) is not { } address)
        {
            return null;
        }

        var question = address.IndexOf('?');
        var path = question < 0 ? address : address.Substring(0, question);
        var specs = catalog.SetOfApi(call.Api, cancellationToken);
        var routes = _routes.GetOrAdd(call.Api, api => HttpRouteTable.Create(specs, api));
        if (routes.Find(verb, path) is not { } match)
        {
            if (Fault(routes, verb, path) is { } fault)
                report(Reports.Create(Descriptors.UnknownMethod, call.NameNode.GetLocation(), fault));
            return null;
        }

        var body = ApiCalls.Argument(call.Operation, "body") is { } given ? translator.Translate(given) : null;
        var reader = new HttpRequestReader(specs, call.NameNode.Span.ToRange());
        var parameters = reader.Read(match, question < 0 ? "" : address.Substring(question), body is JsonNull ? null : body);
        return (new(match.Method, specs), WithHoles(parameters, body is JsonUnknown or JsonObject { Partial: true }));
    }

    private static string? Verb(ApiCall call) =>
        ApiCalls.Argument(call.Operation, "verb") is { } verb
        && Constants.Unwrap(verb) is IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType.Name: "HttpMethod" } property }
            ? property.Name.ToUpperInvariant()
            : null;

    private static string? Path(IOperation argument, CancellationToken cancellationToken)
    {
        if (Constants.String(argument, cancellationToken) is { } constant)
            return constant;
        if (Constants.Unwrap(argument) is not IInterpolatedStringOperation interpolated)
            return null;
        var text = new StringBuilder();
        foreach (var part in interpolated.Parts)
        {
            if (part is IInterpolatedStringTextOperation literal && Constants.String(literal.Text, cancellationToken) is { } given)
                text.Append(given);
            else if (part is IInterpolationOperation hole && Constants.TryGet(hole.Expression, out var value, cancellationToken) && value is string or int)
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
            else
                text.Append(Hole);
        }

        return text.ToString();
    }

    /// <summary>What is wrong with a path; null where it may be of a part of the API that the specs do not have.</summary>
    private static string? Fault(HttpRouteTable routes, string verb, string path)
    {
        if (routes.Verbs(path) is { Count: > 0 } verbs)
            return $"'{path}' does not answer to {verb}, but to {string.Join(", ", verbs)}";
        return routes.Stray(path) is var (segment, known) && segment.IndexOf(Hole) < 0 && Suggestion.Nearest(segment, known) is { } nearest
            ? $"Unknown path '{path.Replace(Hole, '…')}'; did you mean '{nearest}' for '{segment}'?"
            : null;
    }

    private static JsonObject WithHoles(JsonObject parameters, bool partial) => new(
        parameters.Range,
        [.. parameters.Properties.Where(static p => p.Name.IndexOf(Hole) < 0).Select(static p => p with { Value = WithHoles(p.Value) })])
    {
        Partial = partial || parameters.Partial || parameters.Properties.Any(static p => p.Name.IndexOf(Hole) >= 0),
    };

    private static JsonNode WithHoles(JsonNode value) => value switch
    {
        JsonString text when text.Value.IndexOf(Hole) >= 0 => new JsonUnknown(value.Range),
        JsonObject members => WithHoles(members, false),
        JsonArray list => new JsonArray(list.Range, [.. list.Items.Select(WithHoles)]) { Partial = list.Partial },
        _ => value,
    };
}

using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary>Reads the calls of HTTP-style APIs that are named by verb and path: <c>GET /v1/deals/5</c>.</summary>
/// <param name="set">The specs.</param>
internal sealed partial class RoutedCalls(SpecSet set)
{
    private readonly Dictionary<string, HttpRouteTable> _tables = new(StringComparer.Ordinal);

    /// <summary>Whether a method is named so, of an API whose methods have routes.</summary>
    public bool Is(CheckLine call) => Pattern().IsMatch(call.Method) && set.MethodNames(call.Api).Any(m => set.FindMethod(m, call.Api)!.Http is not null);

    /// <summary>The violations of such a call.</summary>
    public IReadOnlyList<SpecViolation> Validate(CheckLine call)
    {
        var parts = Pattern().Match(call.Method);
        var path = parts.Groups["path"].Value;
        var table = _tables.TryGetValue(call.Api, out var known) ? known : _tables[call.Api] = HttpRouteTable.Create(set, call.Api);
        var verb = parts.Groups["verb"].Success ? parts.Groups["verb"].Value.ToUpperInvariant()
            : table.Verbs(path) is [var only] ? only
            : call.Content is JsonObject { Properties.Count: > 0 } ? "POST" : "GET";
        if (table.Find(verb, path) is not { } match)
            return [Unknown(call, table, verb, path)];
        var given = call.Parameters;
        var hasBody = verb is not ("GET" or "DELETE" or "HEAD");
        var read = new HttpRequestReader(set).Read(match, parts.Groups["query"].Value, hasBody ? given : null);
        var parameters = hasBody || given is not JsonObject asked ? read
            : new JsonObject(default, [.. read.Properties, .. asked.Properties.Where(p => read.Find(p.Name) is null)]);
        return SpecValidator.ValidateCall(set, call.Api, match.Method.Name, parameters);
    }

    private SpecViolation Unknown(CheckLine call, HttpRouteTable table, string verb, string path)
    {
        var violation = SpecValidator.UnknownMethod(set, call.Api, call.Method);
        if (table.Verbs(path) is { Count: > 0 } verbs)
            return violation with { Message = $"\"{path}\" takes {string.Join(", ", verbs)}, not {verb}.", Suggestion = $"{verbs[0]} {path}", Severity = RuleSeverity.Error };
        var meant = table.Stray(path) is var (segment, known) && Suggestion.Nearest(segment, known) is { } nearest
            ? path.Replace("/" + segment, "/" + nearest, StringComparison.Ordinal) : null;
        return violation with
        {
            Message = $"Nothing is known of {verb} {path}.",
            Suggestion = meant,
            Severity = meant is not null || !set.Profile(call.Api).Partial ? RuleSeverity.Error : RuleSeverity.Info,
        };
    }

    [GeneratedRegex(@"^(?:(?<verb>[A-Za-z]+)\s+)?(?:https?://[^/\s]+)?(?<path>/[^?\s]*)(?<query>\?\S*)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}

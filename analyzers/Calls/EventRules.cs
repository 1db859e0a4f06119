using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>Events that a project binds and handles: a handler needs a binding, and both need the scope of the event.</summary>
internal sealed class EventRules(SpecCatalog catalog, KnownSymbols symbols)
{
    // Every application has it; a portal sends its events unasked.
    private const string BasicScope = "basic";
    private const string Endpoints = "Bitrix24ApplicationEndpoints";
    private const string EndpointsNamespace = "Microsoft.AspNetCore.Builder";

    private readonly ConcurrentQueue<(string Code, Location Location)> _handled = new();
    private readonly ConcurrentDictionary<string, bool> _bound = new(StringComparer.OrdinalIgnoreCase);
    private volatile bool _bindsUnknown;

    /// <summary>Looks at a call of a method that takes an event's code.</summary>
    public void CheckCall(ApiCall call, KnownMethod method, JsonNode? parameters, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        foreach (var parameter in method.Spec.Params)
        {
            if (parameter.Codes != CodeKind.Event)
                continue;
            if ((parameters as JsonObject)?.Find(parameter.Name)?.Value is not JsonString { Value: { Length: > 0 } code } value)
            {
                _bindsUnknown = true;
                continue;
            }

            _bound.TryAdd(code, true);
            var location = value.Range.Length == 0 ? call.NameLocation : Location.Create(call.NameNode.SyntaxTree, value.Range.ToSpan());
            CheckScope(code, ClientOf(call.Operation), method.Spec.Api, location, report, cancellationToken);
        }
    }

    /// <summary>Looks at an invocation that may register a handler.</summary>
    public void CheckHandler(IInvocationOperation invocation, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var target = invocation.TargetMethod;
        // It binds whatever has a handler.
        _bindsUnknown |= target is { Name: "BindEventsAsync", ContainingType.Name: Endpoints };
        if (target is { Name: "BindPlacementAsync", ContainingType.Name: Endpoints } && ApiCalls.Argument(invocation, "code") is { } placement
            && Constants.String(placement, cancellationToken) is { } bound)
        {
            CheckCode(CodeKind.Placement, "placement", bound, Constants.Unwrap(placement).Syntax.GetLocation(), report, cancellationToken);
            return;
        }

        if (target.Name == "SignEvent" && KnownSymbols.IsRuntimeType(target.ContainingType, "IncomingRequest") && ApiCalls.Argument(invocation, "code") is { } signed
            && Constants.String(signed, cancellationToken) is { } sent)
        {
            CheckCode(CodeKind.Event, "event", sent, Constants.Unwrap(signed).Syntax.GetLocation(), report, cancellationToken);
            return;
        }

        if (target.Name != "On" || target.ContainingType is not { Name: Endpoints } endpoints || !KnownTypes.IsIn(endpoints, EndpointsNamespace)
            || CodeOf(invocation, cancellationToken) is not var (code, location))
        {
            return;
        }

        _handled.Enqueue((code, location));
        CheckScope(code, endpoints.TypeArguments.FirstOrDefault(), SpecSelector.DefaultApi, location, report, cancellationToken);

        // A code as text may be of an event that nothing documents; one that is almost another is a slip.
        if (target.TypeArguments.Length == 0)
            CheckCode(CodeKind.Event, "event", code, location, report, cancellationToken);
    }

    /// <summary>Looks at a comparison of what arrived with the code of an event or placement.</summary>
    public void CheckComparison(IOperation operation, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        foreach (var compared in ComparedText.In(operation, static o => KindOf(o) is not null, cancellationToken))
        {
            var kind = KindOf(compared.Value)!.Value;
            var (location, upper) = (compared.Node.GetLocation(), compared.Text.ToUpperInvariant());
            if (kind == CodeKind.Event && compared.IsExact && upper != compared.Text && catalog.Codes(SpecSelector.DefaultApi, kind, cancellationToken).Any(k => CodeRule.Matches(kind, k, upper)))
                report(Reports.Create(Descriptors.UnknownCode, location, FixData.Replace(upper), $"Codes of events arrive in upper case: '{upper}'"));
            else
                CheckCode(kind, CodeRule.Noun(kind), compared.Text, location, report, cancellationToken);
        }
    }

    /// <summary>What kind of code a property has; null: it has none.</summary>
    private static CodeKind? KindOf(IOperation operation) =>
        Constants.Unwrap(operation) is not IPropertyReferenceOperation { Property: { ContainingType: var type, Name: var name } } ? null
        : (name == "Code" && KnownSymbols.IsRuntimeType(type, "IncomingEvent")) || (name == "EventCode" && KnownSymbols.IsRuntimeType(type, "Bitrix24Event")) ? CodeKind.Event
        : (name == "Code" && KnownSymbols.IsRuntimeType(type, "IncomingPlacement")) || (name == "PlacementCode" && KnownSymbols.IsRuntimeType(type, "Bitrix24Placement")) ? CodeKind.Placement
        : null;

    private void CheckCode(CodeKind kind, string what, string code, Location location, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var known = catalog.Codes(SpecSelector.DefaultApi, kind, cancellationToken);
        if (known.Any(k => CodeRule.Matches(kind, k, code)))
            return;
        var other = kind == CodeKind.Event ? CodeKind.Placement : CodeKind.Event;
        if (catalog.Codes(SpecSelector.DefaultApi, other, cancellationToken).Any(k => CodeRule.Matches(other, k, code)))
            report(Reports.Create(Descriptors.UnknownCode, location, kind == CodeKind.Event ? $"'{code}' is a placement, not an event" : $"'{code}' is an event, not a placement"));
        else if (Suggestion.Nearest(code.ToUpperInvariant(), known) is { } nearest)
            report(Reports.Create(Descriptors.UnknownCode, location, FixData.Replace(nearest), $"No {what} '{code}' is documented; did you mean '{nearest}'?"));
    }

    /// <summary>Reports handlers of events that no call binds, where every binding names its event.</summary>
    public void ReportUnbound(Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (_bindsUnknown || _handled.IsEmpty)
            return;
        var scopes = catalog.EventScopes(SpecSelector.DefaultApi, cancellationToken);
        foreach (var (code, location) in _handled)
        {
            if (!_bound.Keys.Any(b => CodeRule.Matches(CodeKind.Event, code, b)) && !(scopes.TryGetValue(code, out var scope) && scope == BasicScope))
                report(Reports.Create(Descriptors.UnboundEvent, location, $"No call binds '{code}': the portal does not send it until event.bind names it"));
        }
    }

    private void CheckScope(string code, ITypeSymbol? client, string api, Location location, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (client is null || ScopesOf(client) is not { } granted
            || !catalog.EventScopes(api, cancellationToken).TryGetValue(code, out var scope)
            || scope is null or BasicScope || granted.Contains(scope, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        report(Reports.Create(
            Descriptors.ScopeNotCovered, location, $"'{code}' needs the scope '{scope}', which is not among the scopes of '{client.Name}' ({string.Join(", ", granted)})"));
    }

    private static (string Code, Location Location)? CodeOf(IInvocationOperation invocation, CancellationToken cancellationToken)
    {
        // The record, and the class of the handler where it is one.
        if (invocation.TargetMethod.TypeArguments is [{ } record, ..])
        {
            return record.GetMembers("Code").OfType<IFieldSymbol>().FirstOrDefault() is { IsConst: true, ConstantValue: string code }
                ? (code, invocation.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } ? name.GetLocation() : invocation.Syntax.GetLocation())
                : null;
        }

        return ApiCalls.Argument(invocation, "code") is { } argument && Constants.String(argument, cancellationToken) is { } text
            ? (text, Constants.Unwrap(argument).Syntax.GetLocation())
            : null;
    }

    private static IReadOnlyCollection<string>? ScopesOf(ITypeSymbol client) => client.GetAttributes()
        .Where(static a => ApiClients.Api(a.AttributeClass) is not null)
        .SelectMany(static a => a.NamedArguments)
        .Where(static a => a is { Key: "Scopes", Value: { Kind: TypedConstantKind.Array, IsNull: false } })
        .Select(static a => (IReadOnlyCollection<string>)[.. a.Value.Values.Select(static v => v.Value).OfType<string>()])
        .FirstOrDefault();

    // "portal.Event.BindAsync": the client is where the chain begins.
    private ITypeSymbol? ClientOf(IInvocationOperation invocation)
    {
        for (var instance = invocation.Instance; instance is not null; instance = (instance as IPropertyReferenceOperation)?.Instance)
        {
            if (symbols.IsClient(instance.Type))
                return instance.Type;
        }

        return null;
    }
}

using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>Checks API calls and objects of generated types by the specs of one compilation.</summary>
internal sealed class CallChecker
{
    private readonly SpecCatalog _catalog;
    private readonly ApiCalls _calls;
    private readonly TypedModels _models;
    private readonly HttpCalls _http;
    private readonly QueryNames _names;
    private readonly EventRules _events;
    private readonly CallParameters _parameters;
    private readonly ObjectParts _parts;

    public CallChecker(KnownSymbols symbols, SpecCatalog catalog)
    {
        _catalog = catalog;
        _calls = new(symbols);
        _models = new(catalog);
        _http = new(catalog);
        _names = new(_calls, _models, catalog);
        _events = new(catalog, symbols);
        _parameters = new(_models);
        _parts = new(_calls, _models, catalog);
    }

    public void CheckInvocation(IInvocationOperation invocation, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var isCall = false;
        foreach (var call in _calls.ReadAll(invocation, cancellationToken))
        {
            isCall = true;
            CheckCall(call, report, cancellationToken);
        }

        if (isCall)
            return;
        CheckBatched(invocation, report, cancellationToken);
        CheckName(invocation, report, cancellationToken);
        _events.CheckHandler(invocation, report, cancellationToken);
        _events.CheckComparison(invocation, report, cancellationToken);
    }

    private void CheckCall(ApiCall call, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (call.Form == CallForm.Http)
        {
            if (_http.Read(call, _models.Translator(cancellationToken), report, cancellationToken) is var (reached, given))
                Check(call, reached, given, report, cancellationToken);
        }
        else if (call.Form == CallForm.Raw && _catalog.Profile(call.Api, cancellationToken).Batch is { } batch && batch.Is(call.Name))
        {
            CheckRawBatch(call, batch, report, cancellationToken);
        }
        else if (Find(call, cancellationToken) is { } method)
        {
            Check(call, method, _parameters.Of(call, method, report, cancellationToken), report, cancellationToken);
        }
        else if (call.Form == CallForm.Raw)
        {
            CheckUnknown(call, report, cancellationToken);
        }
    }

    /// <summary>The method called; a name that is the spec's own is none that a server knows.</summary>
    private KnownMethod? Find(ApiCall call, CancellationToken cancellationToken) =>
        _catalog.FindMethod(call.Name, call.Api, cancellationToken) is { } method && (call.Form != CallForm.Raw || method.Spec.Calls is null) ? method : null;

    private void Check(
        ApiCall call, KnownMethod method, JsonNode? parameters, Action<Diagnostic> report, CancellationToken cancellationToken, BatchSpec? batch = null)
    {
        var once = new ReportedOnce(report);
        var reporter = new ViolationReporter(once.Report, call.NameNode);
        foreach (var given in Choices.Of(parameters))
        {
            var violations = SpecValidator.Validate(method.Specs, method.Spec, given);
            foreach (var violation in batch is null ? violations : BatchedCalls.Explain(batch, violations))
                reporter.Report(violation, method);
            CheckCodes(call, method, given, once.Report, cancellationToken);
        }

        CheckUsage(call, method.Spec, parameters, report, cancellationToken);
    }

    private void CheckCodes(ApiCall call, KnownMethod method, JsonNode? parameters, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        foreach (var (_, _, range, message, nearest) in CodeRule.Check(method.Spec, parameters, kind => _catalog.Codes(method.Spec.Api, kind, cancellationToken)))
        {
            var location = range.Length == 0 ? call.NameLocation : Location.Create(call.NameNode.SyntaxTree, range.ToSpan());
            report(Reports.Create(Descriptors.UnknownCode, location, FixData.Replace(nearest), message));
        }

        _events.CheckCall(call, method, parameters, report, cancellationToken);
    }

    /// <summary>A comparison with a constant.</summary>
    public void CheckComparison(IOperation operation, Action<Diagnostic> report, CancellationToken cancellationToken) =>
        _events.CheckComparison(operation, report, cancellationToken);

    /// <summary>What is known once every call has been looked at.</summary>
    public void Complete(Action<Diagnostic> report, CancellationToken cancellationToken) => _events.ReportUnbound(report, cancellationToken);

    /// <summary>A batch as the call that it is, and the calls within, each as if it was sent alone.</summary>
    private void CheckRawBatch(ApiCall batch, BatchSpec form, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var parameters = _parameters.OfRaw(batch, report, cancellationToken);
        if (_catalog.FindMethod(batch.Name, batch.Api, cancellationToken) is { } own)
            Check(batch, own, parameters, report, cancellationToken, form);
        foreach (var each in BatchedCalls.Read(form, parameters, node => BatchCommandText.Read(batch, node, cancellationToken)))
        {
            var call = batch with { Name = each.Method, NameSpan = each.Range.ToSpan() };
            if (Find(call, cancellationToken) is not { } method)
            {
                CheckUnknown(call, report, cancellationToken);
                continue;
            }

            if (Retirement(method.Spec) is { } retired)
                report(Reports.Create(retired.Descriptor, call.NameLocation, retired.Message));
            var reporter = new ViolationReporter(report, batch.NameNode) { Within = call.NameLocation.SourceSpan };
            foreach (var violation in SpecValidator.Validate(method.Specs, method.Spec, each))
                reporter.Report(violation, method);
            CheckCodes(call, method, each.Parameters, report, cancellationToken);
        }
    }

    /// <summary>An object of a generated type that is not written where a call takes it.</summary>
    public void CheckCreation(IObjectCreationOperation creation, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (creation.Type is { IsValueType: true })
        {
            CheckName(creation, report, cancellationToken);
            return;
        }

        WidgetRule.Check(creation, report, cancellationToken);
        if (_models.Of(creation.Type, cancellationToken) is not { } model || _parts.IsPartOfAnother(creation, cancellationToken))
            return;
        if (_models.Translate(creation, _models.Translator(cancellationToken, isFinal: false)) is { } value)
            CheckObject(model, value, creation.Syntax, report);
    }

    /// <summary>An assignment to a property of a generated type outside of an object initializer.</summary>
    public void CheckAssignment(ISimpleAssignmentOperation assignment, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (assignment.Target is not IPropertyReferenceOperation target
            || assignment.Parent is IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation })
        {
            return;
        }

        var translator = _models.Translator(cancellationToken, isFinal: false);
        if (target.Instance is IPropertyReferenceOperation { Instance.Type: { } owner } extra && TypedModels.IsExtra(extra))
            CheckMember(_models.Of(owner, cancellationToken), translator.Member(assignment), assignment.Syntax, report);
        else if (_models.Of(target.Property.ContainingType, cancellationToken) is { } model)
            CheckMember(model, TypedModels.Property(target, assignment.Value, model, translator), assignment.Syntax, report);
    }

    private static void CheckMember(TypedModel? model, JsonProperty? member, SyntaxNode node, Action<Diagnostic> report)
    {
        if (model is not null && member is not null)
            CheckObject(model, new JsonObject(node.Span.ToRange(), [member]) { Partial = true }, node, report);
    }

    /// <summary>A field name that a typed query takes as text.</summary>
    private void CheckName(IOperation operation, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (_names.Read(operation, cancellationToken) is not var (method, parameters, node))
            return;
        var reporter = new ViolationReporter(report, node);
        foreach (var violation in SpecValidator.Validate(method.Specs, method.Spec, parameters))
            reporter.Report(violation, method);
    }

    public void CheckTry(ITryOperation operation, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        foreach (var (node, code, nearest) in new ErrorCodeRule(_calls, _catalog, cancellationToken).Check(operation))
        {
            report(Reports.Create(
                Descriptors.UnknownErrorCode,
                node.GetLocation(),
                FixData.Replace(nearest),
                $"No call in this try block answers '{code}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?")));
        }
    }

    private JsonTranslator Translator(CancellationToken cancellationToken, bool isFinal = true) => new(_models.Translate, isFinal, cancellationToken);

    private static void CheckObject(TypedModel model, JsonNode value, SyntaxNode node, Action<Diagnostic> report)
    {
        var parameters = model.IsView
            ? new JsonObject(value.Range, [new(TypedModels.ViewParameter, value.Range, value)]) { Partial = true }
            : value;
        var reporter = new ViolationReporter(new ReportedOnce(report).Report, node);
        foreach (var violation in Choices.Of(parameters).SelectMany(given => SpecValidator.Validate(model.Specs, model.Method, given)))
        {
            // What concerns the method as a whole is said where it is called.
            if (violation.Path.Length > 0)
                reporter.Report(violation, new(model.Method, model.Specs));
        }
    }

    private void CheckUnknown(ApiCall call, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var violation = SpecValidator.UnknownMethod(_catalog.SetOfApi(call.Api, cancellationToken), call.Api, call.Name);
        var nearest = violation.Suggestion;
        report(Reports.Create(
            Descriptors.UnknownMethod,
            call.NameLocation,
            ViolationReporter.Severity(violation, Descriptors.UnknownMethod),
            additionalLocations: null,
            FixData.Replace(call.Written(nearest)),
            (violation.Rule != "method" ? violation.Message.TrimEnd('.') : $"Unknown method '{call.Name}'") + (nearest is null ? "" : $"; did you mean '{nearest}'?")));
    }

    private void CheckUsage(
        ApiCall call, MethodSpec method, JsonNode? parameters, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var syntax = call.Operation.Syntax;
        if (Retirement(method) is { } retired)
            report(Reports.Create(retired.Descriptor, call.NameLocation, Replacement(call, method, cancellationToken), retired.Message));
        if (!method.AllowWebhook && Credentials.IsWebhook(call, cancellationToken))
            Report(Descriptors.WrongCredentials, $"'{method.Name}' needs an application's credentials; this client was made from a webhook");
        if (call.Operation.SemanticModel is { } model && LoopRule.Applies(call, method, model, cancellationToken))
            Report(Descriptors.CallInLoop, $"'{method.Name}' is called once an item: a batch carries fifty calls in one request");
        if (FirstPageRule.Applies(call, method, parameters) && !FirstPageRule.IsInLoop(syntax))
            Report(Descriptors.FirstPageOnly, $"'{method.Name}' answers page by page; this call reads the first one only");

        void Report(DiagnosticDescriptor descriptor, string message) =>
            report(Reports.Create(descriptor, call.NameLocation, message));
    }

    /// <summary>What is said of a method that goes away, or is developed no further.</summary>
    private static (DiagnosticDescriptor Descriptor, string Message)? Retirement(MethodSpec method)
    {
        var instead = method.Replacement is { } replacement ? $"; call '{replacement}' instead" : "";
        return method.Deprecated ? (Descriptors.Deprecated, $"'{method.Name}' is deprecated{instead}")
            : method.Superseded ? (Descriptors.Superseded, $"'{method.Name}' is superseded: it works, but its development has stopped{instead}")
            : null;
    }

    /// <summary>The replacement of a deprecated or superseded method, where a call needs no other change to use it.</summary>
    private ImmutableDictionary<string, string?> Replacement(ApiCall call, MethodSpec method, CancellationToken cancellationToken) =>
        FixData.Replace(
            call.Form == CallForm.Raw && method.Replacement is { } name
            && _catalog.FindMethod(name, call.Api, cancellationToken) is { } other && other.Spec.Params == method.Params
                ? call.Written(name)
                : null);

    /// <summary>A request that is put into a batch: whether it may be there, and what it says beside what earlier calls answer.</summary>
    private void CheckBatched(IInvocationOperation invocation, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (!BatchedRequest.IsAdd(invocation))
            return;
        foreach (var argument in invocation.Arguments)
        {
            var request = Constants.Unwrap(argument.Value);
            if (request.Type is not { } type || _models.Of(type, cancellationToken) is not { IsView: false } model)
                continue;
            if (!model.Method.Batchable)
                report(Reports.Create(Descriptors.WrongCredentials, request.Syntax.GetLocation(), $"'{model.Method.Name}' is not allowed in a batch"));
            if (request is IObjectCreationOperation creation && _models.Translate(creation, _models.Translator(cancellationToken)) is { } value
                && BatchedRequest.WithoutBound(value, invocation, cancellationToken) is { } given)
            {
                CheckObject(model, given, creation.Syntax, report);
            }
        }
    }
}

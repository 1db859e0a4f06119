using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>What typed queries take as text: <c>Filter.Raw(">ID", 5)</c>, <c>new SelectField("ID")</c>, <c>new OrderField("ID")</c>.</summary>
internal sealed class QueryNames(ApiCalls calls, TypedModels models, SpecCatalog catalog)
{
    /// <summary>
    /// The call that asks, and the name, with the value of a condition, as a parameter of it; null where the operation names no field, or the source
    /// does not tell which method it is for.
    /// </summary>
    public (KnownMethod Method, JsonObject Parameters, SyntaxNode Node)? Read(IOperation operation, CancellationToken cancellationToken)
    {
        if (Name(operation) is not var (view, name, value) || Constants.String(name, cancellationToken) is not { Length: > 0 } text
            || Context(operation, view, cancellationToken) is not var (method, parameter, isView))
        {
            return null;
        }

        var range = name.Syntax.Span.ToRange();
        var parameters = Partial(new(parameter.Name, range, Query(view, text, Value(value, range, cancellationToken), method, range)));
        return (method, isView ? Partial(new(TypedModels.ViewParameter, range, parameters)) : parameters, name.Syntax);
    }

    /// <summary>The method and the parameter whose fields an operation may name.</summary>
    public (KnownMethod Method, FieldSpec Parameter, View View)? Fields(IOperation operation, CancellationToken cancellationToken) =>
        Name(operation) is var (view, _, _) && Context(operation, view, cancellationToken) is var (method, parameter, _) ? (method, parameter, view) : null;

    private static (View View, IOperation Name, IOperation? Value)? Name(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "Raw", ContainingType: var type } } raw
            when KnownSymbols.IsRuntimeType(type, "Filter") && ApiCalls.Argument(raw, "key") is { } key
            => (View.Filter, key, ApiCalls.Argument(raw, "value") ?? ApiCalls.Argument(raw, "values")),
        IObjectCreationOperation { Arguments: [{ Value: var name }, ..], Type: var type } when KnownSymbols.IsRuntimeType(type, "SelectField") => (View.Select, name, null),
        IObjectCreationOperation { Arguments: [{ Value: var name }, ..], Type: var type } when KnownSymbols.IsRuntimeType(type, "OrderField") => (View.Order, name, null),
        _ => null,
    };

    private static JsonNode Value(IOperation? value, TextRange range, CancellationToken cancellationToken) =>
        value is null ? new JsonUnknown(range) : new JsonTranslator(typed: null, isFinal: true, cancellationToken).Translate(value);

    private static JsonNode Query(View view, string text, JsonNode value, KnownMethod method, TextRange range)
    {
        if (view == View.Select)
            return new JsonArray(range, [new JsonString(range, text)]) { Partial = true };
        if (view == View.Order)
            return Partial(new(text, range, new JsonUnknown(range)));
        if (!method.Specs.Profile(method.Spec.Api).FilterConditions)
            return Partial(new(text, range, value));
        var name = text.TrimStart('<', '>', '=', '!', '@', '%', '~', '?', '*');
        return new JsonArray(range, [new JsonArray(range, [new JsonString(range, name), new JsonUnknown(range), new JsonUnknown(range)])]) { Partial = true };
    }

    private static JsonObject Partial(JsonProperty property) => new(property.NameRange, [property]) { Partial = true };

    /// <summary>The innermost call or generated object around the operation that has a filter, select or order.</summary>
    private (KnownMethod Method, FieldSpec Parameter, bool IsView)? Context(IOperation operation, View view, CancellationToken cancellationToken)
    {
        if (operation.SemanticModel is not { } semantics)
            return null;
        for (var node = operation.Syntax.Parent; node is not (null or MemberDeclarationSyntax); node = node.Parent)
        {
            if (node is InvocationExpressionSyntax
                && semantics.GetOperation(node, cancellationToken) is IInvocationOperation invocation
                && calls.Read(invocation, cancellationToken) is { Form: CallForm.Typed } call
                && catalog.FindMethod(call.Name, call.Api, cancellationToken) is { } method)
            {
                return Parameter(method.Spec.Params, view) is { } parameter ? (method, parameter, false) : null;
            }

            if (node is BaseObjectCreationExpressionSyntax
                && models.Of(semantics.GetTypeInfo(node, cancellationToken).Type, cancellationToken) is { } model
                && Parameter(model.Fields.Values, view) is { } field)
            {
                return (new(model.Method, model.Specs), field, model.IsView);
            }
        }

        return null;
    }

    private static FieldSpec? Parameter(IEnumerable<FieldSpec> fields, View view) => fields.FirstOrDefault(f => f.As == view);
}

using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Calls;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Completion;

/// <summary>Finds out which names of an API a string literal may hold, by where it stands.</summary>
internal sealed class StringNames(KnownSymbols symbols, SpecCatalog catalog)
{
    private static readonly IReadOnlyList<(string Name, string Description)> None = [];

    // No name begins with one of these.
    private const string Operators = "<>=!@%~?*+-&";

    private readonly ApiCalls _calls = new(symbols);
    private readonly TypedModels _models = new(catalog);

    /// <summary>The string literal around a position, between its quotes.</summary>
    public static LiteralExpressionSyntax? LiteralAt(SyntaxNode root, int position) =>
        position > 0 && root.FindToken(position - 1).Parent is LiteralExpressionSyntax literal
        && literal.IsKind(SyntaxKind.StringLiteralExpression) && literal.SpanStart < position
            ? literal
            : null;

    /// <summary>What a completed name replaces: all between the quotes, but for the operator of a filter in front of it.</summary>
    public static TextSpan ContentOf(LiteralExpressionSyntax literal)
    {
        var text = literal.Token.Text;
        var at = text.StartsWith("@", StringComparison.Ordinal) ? 1 : 0;
        var quotes = literal.Token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken) ? text.Length - text.TrimStart('"').Length : 1;
        var open = Math.Min(text.Length, at + quotes);
        var close = text.Length >= open + quotes && text.EndsWith("\"", StringComparison.Ordinal) ? quotes : 0;
        while (open < text.Length - close && Operators.IndexOf(text[open]) >= 0)
            open++;
        return TextSpan.FromBounds(literal.SpanStart + open, literal.Span.End - close);
    }

    /// <summary>The names, each with a word on what it is; empty where the string names nothing that is known.</summary>
    public IReadOnlyList<(string Name, string Description)> Find(LiteralExpressionSyntax literal, SemanticModel model, CancellationToken cancellationToken)
    {
        if (literal.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { Parent.Parent: AttributeSyntax attribute })
            return Selectors(attribute, model, cancellationToken);
        if (Typed(literal, model, cancellationToken) is { } typed)
            return typed;
        foreach (var position in LiteralPosition.Of(literal))
        {
            if (model.GetOperation(position.Call, cancellationToken) is IInvocationOperation operation
                && symbols.IsClient(operation.TargetMethod.ContainingType)
                && operation.TargetMethod.Name == "CallAsync")
            {
                return Raw(operation, position, cancellationToken);
            }
        }

        return None;
    }

    private IReadOnlyList<(string, string)> Selectors(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellationToken)
    {
        if (ApiClients.Api(model.GetTypeInfo(attribute, cancellationToken).Type as INamedTypeSymbol) is not { } api)
            return None;
        var files = catalog.BaseNames(api).Where(static f => f != SpecFileName.Profile).ToList();
        return [.. files.Select(static f => f.Split('.')[0]).Concat(files).Distinct(StringComparer.Ordinal).OrderBy(static f => f, StringComparer.Ordinal).Select(f => (f, api))];
    }

    /// <summary>Names that typed queries take as text.</summary>
    private IReadOnlyList<(string, string)>? Typed(LiteralExpressionSyntax literal, SemanticModel model, CancellationToken cancellationToken)
    {
        if (literal.Parent is not ArgumentSyntax { Parent.Parent: ExpressionSyntax around } || model.GetOperation(around, cancellationToken) is not { } operation)
            return null;
        if (new QueryNames(_calls, _models, catalog).Fields(operation, cancellationToken) is not var (method, field, view))
            return null;
        return Fields(method, field, view);
    }

    private IReadOnlyList<(string, string)> Raw(IInvocationOperation invocation, LiteralPosition position, CancellationToken cancellationToken)
    {
        if (position.Argument == "method")
            return [.. Methods(_calls.ApiOf(invocation), cancellationToken)];
        if (position.Argument != "parameters" || _calls.Read(invocation, cancellationToken) is not { Form: CallForm.Raw } call
            || catalog.FindMethod(call.Name, call.Api, cancellationToken) is not { } method)
        {
            return None;
        }

        if (!position.IsKey && catalog.Profile(call.Api, cancellationToken).Batch is { } batch && batch.Is(call.Name) && position.Steps is [var commands, ..] && commands == batch.Param)
            return [.. catalog.MethodNames(call.Api, cancellationToken).Select(n => (n, call.Api))];
        var fields = method.Spec.Params;
        FieldSpec? field = null;
        foreach (var step in position.Steps)
        {
            // Below a filter, a selection or an order stand names of fields, which are keys of the query and not members.
            if (field?.As is View.Filter or View.Select or View.Order)
                return field.As == View.Order && !position.IsKey ? Directions(method) : None;
            if (fields.FirstOrDefault(f => f.Name == step) is not { } next)
                return None;
            field = next;
            fields = Type(method, field)?.Fields ?? default;
        }

        if (field?.As is View.Filter or View.Select or View.Order)
            return position.IsKey == (field.As != View.Select) ? Fields(method, field, field.As.Value) : None;
        if (position.IsKey)
            return [.. fields.Select(static f => (f.Name, Describe(f)))];
        return field is null ? None : Values(method, field, cancellationToken);
    }

    private IReadOnlyList<(string, string)> Values(KnownMethod method, FieldSpec field, CancellationToken cancellationToken)
    {
        if (field.Codes is { } kind)
            return [.. catalog.Codes(method.Spec.Api, kind, cancellationToken).Select(c => (c, kind.ToString().ToLowerInvariant()))];
        var values = field.Enum.Count > 0 ? field.Enum : Type(method, field)?.Scalar?.Enum ?? default;
        return [.. values.Select(v => (v, field.Name))];
    }

    private static IReadOnlyList<(string, string)> Fields(KnownMethod method, FieldSpec parameter, View view) =>
        [.. (Type(method, parameter)?.Fields ?? default)
            .Where(f => view switch { View.Filter => f.Filterable, View.Select => f.Selectable, _ => f.Sortable })
            .Select(static f => (f.Name, Describe(f)))];

    private static IReadOnlyList<(string, string)> Directions(KnownMethod method) =>
        [.. method.Specs.Profile(method.Spec.Api).OrderDirections.Select(static d => (d, "direction"))];

    private IEnumerable<(string, string)> Methods(string api, CancellationToken cancellationToken)
    {
        foreach (var name in catalog.MethodNames(api, cancellationToken))
            yield return (name, api);
        if (api != SpecSelector.DefaultApi)
            yield break;
        foreach (var name in catalog.MethodNames(SpecSelector.V3Api, cancellationToken))
            yield return (SpecSelector.InCall(SpecSelector.V3Api, name), "REST 3.0");
    }

    private static string Describe(FieldSpec field) => field.Type + (field.Required ? ", required" : field.ReadOnly ? ", read-only" : "");

    private static TypeSpec? Type(KnownMethod method, FieldSpec field)
    {
        var type = field.Type;
        while (type.Kind is Specs.TypeKind.Array or Specs.TypeKind.Map && type.Element is { } element)
            type = element;
        return type.Kind == Specs.TypeKind.Named ? method.Specs.ResolveType(type, method.Spec.Api) : null;
    }
}

using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>The parameters of a call as the wire would have them, as far as the source tells.</summary>
/// <param name="models">Knows generated types.</param>
internal sealed class CallParameters(TypedModels models)
{
    /// <summary>The parameters of a call that is no batch.</summary>
    public JsonNode? Of(ApiCall call, KnownMethod method, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        switch (call.Form)
        {
            case CallForm.Request:
                return ApiCalls.Argument(call.Operation, "request") is { } request
                    && Constants.Unwrap(request) is IObjectCreationOperation creation
                        ? models.Translate(creation, models.Translator(cancellationToken))
                        : Nothing(call);
            case CallForm.Typed:
                return TypedParameters(call, method, cancellationToken);
            default:
                return OfRaw(call, report, cancellationToken);
        }
    }

    /// <summary>The parameters of a raw call; what is not JSON is reported.</summary>
    public JsonNode? OfRaw(ApiCall call, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var argument = call.Operation.Arguments.FirstOrDefault(static a => a.Parameter?.Ordinal == 1);
        if (argument is null or { ArgumentKind: ArgumentKind.DefaultValue } || argument.Parameter!.Type.Name == nameof(CancellationToken))
            return null;
        if (argument.Parameter!.Type.SpecialType != SpecialType.System_String)
            return models.Translator(cancellationToken).Translate(argument.Value);
        if (argument.Value.Syntax is not ExpressionSyntax text)
            return Nothing(call);
        var value = JsonLiteral.Read(text, Constants.String(argument.Value, cancellationToken), out var error);
        if (error is not null)
        {
            report(Reports.Create(
                Descriptors.WrongType,
                Location.Create(text.SyntaxTree, error.Range.ToSpan()),
                $"The parameters are not JSON: {error.Message}"));
        }

        return value ?? Nothing(call);
    }

    private JsonObject TypedParameters(ApiCall call, KnownMethod method, CancellationToken cancellationToken)
    {
        var names = TypedModels.Parameters(method);
        var translator = models.Translator(cancellationToken);
        var properties = new List<JsonProperty>();
        var isWhole = false;
        foreach (var argument in call.Operation.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.Explicit || argument.Parameter is not { } parameter)
                continue;

            // A method with many parameters takes them as its request.
            if (models.Of(parameter.Type, cancellationToken) is { IsView: false })
            {
                if (Constants.Unwrap(argument.Value) is IObjectCreationOperation creation && models.Translate(creation, translator) is JsonObject request)
                {
                    properties.AddRange(request.Properties);
                    isWhole = !request.Partial;
                }

                continue;
            }

            if (!names.TryGetValue(parameter.Name, out var field))
                continue;

            var target = WireTarget.Of(field, CSharpNames.Stem(method.Spec, method.Specs.Profile(method.Spec.Api)), method.Specs, method.Spec.Api);
            properties.Add(new(field.Name, argument.Value.Syntax.Span.ToRange(), TypedModels.Value(argument.Value, parameter.Type, target, translator)));
        }

        return new JsonObject(call.NameNode.Span.ToRange(), properties) { Partial = !isWhole };
    }

    /// <summary>Parameters of which the source tells nothing.</summary>
    private static JsonUnknown Nothing(ApiCall call) => new(call.NameNode.Span.ToRange());
}

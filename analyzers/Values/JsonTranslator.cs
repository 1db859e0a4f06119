using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Values;

/// <summary>Writes the JSON that a C# expression will be sent as, as far as the source tells; what it does not tell becomes <see cref="JsonUnknown"/>.</summary>
/// <param name="typed">Translates objects of generated types; null: they are unknown.</param>
/// <param name="isFinal">Objects are sent as they are created; false: more may be assigned to them later.</param>
/// <param name="cancellationToken">Stops the work.</param>
internal sealed class JsonTranslator(Func<IObjectCreationOperation, JsonTranslator, JsonNode?>? typed, bool isFinal, CancellationToken cancellationToken)
{
    private const int MaxDepth = 64;
    private int _depth;

    /// <summary>Objects are sent as they are created: what they lack is missing.</summary>
    public bool IsFinal => isFinal;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>The JSON of a value.</summary>
    /// <param name="operation">The value.</param>
    /// <param name="target">The field that a typed value is sent as; null: the value is sent as System.Text.Json writes it.</param>
    public JsonNode Translate(IOperation? operation, WireTarget? target = null)
    {
        if (operation is null || _depth >= MaxDepth)
            return new JsonUnknown(default);
        _depth++;
        try
        {
            return Value(operation, target);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>A compile-time value as JSON; unknown where JSON has no one form for it.</summary>
    public static JsonNode Scalar(object? value, TextRange range) => value switch
    {
        null => new JsonNull(range),
        bool flag => new JsonBool(range, flag),
        string text => new JsonString(range, text),
        char c => new JsonString(range, c.ToString()),
        double number when double.IsNaN(number) || double.IsInfinity(number) => new JsonUnknown(range),
        float number when float.IsNaN(number) || float.IsInfinity(number) => new JsonUnknown(range),
        double number => new JsonNumber(range, number.ToString("R", CultureInfo.InvariantCulture)),
        float number => new JsonNumber(range, number.ToString("R", CultureInfo.InvariantCulture)),
        IFormattable number => new JsonNumber(range, number.ToString(null, CultureInfo.InvariantCulture)),
        _ => new JsonUnknown(range),
    };

    private JsonNode Value(IOperation operation, WireTarget? target)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var range = operation.Syntax.Span.ToRange();
        if (Constants.TryGet(operation, out var constant, cancellationToken))
            return constant is bool flag && target is { IsYesNo: true } ? new JsonString(range, flag ? "Y" : "N") : Scalar(constant, range);
        operation = Constants.Unwrap(operation);
        if (operation.Syntax is CollectionExpressionSyntax collection)
            return Collection(collection, operation.SemanticModel, range, target?.Element);
        return operation switch
        {
            IAnonymousObjectCreationOperation creation => Anonymous(creation, range),
            IObjectCreationOperation creation => Creation(creation, range, target),
            IArrayCreationOperation creation => Array(creation, range, target?.Element),
            ILocalReferenceOperation local => Local(local, range, target),
            IInvocationOperation invocation => Invocation(invocation, range),
            IPropertyReferenceOperation { Instance: null, Property: var property } => Constant(property, range, target),
            _ => new JsonUnknown(range) { Choices = [.. Branches(operation).Select(branch => Branch(branch, target))] },
        };
    }

    /// <summary>The values of which an expression takes one.</summary>
    public static IEnumerable<IOperation> Branches(IOperation operation) => operation switch
    {
        IConditionalOperation { WhenFalse: { } otherwise } choice => [choice.WhenTrue, otherwise],
        ICoalesceOperation choice => [choice.Value, choice.WhenNull],
        ISwitchExpressionOperation choice => choice.Arms.Select(static arm => arm.Value),
        _ => [],
    };

    // Who chooses null knows why, and an exception is no value.
    private JsonNode Branch(IOperation branch, WireTarget? target) =>
        Constants.Unwrap(branch) is IThrowOperation || Translate(branch, target) is not (not JsonNull and var value) ? new JsonUnknown(branch.Syntax.Span.ToRange()) : value;

    /// <summary>A named value of a generated enumeration.</summary>
    private static JsonNode Constant(IPropertySymbol property, TextRange range, WireTarget? target) =>
        target is not null
        && SymbolEqualityComparer.Default.Equals(property.ContainingType, property.Type)
        && KnownTypes.IsOpenEnum(property.Type)
        && target.ValueOf(property.ContainingType.Name, property.Name) is { } value
            ? new JsonString(range, value)
            : new JsonUnknown(range);

    private JsonObject Anonymous(IAnonymousObjectCreationOperation creation, TextRange range)
    {
        var properties = new List<JsonProperty>();
        foreach (var initializer in creation.Initializers)
        {
            if (initializer is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } assignment)
                return new JsonObject(range, properties) { Partial = true };
            properties.Add(new(target.Property.Name, MemberName(assignment.Syntax).ToRange(), Translate(assignment.Value)));
        }

        return new JsonObject(range, properties);
    }

    private static Microsoft.CodeAnalysis.Text.TextSpan MemberName(SyntaxNode member) => member switch
    {
        AnonymousObjectMemberDeclaratorSyntax { NameEquals.Name: { } name } => name.Span,
        AnonymousObjectMemberDeclaratorSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Span,
        AnonymousObjectMemberDeclaratorSyntax { Expression: ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax binding } } => binding.Name.Span,
        _ => member.Span,
    };

    private JsonNode Creation(IObjectCreationOperation creation, TextRange range, WireTarget? target)
    {
        if (typed?.Invoke(creation, this) is { } known)
            return known;
        if (creation.Type is not INamedTypeSymbol type)
            return new JsonUnknown(range);
        if (KnownTypes.IsOpenEnum(type) && creation.Arguments is [{ Value: var text }])
            return Translate(text, target);
        return KnownTypes.Shape(type) switch
        {
            JsonShape.Object => Dictionary(creation, range, target?.Element),
            JsonShape.Array => List(creation, range, target?.Element),
            _ => new JsonUnknown(range),
        };
    }

    private JsonObject Dictionary(IObjectCreationOperation creation, TextRange range, WireTarget? element)
    {
        var properties = new List<JsonProperty>();
        var isWhole = AddMembers(creation.Initializer, properties, element);
        var partial = !isWhole || creation.Arguments.Any(static a => a.ArgumentKind != ArgumentKind.DefaultValue && !IsSetting(a));
        return new JsonObject(range, properties) { Partial = partial };
    }

    /// <summary>Adds the members that an initializer of a dictionary names; false where it has others.</summary>
    public bool AddMembers(IObjectOrCollectionInitializerOperation? initializer, List<JsonProperty> properties, WireTarget? element = null)
    {
        var isWhole = true;
        foreach (var member in initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (Member(member, element) is { } property)
                Put(properties, property);
            else
                isWhole = false;
        }

        return isWhole;
    }

    /// <summary>The member that <c>["name"] = value</c> or <c>Add("name", value)</c> puts into a dictionary; null where the source does not name it.</summary>
    public JsonProperty? Member(IOperation operation, WireTarget? element = null)
    {
        var (key, value) = operation switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [var index] } } assignment => (index.Value, assignment.Value),
            IInvocationOperation { Arguments: [var first, var second] } => (first.Value, second.Value),
            _ => (null, null),
        };
        return Constants.String(key, cancellationToken) is { } name
            ? new(name, Constants.Unwrap(key!).Syntax.Span.ToRange(), Translate(value, element))
            : null;
    }

    /// <summary>An indexer that is assigned twice keeps the last value.</summary>
    private static void Put(List<JsonProperty> properties, JsonProperty property)
    {
        properties.RemoveAll(p => p.Name == property.Name);
        properties.Add(property);
    }

    private static bool IsSetting(IArgumentOperation argument) =>
        argument.Parameter?.Type is { SpecialType: SpecialType.System_Int32 }
            or { Name: "IEqualityComparer" or "IComparer" or "StringComparer" }
            or INamedTypeSymbol { Name: "Nullable", TypeArguments: [{ Name: "JsonNodeOptions" }] };

    private JsonArray List(IObjectCreationOperation creation, TextRange range, WireTarget? element)
    {
        var items = new List<JsonNode>();
        var partial = false;
        foreach (var argument in creation.Arguments)
        {
            if (IsParams(argument))
                items.AddRange(ListedArguments(creation, element));
            else if (Constants.Unwrap(argument.Value).Syntax is CollectionExpressionSyntax source)
                partial |= AddElements(source, argument.SemanticModel, items, element);
            else
                partial |= argument.ArgumentKind != ArgumentKind.DefaultValue && !IsSetting(argument);
        }

        foreach (var added in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (added is IInvocationOperation { Arguments: [var item] })
                items.Add(Translate(item.Value, element));
            else
                partial = true;
        }

        return new JsonArray(range, items) { Partial = partial };
    }

    /// <summary>Arguments that are written one by one and become an array or a span, which this Roslyn may not know as an operation.</summary>
    private static bool IsParams(IArgumentOperation argument) =>
        argument.ArgumentKind is not (ArgumentKind.Explicit or ArgumentKind.DefaultValue);

    private IEnumerable<JsonNode> ListedArguments(IObjectCreationOperation creation, WireTarget? element)
    {
        foreach (var argument in (creation.Syntax as BaseObjectCreationExpressionSyntax)?.ArgumentList?.Arguments ?? default)
        {
            yield return creation.SemanticModel?.GetOperation(argument.Expression, cancellationToken) is { } value
                ? Translate(value, element)
                : new JsonUnknown(argument.Expression.Span.ToRange());
        }
    }

    private JsonNode Array(IArrayCreationOperation creation, TextRange range, WireTarget? element)
    {
        if (creation.Type is not IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: not SpecialType.System_Byte })
            return new JsonUnknown(range);
        if (creation.Initializer is { } initializer)
            return new JsonArray(range, [.. initializer.ElementValues.Select(v => Translate(v, element))]);
        return creation.DimensionSizes is [{ ConstantValue: { HasValue: true, Value: 0 } }]
            ? new JsonArray(range, [])
            : new JsonUnknown(range);
    }

    private JsonArray Collection(CollectionExpressionSyntax collection, SemanticModel? model, TextRange range, WireTarget? target)
    {
        var items = new List<JsonNode>();
        var partial = AddElements(collection, model, items, target);
        return new JsonArray(range, items) { Partial = partial };
    }

    /// <summary>Adds what is listed; true where a spread adds more.</summary>
    private bool AddElements(CollectionExpressionSyntax collection, SemanticModel? model, List<JsonNode> items, WireTarget? target)
    {
        var partial = false;
        foreach (var element in collection.Elements)
        {
            if (element is ExpressionElementSyntax { Expression: var expression })
                items.Add(model?.GetOperation(expression, cancellationToken) is { } value ? Translate(value, target) : new JsonUnknown(expression.Span.ToRange()));
            else
                partial = true;
        }

        return partial;
    }

    private JsonNode Local(ILocalReferenceOperation local, TextRange range, WireTarget? target)
    {
        if (Constants.SingleAssignment(local, cancellationToken) is not { } value)
            return new JsonUnknown(range);
        var operation = Constants.Unwrap(value);
        return operation is IAnonymousObjectCreationOperation || KnownTypes.IsOpenEnum(local.Local.Type) || IsScalar(local.Local.Type) || Constants.IsOnlyUse(local, cancellationToken)
            ? Translate(operation, target)
            : new JsonUnknown(range);
    }

    // Nothing can be added to it later.
    private static bool IsScalar(ITypeSymbol type) => type.IsValueType || type.SpecialType == SpecialType.System_String;

    private JsonNode Invocation(IInvocationOperation invocation, TextRange range)
    {
        var method = invocation.TargetMethod;
        if (!method.IsStatic)
            return new JsonUnknown(range);
        switch (method.ContainingType.Name, method.Name)
        {
            case ("JsonNode" or "JsonObject" or "JsonArray", "Parse") when invocation.Arguments is [var text, ..]
                && text.Value.Syntax is ExpressionSyntax expression:
                return JsonLiteral.Read(expression, Constants.String(text.Value, cancellationToken), out _) ?? new JsonUnknown(range);
            case ("JsonValue", "Create") when invocation.Arguments is [var value, ..]:
                return Translate(value.Value);
            case ("Array" or "Enumerable", "Empty"):
                return new JsonArray(range, []);
            default:
                return new JsonUnknown(range);
        }
    }
}

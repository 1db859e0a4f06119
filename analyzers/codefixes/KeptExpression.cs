using System.Linq;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypeKind = Bitrix24.Gen.Specs.TypeKind;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>An expression of a call by name as a value of the typed call.</summary>
/// <param name="expression">The expression.</param>
/// <param name="model">Knows its type.</param>
internal sealed class KeptExpression(ExpressionSyntax expression, SemanticModel model)
{
    private const string Day = "yyyy-MM-dd";
    private static readonly string[] Moments = ["yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-ddTHH:mm:ssK"];

    /// <summary>The code of which the typed call sends what the call by name sends of the expression; null: there is none. It may not compile.</summary>
    public string? For(SnippetValue value)
    {
        var type = model.GetTypeInfo(expression).Type;
        if (!value.SendsNull && MayBeNull(type))
            return null;
        return value.Form?.Kind switch
        {
            null => IsPlain(type) ? expression.ToString() : null,
            TypeKind.YesNo => Flag() ?? (type?.SpecialType == SpecialType.System_Boolean ? null : expression.ToString()),
            TypeKind.Int or TypeKind.Long => Formatted() is { } number && IsWhole(model.GetTypeInfo(number).Type) && IsInvariant(null) ? number.ToString() : Number(type),
            TypeKind.Decimal or TypeKind.Double => Number(type),
            TypeKind.Date => value.Format is null ? Date() ?? expression.ToString() : null,
            TypeKind.DateTime => value.Format is null ? Moment() ?? expression.ToString() : null,
            TypeKind.Array => value.Form!.Element!.Kind is TypeKind.Int or TypeKind.Long && Element(type) is { } element && IsWhole(element) && element.SpecialType != SpecialType.System_Int64
                ? $"[.. {expression}]"
                : expression.ToString(),
            _ => expression.ToString(),
        };
    }

    // A character converts to its number, but is sent as a text.
    private string? Number(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_Char ? null : expression.ToString();

    /// <summary>The condition of <c>flag ? "Y" : "N"</c>, which a truth value is sent as.</summary>
    private string? Flag() => Inner() is not ConditionalExpressionSyntax choice
        ? null
        : ((choice.WhenTrue as LiteralExpressionSyntax)?.Token.Value, (choice.WhenFalse as LiteralExpressionSyntax)?.Token.Value) switch
        {
            ("Y", "N") => choice.Condition.ToString(),
            ("N", "Y") => $"!({choice.Condition})",
            _ => null,
        };

    private string? Date() => Formatted() is { } moment && IsInvariant(Day) ? model.GetTypeInfo(moment).Type?.Name switch
    {
        "DateOnly" => moment.ToString(),
        "DateTime" => $"DateOnly.FromDateTime({moment})",
        "DateTimeOffset" => $"DateOnly.FromDateTime({moment}.DateTime)",
        _ => null,
    } : null;

    private string? Moment() => Formatted() is { } moment && Moments.Any(IsInvariant) && IsMoment(moment) ? moment.ToString() : null;

    // K of a DateTime writes what its kind says, which may be nothing.
    private bool IsMoment(ExpressionSyntax moment) => model.GetTypeInfo(moment).Type?.Name is var type
        && (type == "DateTimeOffset" || (type == "DateTime" && !IsInvariant(Moments[Moments.Length - 1])));

    /// <summary>What is formatted: <c>x</c> in <c>x.ToString(…)</c>.</summary>
    private ExpressionSyntax? Formatted() => JsonReading.IsCallOf(Inner(), "ToString") ? JsonReading.Receiver(Inner()) : null;

    /// <summary>It is formatted so, in the invariant culture or in that of the program.</summary>
    private bool IsInvariant(string? format)
    {
        var arguments = ((InvocationExpressionSyntax)Inner()).ArgumentList.Arguments.Select(static a => a.Expression).ToList();
        if (format is not null)
        {
            if (arguments.Count == 0 || arguments[0] is not LiteralExpressionSyntax { Token.Value: string text } || text != format)
                return false;
            arguments.RemoveAt(0);
        }

        return arguments.Count == 0 || (arguments.Count == 1 && arguments[0].ToString().EndsWith("InvariantCulture", StringComparison.Ordinal));
    }

    private ExpressionSyntax Inner()
    {
        var inner = expression;
        while (inner is ParenthesizedExpressionSyntax parenthesized)
            inner = parenthesized.Expression;
        return inner;
    }

    private bool MayBeNull(ITypeSymbol? type) =>
        type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } || model.GetTypeInfo(expression).Nullability.FlowState == NullableFlowState.MaybeNull;

    private static ITypeSymbol? Element(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol named => named.AllInterfaces.Add(named).Where(static i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            .Select(static i => i.TypeArguments[0]).FirstOrDefault(),
        _ => null,
    };

    private static bool IsWhole(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16
        or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64;

    // What JSON of itself is sent as in a call by name.
    private static bool IsPlain(ITypeSymbol? type) =>
        IsWhole(type) || type?.SpecialType is SpecialType.System_String or SpecialType.System_Boolean or SpecialType.System_Decimal or SpecialType.System_Double;
}

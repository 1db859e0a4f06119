using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Values;

/// <summary>Finds out which value an expression certainly has.</summary>
/// <remarks>Beyond the compiler's own constants: static readonly fields, locals that are assigned once, and strings put together of such.</remarks>
internal static class Constants
{
    private const int MaxDepth = 16;

    /// <summary>The value of an operation where it is certain: null, bool, char, string or a number.</summary>
    public static bool TryGet(IOperation? operation, out object? value, CancellationToken cancellationToken) =>
        TryGet(operation, out value, 0, cancellationToken);

    /// <summary>The certain string value of an operation, or null.</summary>
    public static string? String(IOperation? operation, CancellationToken cancellationToken) =>
        TryGet(operation, out var value, cancellationToken) ? value as string : null;

    /// <summary>The operation below conversions that leave the value as it is.</summary>
    public static IOperation Unwrap(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion when KeepsValue(conversion):
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation inner:
                    operation = inner.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>The initializer of a local that is never assigned again, or null.</summary>
    public static IOperation? SingleAssignment(ILocalReferenceOperation reference, CancellationToken cancellationToken)
    {
        if (reference.SemanticModel is not { } model
            || Declarator(reference.Local, cancellationToken) is not { Initializer.Value: { } initializer } declarator
            || declarator.SyntaxTree != model.SyntaxTree
            || NameUses.In(Scope(declarator)).IsWritten(declarator.Identifier.ValueText))
        {
            return null;
        }

        return model.GetOperation(initializer, cancellationToken);
    }

    /// <summary>Nothing but the declaration and this one use touches the local.</summary>
    public static bool IsOnlyUse(ILocalReferenceOperation reference, CancellationToken cancellationToken) =>
        Declarator(reference.Local, cancellationToken) is { } declarator
        && NameUses.In(Scope(declarator)).Count(declarator.Identifier.ValueText) == 1;

    private static bool TryGet(IOperation? operation, out object? value, int depth, CancellationToken cancellationToken)
    {
        value = null;
        if (operation is null || depth > MaxDepth)
            return false;
        // The outermost constant: a conversion of it is one too, and changes what is sent ('a' as an int is 97).
        if (operation.ConstantValue is { HasValue: true } constant)
        {
            value = constant.Value;
            return operation.Type?.TypeKind != TypeKind.Enum;
        }

        if (operation is IConversionOperation { OperatorMethod: null, Conversion: { IsNumeric: true, IsImplicit: true } or { IsNullable: true } } number)
            return TryGet(number.Operand, out value, depth + 1, cancellationToken) && TryConvert(ref value, number.Type);
        if (Unwrap(operation) is var inner && inner != operation)
            return TryGet(inner, out value, depth + 1, cancellationToken);

        switch (operation)
        {
            case IDefaultValueOperation { Type.IsReferenceType: true }:
                return true;
            case ILocalReferenceOperation local:
                return TryGet(SingleAssignment(local, cancellationToken), out value, depth + 1, cancellationToken)
                    && TryConvert(ref value, local.Type);
            case IFieldReferenceOperation { Field: { IsStatic: true, Name: nameof(string.Empty), ContainingType.SpecialType: SpecialType.System_String } }:
                value = "";
                return true;
            case IFieldReferenceOperation { Field: { IsReadOnly: true, IsStatic: true } field }:
                return TryGetField(field, operation.SemanticModel, out value, depth, cancellationToken)
                    && TryConvert(ref value, field.Type);
            case IInterpolatedStringOperation interpolated:
                return TryGetInterpolated(interpolated, out value, depth, cancellationToken);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum:
                if (!TryGet(sum.LeftOperand, out var left, depth + 1, cancellationToken)
                    || !TryGet(sum.RightOperand, out var right, depth + 1, cancellationToken)
                    || Text(left) is not { } leftText || Text(right) is not { } rightText)
                {
                    return false;
                }

                value = leftText + rightText;
                return true;
            default:
                return false;
        }
    }

    /// <summary>The value as a variable of that type holds it: an initializer's own type may be another.</summary>
    private static bool TryConvert(ref object? value, ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var of] })
            type = of;
        if (type?.TypeKind == TypeKind.Enum)
            return false;
        if (value is not (char or float or double or decimal or int or long or short or byte or sbyte or ushort or uint or ulong)
            || Code(type?.SpecialType) is not { } code || Convert.GetTypeCode(value) == code)
        {
            return true;
        }

        var toInteger = code is not (TypeCode.Single or TypeCode.Double or TypeCode.Decimal);
        var number = value switch
        {
            char c => (int)c,
            float or double when toInteger => Math.Truncate(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            decimal exact when toInteger => decimal.Truncate(exact),
            _ => value,
        };
        try
        {
            value = Convert.ChangeType(number, code, CultureInfo.InvariantCulture);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static TypeCode? Code(SpecialType? type) => type switch
    {
        SpecialType.System_Int16 => TypeCode.Int16,
        SpecialType.System_Int32 => TypeCode.Int32,
        SpecialType.System_Int64 => TypeCode.Int64,
        SpecialType.System_UInt32 => TypeCode.UInt32,
        SpecialType.System_UInt64 => TypeCode.UInt64,
        SpecialType.System_Single => TypeCode.Single,
        SpecialType.System_Double => TypeCode.Double,
        SpecialType.System_Decimal => TypeCode.Decimal,
        _ => null,
    };

    private static bool TryGetInterpolated(
        IInterpolatedStringOperation interpolated, out object? value, int depth, CancellationToken cancellationToken)
    {
        value = null;
        var text = new StringBuilder();
        foreach (var part in interpolated.Parts)
        {
            var content = part switch
            {
                IInterpolatedStringTextOperation literal => literal.Text,
                IInterpolationOperation { Alignment: null, FormatString: null } hole => hole.Expression,
                _ => null,
            };
            if (!TryGet(content, out var piece, depth + 1, cancellationToken) || Text(piece) is not { } pieceText)
                return false;
            text.Append(pieceText);
        }

        value = text.ToString();
        return true;
    }

    private static bool TryGetField(
        IFieldSymbol field, SemanticModel? model, out object? value, int depth, CancellationToken cancellationToken)
    {
        value = null;
        if (field.DeclaringSyntaxReferences.Length != 1
            || field.ContainingType.StaticConstructors.Any(static c => !c.IsImplicitlyDeclared)
            || field.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } initializer })
        {
            return false;
        }

        if (model?.SyntaxTree == initializer.SyntaxTree)
            return TryGet(model.GetOperation(initializer, cancellationToken), out value, depth + 1, cancellationToken);

        // Another file has no semantic model here; a literal says what it is without one.
        if (LiteralText.Read(initializer) is { } text)
        {
            value = text.Value;
            return true;
        }

        value = (initializer as LiteralExpressionSyntax)?.Token.Value;
        return value is int or long or double or decimal;
    }

    /// <summary>How concatenation writes a value, where that is the same in every culture.</summary>
    private static string? Text(object? value) => value switch
    {
        null => "",
        string text => text,
        char c => c.ToString(),
        int or long or short or byte or uint or ulong => Convert.ToDecimal(value, CultureInfo.InvariantCulture) >= 0
            ? Convert.ToString(value, CultureInfo.InvariantCulture)
            : null,
        _ => null,
    };

    private static bool KeepsValue(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is { } method)
            return IsValueCarrier(method.ContainingType);
        return conversion.Conversion is { IsIdentity: true } or { IsReference: true } or { IsNullable: true }
            || conversion.Type?.SpecialType == SpecialType.System_Object
            || (conversion.Conversion.IsNumeric && conversion.IsImplicit)
            || conversion.Operand is { Type: null }
            || SymbolEqualityComparer.Default.Equals(conversion.Type, conversion.Operand.Type);
    }

    /// <summary>Types whose implicit conversions wrap a plain value and change nothing: JsonNode, and what the runtime and the generator define.</summary>
    private static bool IsValueCarrier(INamedTypeSymbol type) =>
        type.Name is "JsonNode" or "JsonValue" or "Bitrix24Value" or "LocalizedText" || KnownTypes.IsOpenEnum(type);

    private static VariableDeclaratorSyntax? Declarator(ILocalSymbol local, CancellationToken cancellationToken) =>
        local is { IsRef: false, IsForEach: false, DeclaringSyntaxReferences.Length: 1 }
            ? local.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) as VariableDeclaratorSyntax
            : null;

    private static SyntaxNode Scope(VariableDeclaratorSyntax declarator) =>
        declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>(static m => m is not GlobalStatementSyntax)
        ?? declarator.SyntaxTree.GetRoot();
}

using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>A constant that some value is compared with.</summary>
/// <param name="Value">What it is compared with.</param>
/// <param name="Node">The constant.</param>
/// <param name="Text">Its value.</param>
/// <param name="IsExact">The comparison tells upper case from lower case.</param>
internal readonly record struct ComparedText(IOperation Value, SyntaxNode Node, string Text, bool IsExact)
{
    /// <summary>What an operation, without those in it, compares a value with.</summary>
    public static IEnumerable<ComparedText> In(IOperation operation, Func<IOperation, bool> isValue, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary:
                if (isValue(binary.LeftOperand) && Constant(binary.LeftOperand, binary.RightOperand) is { } right)
                    yield return right;
                else if (isValue(binary.RightOperand) && Constant(binary.RightOperand, binary.LeftOperand) is { } left)
                    yield return left;
                break;
            case IConstantPatternOperation pattern when MatchedBy(pattern) is { } matched && isValue(matched) && Constant(matched, pattern.Value) is { } value:
                yield return value;
                break;
            case ISingleValueCaseClauseOperation { Parent.Parent: ISwitchOperation choice } label when isValue(choice.Value) && Constant(choice.Value, label.Value) is { } value:
                yield return value;
                break;
            case IInvocationOperation { TargetMethod: { Name: "Equals", ContainingType.SpecialType: SpecialType.System_String } } equals:
                var sides = equals.Arguments.Select(static a => a.Value).Concat(equals.Instance is { } instance ? [instance] : []).ToList();
                if (sides.Find(s => isValue(s)) is { } compared && sides.Select(s => Constant(compared, s)).FirstOrDefault(static c => c is not null) is { } side)
                    yield return side with { IsExact = equals.TargetMethod.Parameters.All(static p => p.Type.SpecialType is SpecialType.System_String or SpecialType.System_Object) };
                break;
        }

        ComparedText? Constant(IOperation value, IOperation constant) =>
            Constants.String(constant, cancellationToken) is { } text && constant.Syntax is ExpressionSyntax node ? new(value, node, text, true) : null;
    }

    /// <summary>What a pattern is matched against; null: a value that has no expression of its own.</summary>
    private static IOperation? MatchedBy(IOperation pattern)
    {
        for (var parent = pattern.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IBinaryPatternOperation or INegatedPatternOperation or IPatternCaseClauseOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation:
                    continue;
                case IPropertySubpatternOperation member:
                    return member.Member;
                case IIsPatternOperation test:
                    return test.Value;
                case ISwitchExpressionOperation choice:
                    return choice.Value;
                case ISwitchOperation choice:
                    return choice.Value;
                default:
                    return null;
            }
        }

        return null;
    }
}

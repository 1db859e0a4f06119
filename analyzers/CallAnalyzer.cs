using System.Collections.Immutable;
using Bitrix24.Gen.Analyzers.Calls;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers;

/// <summary>Checks calls of the API, raw and typed, and the values that are put into generated types.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.UnknownMethod,
        Descriptors.UnknownField,
        Descriptors.RequiredMissing,
        Descriptors.ReadOnlyWritten,
        Descriptors.ImmutableUpdated,
        Descriptors.WrongType,
        Descriptors.PatternMismatch,
        Descriptors.OutOfRange,
        Descriptors.ValueNotAllowed,
        Descriptors.Duplicate,
        Descriptors.Filter,
        Descriptors.Select,
        Descriptors.Order,
        Descriptors.Deprecated,
        Descriptors.Markup,
        Descriptors.Superseded,
        Descriptors.Operand,
        Descriptors.WrongCredentials,
        Descriptors.AnotherMethod,
        Descriptors.Limit,
        Descriptors.UnknownCode,
        Descriptors.ScopeNotCovered,
        Descriptors.UnboundEvent,
        Descriptors.UnknownErrorCode,
        Descriptors.CallInLoop,
        Descriptors.FirstPageOnly);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (KnownSymbols.Find(start.Compilation) is not { } symbols)
                return;
            var catalog = AdditionalSpecs.Catalog(start.Options.AdditionalFiles, start.Options.AnalyzerConfigOptionsProvider);
            var checker = new CallChecker(symbols, catalog);
            start.RegisterOperationAction(
                o => checker.CheckInvocation((IInvocationOperation)o.Operation, o.ReportDiagnostic, o.CancellationToken),
                OperationKind.Invocation);
            start.RegisterOperationAction(
                o => checker.CheckCreation((IObjectCreationOperation)o.Operation, o.ReportDiagnostic, o.CancellationToken),
                OperationKind.ObjectCreation);
            start.RegisterOperationAction(
                o => checker.CheckAssignment((ISimpleAssignmentOperation)o.Operation, o.ReportDiagnostic, o.CancellationToken),
                OperationKind.SimpleAssignment);
            start.RegisterOperationAction(
                o => checker.CheckTry((ITryOperation)o.Operation, o.ReportDiagnostic, o.CancellationToken),
                OperationKind.Try);
            start.RegisterOperationAction(
                o => checker.CheckComparison(o.Operation, o.ReportDiagnostic, o.CancellationToken),
                OperationKind.Binary, OperationKind.ConstantPattern, OperationKind.CaseClause);
            start.RegisterCompilationEndAction(end => checker.Complete(end.ReportDiagnostic, end.CancellationToken));
        });
    }
}

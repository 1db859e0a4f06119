using System.Collections.Immutable;
using System.Linq;
using Bitrix24.Gen.Analyzers.Calls;
using Bitrix24.Gen.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers;

/// <summary>
/// Explains what the compiler reports as "cannot convert X to X" or "X exists in both": a generated type is used where one of the same
/// name from another assembly is wanted or there too, such as that of Bitrix24.Client.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateTypeAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.DuplicateType);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (KnownSymbols.Find(start.Compilation) is not { } symbols)
                return;
            if (SharedNames(start.Compilation, symbols.Client.ContainingAssembly.Name) is { Count: > 0 } shared)
                start.RegisterSyntaxNodeAction(n => CheckName(n, shared), SyntaxKind.IdentifierName);
            start.RegisterOperationAction(static o => CheckConversion((IConversionOperation)o.Operation, o.ReportDiagnostic), OperationKind.Conversion);
            start.RegisterOperationAction(static o => CheckArguments(o), OperationKind.Invalid);
        });
    }

    /// <summary>Names of types that several of the referenced assemblies have which use the runtime.</summary>
    private static HashSet<string> SharedNames(Compilation compilation, string runtime)
    {
        var assemblies = compilation.SourceModule.ReferencedAssemblySymbols
            .Where(a => a.Modules.Any(m => m.ReferencedAssemblies.Any(r => r.Name == runtime))).ToList();
        // Bitrix24.Client alone has thousands of names, and editors come here with each change.
        if (assemblies.Count < 2)
            return [];
        var once = new HashSet<string>(StringComparer.Ordinal);
        return new(assemblies.SelectMany(static a => a.TypeNames).Where(n => !once.Add(n)), StringComparer.Ordinal);
    }

    /// <summary>A name that the compiler finds in two referenced assemblies (CS0433).</summary>
    private static void CheckName(SyntaxNodeAnalysisContext context, HashSet<string> shared)
    {
        if (shared.Contains(((IdentifierNameSyntax)context.Node).Identifier.ValueText)
            && context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken) is { CandidateReason: CandidateReason.Ambiguous, CandidateSymbols: var found }
            && found.OfType<INamedTypeSymbol>().ToList() is [var one, var other, ..])
        {
            Report(one, other, context.Node, context.ReportDiagnostic);
        }
    }

    private static void CheckConversion(IConversionOperation conversion, Action<Diagnostic> report)
    {
        if (!conversion.Conversion.Exists)
            Report(conversion.Operand.Type, conversion.Type, conversion.Operand.Syntax, report);
    }

    /// <summary>A call that no method fits: the arguments against the parameters of those that were tried.</summary>
    private static void CheckArguments(OperationAnalysisContext context)
    {
        var arguments = context.Operation.Syntax switch
        {
            InvocationExpressionSyntax invocation => invocation.ArgumentList.Arguments,
            BaseObjectCreationExpressionSyntax { ArgumentList: { } list } => list.Arguments,
            _ => default,
        };
        if (arguments.Count == 0 || context.Operation.SemanticModel is not { } model)
            return;
        foreach (var method in model.GetSymbolInfo(context.Operation.Syntax, context.CancellationToken).CandidateSymbols.OfType<IMethodSymbol>())
        {
            for (var i = 0; i < arguments.Count; i++)
            {
                var name = arguments[i].NameColon?.Name.Identifier.ValueText;
                var parameter = name is null ? method.Parameters.ElementAtOrDefault(i) : method.Parameters.FirstOrDefault(p => p.Name == name);
                if (Report(model.GetTypeInfo(arguments[i].Expression, context.CancellationToken).Type, parameter?.Type, arguments[i].Expression, context.ReportDiagnostic))
                    return;
            }
        }
    }

    private static bool Report(ITypeSymbol? given, ITypeSymbol? wanted, SyntaxNode node, Action<Diagnostic> report)
    {
        if (SameName(given, wanted) is not var (one, other))
            return false;
        report(Reports.Create(
            Descriptors.DuplicateType,
            node.GetLocation(),
            $"'{one.ToDisplayString()}' of {one.ContainingAssembly.Name} is a different type than the one of {other.ContainingAssembly.Name}: "
                + "use a client class of one assembly for both, or a namespace of its own for the generated types"));
        return true;
    }

    /// <summary>Two generated types of one name, themselves or as elements of what is given and wanted.</summary>
    private static (INamedTypeSymbol, INamedTypeSymbol)? SameName(ITypeSymbol? given, ITypeSymbol? wanted)
    {
        if (given is IArrayTypeSymbol array && wanted is IArrayTypeSymbol wantedArray)
            return SameName(array.ElementType, wantedArray.ElementType);
        if (given is not INamedTypeSymbol one || wanted is not INamedTypeSymbol other)
            return null;
        if (one.MetadataName == other.MetadataName
            && !SymbolEqualityComparer.Default.Equals(one.ContainingAssembly, other.ContainingAssembly)
            && one.ContainingNamespace.ToDisplayString() == other.ContainingNamespace.ToDisplayString()
            && (KnownSymbols.TypeOf(one) is not null || KnownSymbols.MethodOf(one) is not null || KnownSymbols.IsRuntimeType(one.BaseType, "Bitrix24Object") || KnownTypes.IsOpenEnum(one)))
        {
            return (one, other);
        }

        foreach (var (argument, wantedArgument) in one.TypeArguments.Zip(other.TypeArguments, static (a, b) => (a, b)))
        {
            if (SameName(argument, wantedArgument) is { } pair)
                return pair;
        }

        return null;
    }
}

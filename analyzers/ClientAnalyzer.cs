using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Calls;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Bitrix24.Gen.Analyzers;

/// <summary>Checks classes with <c>[Bitrix24Client]</c> and its like: that they can be extended, and that what they select exists.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClientAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(
            Descriptors.UnknownSelection, Descriptors.ClientNotExtensible, Descriptors.TypeCollision, Descriptors.NoSelection);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (KnownSymbols.Find(start.Compilation) is not { } symbols)
                return;
            var catalog = AdditionalSpecs.Catalog(start.Options.AdditionalFiles, start.Options.AnalyzerConfigOptionsProvider);
            start.RegisterSymbolAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    if (HoldsClient(type))
                        CheckPartial(symbol, type);
                    var attributes = ClientAttributesOf(type).ToList();
                    if (attributes.Count == 0)
                    {
                        CheckCollision(symbol, type);
                        return;
                    }

                    CheckClass(symbol, type, symbols);
                    foreach (var attribute in attributes)
                        CheckSelection(symbol, attribute, ApiClients.Api(attribute.AttributeClass)!, catalog);
                },
                SymbolKind.NamedType);
        });
    }

    /// <summary>A type of the project where a generated one has to be: another kind of type, or one that is not partial.</summary>
    private static void CheckCollision(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (type.ContainingType is not null
            || Declarations<BaseTypeDeclarationSyntax>(type, context.CancellationToken).FirstOrDefault(static d => !d.Modifiers.Any(SyntaxKind.PartialKeyword)) is not { } own
            || !type.ContainingNamespace.GetTypeMembers(type.Name, type.Arity).Any(static t => t.DeclaringSyntaxReferences.Any(static r => Generated.IsGenerated(r.SyntaxTree))))
        {
            return;
        }

        context.ReportDiagnostic(Reports.Create(
            Descriptors.TypeCollision,
            own.Identifier.GetLocation(),
            $"The client generates a type '{type.ToDisplayString()}' too: rename this one, move it to another namespace, or make it partial to extend the generated one"));
    }

    private static IEnumerable<AttributeData> ClientAttributesOf(INamedTypeSymbol type) =>
        type.GetAttributes().Where(static a => ApiClients.Api(a.AttributeClass) is not null);

    /// <summary>Whether the type is a client class, or one is nested in it.</summary>
    private static bool HoldsClient(INamedTypeSymbol type) => ClientAttributesOf(type).Any() || type.GetTypeMembers().Any(HoldsClient);

    /// <summary>Reports each type itself, not its nested types: an editor offers the fix of a diagnostic that lies within the analyzed symbol.</summary>
    private static void CheckPartial(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (var declaration in Declarations(type, context.CancellationToken))
        {
            if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
                Report(context, declaration, $"'{type.Name}' must be partial: the client's other part is generated");
        }
    }

    private static void CheckClass(SymbolAnalysisContext context, INamedTypeSymbol type, KnownSymbols symbols)
    {
        if (Declarations(type, context.CancellationToken).FirstOrDefault() is { } first && Obstacle(type, symbols) is { } obstacle)
            Report(context, first, $"'{type.Name}' cannot be a client: {obstacle}");
    }

    private static string? Obstacle(INamedTypeSymbol type, KnownSymbols symbols)
    {
        if (type.IsStatic)
            return "it is static";
        if (type.IsRecord)
            return "it is a record, and the client's base class is not";
        if (type.IsFileLocal)
            return "it is file-local, and generated code is in another file";
        for (var each = type; each is not null; each = each.ContainingType)
        {
            if (each.TypeParameters.Length > 0)
                return $"'{each.Name}' is generic";
        }

        return type.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not Microsoft.CodeAnalysis.TypeKind.Error } parent
            && !SymbolEqualityComparer.Default.Equals(parent, symbols.Client)
                ? $"it derives from '{parent.Name}', not from 'Bitrix24Client'"
                : null;
    }

    private static void Report(SymbolAnalysisContext context, TypeDeclarationSyntax declaration, string message) =>
        context.ReportDiagnostic(Reports.Create(Descriptors.ClientNotExtensible, declaration.Identifier.GetLocation(), message));

    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        Declarations<TypeDeclarationSyntax>(type, cancellationToken);

    private static IEnumerable<T> Declarations<T>(INamedTypeSymbol type, CancellationToken cancellationToken)
        where T : BaseTypeDeclarationSyntax =>
        type.DeclaringSyntaxReferences
            .Where(r => !Generated.IsGenerated(r.SyntaxTree))
            .Select(r => r.GetSyntax(cancellationToken))
            .OfType<T>();

    private static void CheckSelection(SymbolAnalysisContext context, AttributeData attribute, string api, SpecCatalog catalog)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is not AttributeSyntax syntax)
            return;
        CheckNamespace(context, syntax, attribute);
        var arguments = syntax.ArgumentList?.Arguments.Where(static a => a.NameEquals is null).ToList() ?? [];
        var values = attribute.ConstructorArguments
            .SelectMany(static a => a.Kind == TypedConstantKind.Array ? (a.IsNull ? [] : a.Values.AsEnumerable()) : [a])
            .ToList();
        if (values.Count == 0)
        {
            context.ReportDiagnostic(Reports.Create(
                Descriptors.NoSelection,
                syntax.GetLocation(),
                $"The client selects nothing, and has no typed methods: name areas or methods, such as [{syntax.Name}({Examples(api, catalog)})]"));
        }

        for (var i = 0; i < values.Count; i++)
        {
            // An array written out in one argument has one position for all its items.
            var argument = values.Count == arguments.Count ? arguments[i] : arguments[0];
            if (values[i].Value is string text)
                CheckSelector(context, text, api, argument, catalog);
        }
    }

    private static void CheckNamespace(SymbolAnalysisContext context, AttributeSyntax syntax, AttributeData attribute)
    {
        var given = attribute.NamedArguments.FirstOrDefault(static a => a.Key == "Namespace").Value;
        if (given.Value is not string name || ApiNamespace.IsValid(name))
            return;
        var argument = syntax.ArgumentList!.Arguments.First(static a => a.NameEquals?.Name.Identifier.ValueText == "Namespace").Expression;
        context.ReportDiagnostic(Reports.Create(
            Descriptors.ClientNotExtensible,
            argument.GetLocation(),
            $"'{name}' is no namespace, so the generated types do not go there: write names of letters, digits and underscores with dots between them"));
    }

    private static string Examples(string api, SpecCatalog catalog) =>
        string.Join(", ", catalog.BaseNames(api)
            .Where(static f => f != SpecFileName.Profile)
            .Select(static f => f.Split('.')[0])
            .Distinct(StringComparer.Ordinal)
            .OrderBy(static f => f, StringComparer.Ordinal)
            .Take(2)
            .Select(static f => $"\"{f}\""));

    private static void CheckSelector(
        SymbolAnalysisContext context, string text, string api, AttributeArgumentSyntax argument, SpecCatalog catalog)
    {
        var selector = SpecSelector.Parse(text, api);
        var touched = catalog.BaseNames(selector.Api).Where(selector.Touches).ToList();
        if (touched.Any(f => f != SpecFileName.Profile && (selector.SelectsFile(f) || HasMethod(f))))
            return;

        var prefix = selector.Api == api ? "" : SpecSelector.PrefixOf(selector.Api);
        var nearest = Suggestion.Nearest(selector.Path, Selectable(selector, catalog, touched, context.CancellationToken));
        var suggestion = nearest is null ? null : (prefix.Length == 0 ? nearest : prefix + "/" + nearest);
        context.ReportDiagnostic(Reports.Create(
            Descriptors.UnknownSelection,
            argument.Expression.GetLocation(),
            FixData.Replace(suggestion),
            $"No spec has '{text}'" + suggestion switch
            {
                not null => $"; did you mean '{suggestion}'?",
                null when selector.Api == SpecSet.DefaultApi => "; if it is of one portal, such as its smart processes, run b24-spec pull first",
                _ => "",
            }));

        bool HasMethod(string file) =>
            catalog.SetOf(file, selector.Api, context.CancellationToken)?.FindFile(file, selector.Api) is { } spec
            && spec.Methods.Any(m => selector.SelectsMethod(file, m.Name));
    }

    /// <summary>What a selector could have meant: areas, files, and the methods of the files that it touches.</summary>
    private static IEnumerable<string> Selectable(
        SpecSelector selector, SpecCatalog catalog, List<string> touched, CancellationToken cancellationToken)
    {
        var files = catalog.BaseNames(selector.Api).Where(static f => f != SpecFileName.Profile).ToList();
        var methods = touched.Count > 0
            ? touched.SelectMany(f => catalog.SetOf(f, selector.Api, cancellationToken)?.FindFile(f, selector.Api)?.Methods.Select(static m => m.Name) ?? [])
            : catalog.MethodNames(selector.Api, cancellationToken);
        return files.Concat(files.Select(static f => f.Split('.')[0])).Concat(methods).Distinct(StringComparer.Ordinal);
    }
}

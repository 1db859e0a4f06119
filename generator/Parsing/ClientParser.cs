using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Reads a class with <c>[Bitrix24Client]</c>, or its like for another API, into a <see cref="ClientModel"/>.</summary>
internal static class ClientParser
{
    private const string BaseClass = "Bitrix24.Bitrix24Client";

    public static ClientModel? Parse(GeneratorAttributeSyntaxContext context, string api, CancellationToken cancellationToken)
    {
        if (context.TargetSymbol is not INamedTypeSymbol { TypeKind: Microsoft.CodeAnalysis.TypeKind.Class } type)
            return null;

        var containing = new List<ContainingType>();
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            containing.Insert(0, new ContainingType(Keyword(outer), outer.Name));

        return new ClientModel
        {
            Namespace = type.ContainingNamespace.IsGlobalNamespace
                ? ""
                : type.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat).Replace("@", ""),
            Name = type.Name,
            Api = api,
            Keyword = Keyword(type),
            ContainingTypes = containing.ToEquatableArray(),
            Selectors = Selectors(context.Attributes).Select(s => SpecSelector.Parse(s, api)).ToEquatableArray(),
            TypesNamespace = TypesNamespace(context.Attributes),
            Interfaces = context.Attributes.SelectMany(static a => a.NamedArguments).Any(static a => a is { Key: "Interfaces", Value.Value: true }),
            RuntimeTypes = RuntimeTypes(context.Attributes),
            Public = IsPublic(type),
            Extendable = IsExtendable(type, cancellationToken),
            HasConstructor = HasConstructor(type, cancellationToken),
        };
    }

    private static IEnumerable<string> Selectors(IEnumerable<AttributeData> attributes)
    {
        foreach (var argument in attributes.SelectMany(static a => a.ConstructorArguments))
        {
            if (argument.Kind == TypedConstantKind.Array)
            {
                if (argument.IsNull)
                    continue;
                foreach (var item in argument.Values)
                {
                    if (item.Value is string selector)
                        yield return selector;
                }
            }
            else if (argument.Value is string single)
            {
                yield return single;
            }
        }
    }

    private static string? TypesNamespace(IEnumerable<AttributeData> attributes) => attributes
        .SelectMany(static a => a.NamedArguments)
        .Where(static a => a.Key == "Namespace")
        .Select(static a => a.Value.Value as string)
        .FirstOrDefault(ApiNamespace.IsValid);

    private static EquatableArray<string> RuntimeTypes(ImmutableArray<AttributeData> attributes) =>
        attributes[0].AttributeClass!.ContainingNamespace.GetTypeMembers()
            .Where(static t => !t.Name.StartsWith(nameof(Bitrix24), StringComparison.Ordinal))
            .Select(static t => nameof(Bitrix24) + "." + t.Name)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(static n => n, StringComparer.Ordinal)
            .ToEquatableArray();

    // A protected class is seen by whoever derives from the one around it.
    private static bool IsPublic(INamedTypeSymbol type)
    {
        for (var each = type; each is not null; each = each.ContainingType)
        {
            if (each.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        }

        return true;
    }

    private static bool IsExtendable(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (type.IsStatic || type.IsRecord || type.IsFileLocal)
            return false;
        if (type.BaseType is { SpecialType: not SpecialType.System_Object } parent
            && parent.TypeKind != Microsoft.CodeAnalysis.TypeKind.Error
            && parent.ToDisplayString() != BaseClass)
            return false;

        for (var each = type; each is not null; each = each.ContainingType)
        {
            if (each.TypeParameters.Length > 0 || !IsPartial(each, cancellationToken))
                return false;
        }

        return true;
    }

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        Declarations(type, cancellationToken).All(static d => d.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static bool HasConstructor(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        Declarations(type, cancellationToken).Any(static d => d.ParameterList is not null)
        || type.InstanceConstructors.Any(static c =>
            !c.IsImplicitlyDeclared && c.Parameters.Length == 2 && c.Parameters[0].Type.Name == "Bitrix24Credentials");

    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences
            .Select(r => r.GetSyntax(cancellationToken))
            .OfType<TypeDeclarationSyntax>();

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, IsValueType: true } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: Microsoft.CodeAnalysis.TypeKind.Struct } => "struct",
        { TypeKind: Microsoft.CodeAnalysis.TypeKind.Interface } => "interface",
        _ => "class",
    };
}

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

/// <summary>Reports webhook URLs, API keys and tokens in the source, where everyone who reads it has them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableHashSet<string> ParameterNames = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "clientSecret", "client_secret", "secret", "token", "accessToken", "access_token", "refreshToken", "refresh_token", "apiKey", "api_key", "applicationToken");

    /// <summary>Ends of names that only a secret has, whatever the API it is for.</summary>
    private static readonly string[] SecretNames = ["clientsecret", "accesstoken", "refreshtoken", "applicationtoken", "apikey", "webhookcode"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.SecretInSource);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (KnownSymbols.Find(start.Compilation) is null)
                return;
            start.RegisterSyntaxNodeAction(CheckLiteral, SyntaxKind.StringLiteralExpression, SyntaxKind.Utf8StringLiteralExpression);
            start.RegisterSyntaxNodeAction(CheckText, SyntaxKind.InterpolatedStringText);
        });
    }

    private static void CheckLiteral(SyntaxNodeAnalysisContext context)
    {
        var literal = (LiteralExpressionSyntax)context.Node;
        if (literal.Token.Value is not string text)
            return;
        if (SecretText.Find(text) is { } secret)
            Report(context, literal, secret);
        else if (SecretText.MayBePartOfWebhook(text))
            CheckAddress(context, literal);
        else if (SecretText.LooksRandom(text) && NameOf(literal, context) is { } name)
            Report(context, literal, name);
    }

    private static void CheckText(SyntaxNodeAnalysisContext context)
    {
        var text = (InterpolatedStringTextSyntax)context.Node;
        if (SecretText.Find(text.TextToken.ValueText) is { } secret)
            Report(context, text, secret);
        else if (SecretText.MayBePartOfWebhook(text.TextToken.ValueText))
            CheckAddress(context, text);
    }

    /// <summary>An address that is put together: the secret may stand in another part than the path.</summary>
    private static void CheckAddress(SyntaxNodeAnalysisContext context, SyntaxNode part)
    {
        if (JsonLiteral.Root(part) is not { } whole || whole == part)
            return;
        var address = AddressText.Read(whole, context.SemanticModel, context.CancellationToken);
        if (SecretText.Find(address) is { } secret)
            Report(context, whole, secret);
    }

    /// <summary>What a literal is called where it is put, if that name says that it is secret.</summary>
    private static string? NameOf(LiteralExpressionSyntax literal, SyntaxNodeAnalysisContext context)
    {
        switch (literal.Parent)
        {
            case ArgumentSyntax { Parent: BaseArgumentListSyntax list } argument:
                if (Header(list.Arguments, argument) is { } header)
                    return header;
                return context.SemanticModel.GetOperation(argument, context.CancellationToken) is IArgumentOperation { Parameter: { } parameter }
                    && KnownTypes.IsIn(parameter.ContainingSymbol, KnownSymbols.Namespace)
                    && ParameterNames.Contains(parameter.Name)
                        ? parameter.Name
                        : null;
            case AssignmentExpressionSyntax assignment when assignment.Right == literal:
                return assignment.Left switch
                {
                    IdentifierNameSyntax identifier => Secret(identifier.Identifier.ValueText),
                    MemberAccessExpressionSyntax access => Secret(access.Name.Identifier.ValueText),
                    ImplicitElementAccessSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax key }] } => Secret(key.Token.ValueText),
                    ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax key }] } => Secret(key.Token.ValueText),
                    _ => null,
                };
            case InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Expressions: [LiteralExpressionSyntax key, _] }:
                return Secret(key.Token.ValueText);
            case AnonymousObjectMemberDeclaratorSyntax { NameEquals.Name.Identifier: var name }:
                return Secret(name.ValueText);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }:
                return Secret(variable.Identifier.ValueText);
            case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                return Secret(property.Identifier.ValueText);
            default:
                return null;
        }
    }

    /// <summary>The header or key that comes before the argument: <c>Add("X-Api-Key", "…")</c>.</summary>
    private static string? Header(SeparatedSyntaxList<ArgumentSyntax> arguments, ArgumentSyntax argument)
    {
        var index = arguments.IndexOf(argument);
        return index > 0 && arguments[index - 1].Expression is LiteralExpressionSyntax { Token.Value: string name } ? Secret(name) : null;
    }

    private static string? Secret(string name)
    {
        var plain = name.Replace("_", "").Replace("-", "").ToLowerInvariant();
        return SecretNames.Any(end => plain.EndsWith(end, StringComparison.Ordinal)) ? name : null;
    }

    private static void Report(SyntaxNodeAnalysisContext context, SyntaxNode node, string what) =>
        context.ReportDiagnostic(Reports.Create(
            Descriptors.SecretInSource, node.GetLocation(), $"The source contains a secret ({what}): read it from configuration, and revoke it if the source was shared"));
}

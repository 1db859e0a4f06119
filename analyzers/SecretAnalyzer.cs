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

/// <summary>Reports webhook URLs, API keys and tokens that stand in the source, where everyone who reads it has them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableHashSet<string> SecretNames = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "clientSecret", "client_secret", "secret", "token", "accessToken", "access_token", "refreshToken", "refresh_token", "apiKey", "api_key");

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
            Report(context, literal.GetLocation(), secret);
        else if (SecretText.LooksRandom(text) && NameOf(literal, context) is { } name)
            Report(context, literal.GetLocation(), name);
    }

    private static void CheckText(SyntaxNodeAnalysisContext context)
    {
        var text = (InterpolatedStringTextSyntax)context.Node;
        if (SecretText.Find(text.TextToken.ValueText) is { } secret)
            Report(context, text.GetLocation(), secret);
    }

    /// <summary>What a literal is called by the place it is put into, where that name says that it is secret.</summary>
    private static string? NameOf(LiteralExpressionSyntax literal, SyntaxNodeAnalysisContext context)
    {
        switch (literal.Parent)
        {
            case ArgumentSyntax argument:
                return context.SemanticModel.GetOperation(argument, context.CancellationToken) is IArgumentOperation { Parameter: { } parameter }
                    && KnownTypes.IsIn(parameter.ContainingSymbol, KnownSymbols.Namespace)
                    && SecretNames.Contains(parameter.Name)
                        ? parameter.Name
                        : null;
            case AssignmentExpressionSyntax assignment when assignment.Right == literal:
                return Secret(assignment.Left switch
                {
                    IdentifierNameSyntax identifier => identifier.Identifier,
                    MemberAccessExpressionSyntax access => access.Name.Identifier,
                    _ => default,
                });
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }:
                return Secret(variable.Identifier);
            case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                return Secret(property.Identifier);
            default:
                return null;
        }
    }

    /// <summary>Beyond the runtime's own parameters only a client secret is called by a name that nothing else has.</summary>
    private static string? Secret(SyntaxToken name) =>
        name.ValueText.Replace("_", "").EndsWith("clientSecret", StringComparison.OrdinalIgnoreCase) ? name.ValueText : null;

    private static void Report(SyntaxNodeAnalysisContext context, Location location, string what) =>
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.SecretInSource, location, $"A secret stands in the source ({what}): read it from configuration, and revoke it if the source was shared"));
}

/// <summary>Tells secrets from other text.</summary>
internal static class SecretText
{
    private const int LeastLength = 8;
    private static readonly string[] KeyPrefixes = ["vibe_api_", "vibe_app_", "vibe_live_", "vibe_session_"];

    /// <summary>What kind of secret a text holds, or null.</summary>
    public static string? Find(string text)
    {
        if (FindWebhook(text) is { } host && !IsPlaceholder(host))
            return "webhook of " + host;
        foreach (var prefix in KeyPrefixes)
        {
            var at = text.IndexOf(prefix, StringComparison.Ordinal);
            if (at >= 0 && WordLength(text, at + prefix.Length) >= LeastLength)
                return prefix + "…";
        }

        return HasSecretParameter(text) ? "client_secret" : null;
    }

    /// <summary>The host of a webhook's URL, or null.</summary>
    public static string? FindWebhook(string text)
    {
        const string path = "/rest/";
        var at = text.IndexOf(path, StringComparison.Ordinal);
        var scheme = at < 0 ? -1 : text.LastIndexOf("://", at, StringComparison.Ordinal);
        if (scheme < 0)
            return null;
        var user = at + path.Length;
        if (string.CompareOrdinal(text, user, "api/", 0, 4) == 0)
            user += 4;
        var digits = 0;
        while (user + digits < text.Length && text[user + digits] is >= '0' and <= '9')
            digits++;
        var secret = user + digits + 1;
        return digits > 0 && secret <= text.Length && text[secret - 1] == '/' && WordLength(text, secret) > 0
            ? text.Substring(scheme + 3, at - scheme - 3)
            : null;
    }

    /// <summary>Hosts of documentation and of the local machine: nobody's portal.</summary>
    public static bool IsPlaceholder(string host) =>
        host.StartsWith("example.", StringComparison.OrdinalIgnoreCase)
        || host.IndexOf(".example.", StringComparison.OrdinalIgnoreCase) >= 0
        || host.EndsWith(".example", StringComparison.OrdinalIgnoreCase)
        || host.StartsWith("localhost", StringComparison.OrdinalIgnoreCase)
        || host.StartsWith("127.", StringComparison.Ordinal)
        || host.StartsWith("[::1]", StringComparison.Ordinal);

    /// <summary>Long, without spaces, letters and digits mixed.</summary>
    public static bool LooksRandom(string text) =>
        text.Length >= 16 && WordLength(text, 0) == text.Length && text.Any(char.IsDigit) && text.Any(char.IsLetter);

    private static bool HasSecretParameter(string text)
    {
        const string parameter = "client_secret=";
        var at = text.IndexOf(parameter, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && WordLength(text, at + parameter.Length) >= LeastLength;
    }

    private static int WordLength(string text, int start)
    {
        var end = start;
        while (end < text.Length && (text[end] is '_' or '-' || (text[end] < 128 && char.IsLetterOrDigit(text[end]))))
            end++;
        return end - start;
    }
}

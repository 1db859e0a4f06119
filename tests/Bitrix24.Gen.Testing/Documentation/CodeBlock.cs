using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.Testing;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">The first word behind the fence; empty: none.</param>
/// <param name="Kind">
/// What follows it: <c>file</c> is a file of its own, <c>host</c> belongs to a program with a host and is not run, <c>pulled</c> needs what
/// <c>b24-spec pull</c> writes, <c>diagnostics: B24102</c> is reported, a file name is a spec file of the project.
/// </param>
/// <param name="Text">The code.</param>
/// <param name="Line">Where it begins, from 1.</param>
public sealed partial record CodeBlock(string Language, string Kind, string Text, int Line)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp12);

    private CompilationUnitSyntax Unit => field ??= (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(Text, Options).GetRoot();

    /// <summary>A guide's program runs it.</summary>
    public bool Runs => Kind.Length == 0;

    public IEnumerable<string> Usings => Unit.Usings.Select(static u => u.ToString());

    /// <summary>The statements, as they stand at the top of a program.</summary>
    public string Statements => string.Concat(Unit.Members.OfType<GlobalStatementSyntax>().Select(static s => s.ToFullString()));

    /// <summary>The types.</summary>
    public string Types => string.Concat(Unit.Members.Where(static m => m is not GlobalStatementSyntax).Select(static m => m.ToFullString()));

    /// <summary>Names of the variables that later statements see.</summary>
    public IEnumerable<string> Variables => Unit.Members.OfType<GlobalStatementSyntax>().Select(static s => s.Statement).OfType<LocalDeclarationStatementSyntax>()
        .SelectMany(static l => l.Declaration.Variables).Select(static v => v.Identifier.Text);

    /// <summary>Names that the statements declare at any depth; a lambda's parameters may be called as a variable around it.</summary>
    public IEnumerable<string> Declared => StatementNodes.Select(static n => n switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.Text,
        ForEachStatementSyntax loop => loop.Identifier.Text,
        SingleVariableDesignationSyntax designation => designation.Identifier.Text,
        _ => "",
    });

    /// <summary>Names that the statements use.</summary>
    public IEnumerable<string> Used => StatementNodes.OfType<IdentifierNameSyntax>()
        .Where(static n => n.Parent is not NameColonSyntax && !(n.Parent is MemberAccessExpressionSyntax access && access.Name == n))
        .Select(static n => n.Identifier.Text);

    private IEnumerable<Microsoft.CodeAnalysis.SyntaxNode> StatementNodes => Unit.Members.OfType<GlobalStatementSyntax>().SelectMany(static s => s.DescendantNodes());

    /// <summary>It has the client class that other blocks use.</summary>
    public bool IsClient => Text.Contains("Bitrix24Client(", StringComparison.Ordinal) && Unit.Members.OfType<ClassDeclarationSyntax>().Any(static c => c.Identifier.Text == "Portal");

    public IEnumerable<string> ExpectedDiagnostics => Kind.StartsWith("diagnostics:", StringComparison.Ordinal)
        ? Kind["diagnostics:".Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [];

    public static IReadOnlyList<CodeBlock> Read(string page) =>
    [
        .. Fence().Matches(page).Select(m => new CodeBlock(
            m.Groups["language"].Value, m.Groups["kind"].Value.Trim(), m.Groups["code"].Value, page.AsSpan(0, m.Index).Count('\n') + 1)),
    ];

    [GeneratedRegex("^[ ]*```(?<language>[a-z]*)(?<kind>[^\\n]*)\\n(?<code>.*?)^[ ]*```[ ]*$", RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex Fence();
}

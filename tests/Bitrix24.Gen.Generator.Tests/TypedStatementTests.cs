using System.Text.RegularExpressions;
using Bitrix24.Gen.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>
/// The statements of the five documents (tests/Fixtures/seed-statements.tsv) that generated types hold: each method of such
/// a statement has its request, and each field its property, in a client of all five systems.
/// </summary>
public sealed partial class TypedStatementTests
{
    private static readonly Dictionary<char, string> Apis = new() { ['v'] = "vibecode", ['a'] = "amocrm" };

    private static readonly Lazy<GeneratorHarness> Generated = new(static () => GeneratorHarness.Run(
        """
        using Bitrix24;
        [Bitrix24Client("biconnector", "landing.repowidget", "landing.landing", "landing.block")] public sealed partial class Portal;
        [VibeCodeClient("*")] public sealed partial class Vibe;
        [AmoCrmClient("widgets")] public sealed partial class Amo;
        """,
        [.. PackagedFiles.Of().Where(static f => AreaPattern().IsMatch(f.Path)), .. PackagedFiles.Of("vibecode"), .. PackagedFiles.Of("amocrm")]));

    private static readonly Lazy<ILookup<(string Api, string Method), INamedTypeSymbol>> Requests = new(static () => Types()
        .SelectMany(static t => t.GetAttributes().Where(static a => a.AttributeClass?.Name == "Bitrix24MethodAttribute").Select(a => (Type: t, Attribute: a)))
        .ToLookup(
            static p => (
                p.Attribute.NamedArguments.FirstOrDefault(static n => n.Key == "Api").Value.Value as string ?? "bitrix24",
                ((string)p.Attribute.ConstructorArguments[0].Value!).ToUpperInvariant()),
            static p => p.Type));

    private static readonly Lazy<ILookup<(string Api, string Type), INamedTypeSymbol>> Records = new(static () => Types()
        .ToLookup(static t => (t.ContainingNamespace.ToString()!.Split('.')[0].ToLowerInvariant(), t.Name)));

    public static TheoryData<int, string> Statements
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var line in File.ReadLines(RepositoryRoot.PathTo("tests", "Fixtures", "seed-statements.tsv")))
            {
                if (!line.StartsWith('#') && line.Split('\t') is [_, var number, var holds, _, _, var checks, ..] && holds.Contains('T', StringComparison.Ordinal))
                    data.Add(int.Parse(number, System.Globalization.CultureInfo.InvariantCulture), string.Join(" && ", checks.Split(" && ").Where(static c => !c.StartsWith("test ", StringComparison.Ordinal)).Select(static c => c.Length > 200 ? c[..200] : c)));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void Types_have_what_a_statement_says(int number, string checks)
    {
        Assert.True(number > 0);
        foreach (var check in checks.Split(" && ", StringSplitOptions.RemoveEmptyEntries))
        {
            var words = check.Split(' ');
            var api = Apis.GetValueOrDefault(words[0] is "verify" or "auth" or "auth2" ? ' ' : words[0][0], "bitrix24");
            var kind = api == "bitrix24" ? words[0] : words[0][1..];
            switch (kind)
            {
                case "field" or "default" or "format":
                    AssertField(api, words[1].Split('/')[1], words[2]);
                    break;
                case "system" or "case" or "doc":
                    break;
                default:
                    Assert.NotEmpty(Requests.Value[(api, words[1].ToUpperInvariant())]);
                    break;
            }
        }
    }

    [Fact]
    public void A_comment_says_what_only_an_on_premise_portal_has()
    {
        var field = Records.Value[("bitrix24", "RepoWidget")].SelectMany(static t => t.GetMembers("SiteTemplateId")).First(static m => m.DeclaredAccessibility == Accessibility.Public);
        Assert.Contains("on-premise", field.GetDocumentationCommentXml() is { Length: > 0 } text ? text : Comment(field), StringComparison.Ordinal);
    }

    private static string Comment(ISymbol symbol) => symbol.DeclaringSyntaxReferences[0].GetSyntax().GetLeadingTrivia().ToFullString();

    private static void AssertField(string api, string type, string field)
    {
        var properties = Records.Value[(api, type)].SelectMany(static t => t.GetMembers().OfType<IPropertySymbol>()).Select(static p => Plain(p.Name));
        Assert.Contains(Plain(field), properties);
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static IEnumerable<INamedTypeSymbol> Types() =>
        Generated.Value.Output().GetSymbolsWithName(static _ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>();

    [GeneratedRegex(@"/(api|biconnector\.[\w.]+|landing\.[\w.]+)\.b24\.json$")]
    private static partial Regex AreaPattern();
}

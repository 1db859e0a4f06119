using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

public class ClientTests
{
    [Theory]
    [InlineData("[Bitrix24Client(\"biconnector\")] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"landing.landing.favoriteBlock\", \"landing.repowidget\")] public partial class Client;")]
    [InlineData("[Bitrix24Client({|B24020:\"biconector\"|})] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"biconnector\", {|B24020:\"landing.landing.favoritBlock\"|})] public partial class Client;")]
    [InlineData("[Bitrix24Client({|B24020:\"v3/biconnector\"|})] public partial class Client;")]
    [InlineData("[Bitrix24Client({|B24020:\"crm\"|})] public partial class Client;")]
    [InlineData("[Bitrix24Client({|B24020:\"\"|})] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"biconnector\")] public class {|B24021:Client|};")]
    [InlineData("public class {|B24021:Outer|} { [Bitrix24Client(\"biconnector\")] public partial class Client; }")]
    [InlineData("[Bitrix24Client(\"biconnector\")] public partial class {|B24021:Client|}<T>;")]
    [InlineData("[Bitrix24Client(\"biconnector\")] public static partial class {|B24021:Client|};")]
    [InlineData("[Bitrix24Client(\"biconnector\")] public partial record {|B24021:Client|};")]
    [InlineData("public class Base; [Bitrix24Client(\"biconnector\")] public partial class {|B24021:Client|} : Base;")]
    [InlineData("public class NoClient;")]
    [InlineData("[{|B24023:Bitrix24Client|}] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"biconnector\", Namespace = \"Acme.Bi\")] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"biconnector\", Namespace = {|B24021:\"acme-bi\"|})] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"biconnector\", Namespace = {|B24021:\"Acme..Bi\"|})] public partial class Client;")]
    [InlineData("[{|B24023:Bitrix24Client()|}] public partial class Client;")]
    public Task A_client_class_can_be_extended_and_selects_what_exists(string source) => Verify.SourceAsync(source);

    [Theory]
    [InlineData("[Bitrix24Client(\"smartProcess\")]", "run b24-spec pull first")]
    [InlineData("[Bitrix24Client(\"biconector\")]", "did you mean 'biconnector'?")]
    [InlineData("[AmoCrmClient(\"zzz\")]", "No spec has 'zzz'")]
    public async Task What_no_spec_has_is_said_with_what_to_do(string attribute, string expected)
    {
        var found = await Analysis.RunAsync(Analysis.Compile([("Portal.cs", $"using Bitrix24; {attribute} internal partial class Client;")]), SpecText.OfRepository);
        Assert.EndsWith(expected, Assert.Single(found).GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Bitrix24Client({|B24020:\"biconector\"|})] public partial class Client;", "[Bitrix24Client(\"biconnector\")] public partial class Client;")]
    [InlineData("[Bitrix24Client({|B24020:\"landing.landing.favoritBlock\"|})] public partial class Client;", "[Bitrix24Client(\"landing.landing.favoriteBlock\")] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"biconnector\")] public class {|B24021:Client|};", "[Bitrix24Client(\"biconnector\")] public partial class Client;")]
    [InlineData("internal sealed class {|B24021:Outer|} { [Bitrix24Client(\"biconnector\")] public partial class Client; }", "internal sealed partial class Outer { [Bitrix24Client(\"biconnector\")] public partial class Client; }")]
    public Task A_fix_corrects_the_client_class(string source, string fixedSource) => VerifyFix.SourceAsync(source, fixedSource);

    [Theory]
    [InlineData("public sealed class {|B24022:Dataset|};", "class Dataset")]
    [InlineData("public enum {|B24022:Dataset|} { }", "enum Dataset")]
    [InlineData("public sealed partial class Dataset { public bool IsNew => Id == 0; }", null)]
    [InlineData("public sealed class Other;", null)]
    public async Task A_type_of_the_project_with_the_name_of_a_generated_one_is_reported(string declaration, string? collides)
    {
        var portal = Analysis.Generate(Analysis.Compile([("Portal.cs", Sample.RawUsings + Sample.TypedPortal)]), SpecText.OfRepository);
        var space = portal.GetSymbolsWithName("Dataset").OfType<Microsoft.CodeAnalysis.INamedTypeSymbol>().Single().ContainingNamespace.ToDisplayString();
        var markup = Markup.Parse($"namespace {space} {{ {declaration} }}");
        var own = Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(markup.Text, Analysis.ParseOptions, "Own.cs");

        var found = await Analysis.RunAsync(portal.AddSyntaxTrees(own), SpecText.OfRepository);

        Assert.Equal(collides is null ? [] : markup.Marks.Select(static m => (m.Id, m.Span)), found.Select(static d => (d.Id, d.Location.SourceSpan)));
    }
}

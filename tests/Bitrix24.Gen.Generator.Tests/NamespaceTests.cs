using Bitrix24.Gen.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>Where the types of an area lie, who sees them, and that they take no name from the user's code.</summary>
public class NamespaceTests
{
    private static string Spec(string method, string api) => $$"""
        {
          "api": "{{api}}",
          "types": { "Thing": { "fields": { "id": { "type": "int", "readOnly": true }, "kind": { "type": "string", "enum": ["A"] } } } },
          "methods": {
            "{{method}}.get": { "operation": "get", "params": { "id": { "type": "int", "required": true } }, "result": { "type": "Thing" } },
            "{{method}}.list": { "operation": "list", "paging": "start", "params": { "filter": { "type": "Thing", "as": "filter" }, "start": { "type": "int" } }, "result": { "type": "Thing[]" } }
          }
        }
        """;

    private static TestFile File(string name, string api = "bitrix24") =>
        new($"/specs/{api}/{name}.b24.json", Spec(name, api));

    private static readonly TestFile[] Specs =
    [
        .. new[] { "crm.deal", "tasks.task", "task.item", "user", "log.blogpost", "app", "event", "filter.one", "Violation" }.Select(static n => File(n)),
        File("tasks.task", "bitrix24-v3"),
        File("deals", "vibecode"),
        File("tasks", "vibecode"),
        File("widgets", "amocrm"),
        .. new[] { "bitrix24", "bitrix24-v3", "vibecode", "amocrm" }.SelectMany(static api => PackagedFiles.Of(api)).Where(static f => f.Path.EndsWith("/api.b24.json", StringComparison.Ordinal)),
    ];

    [Theory]
    [InlineData("Bitrix24Client(\"crm\")", "Bitrix24.Crm.Thing")]
    [InlineData("Bitrix24Client(\"v3/tasks\")", "Bitrix24.V3.Tasks.Thing")]
    [InlineData("Bitrix24Client(\"vibecode/deals\")", "VibeCode.Deals.Thing")]
    [InlineData("VibeCodeClient(\"deals\")", "VibeCode.Deals.Thing")]
    [InlineData("AmoCrmClient(\"widgets\")", "AmoCrm.Widgets.Thing")]
    [InlineData("Bitrix24Client(\"crm\", Namespace = \"Acme.Crm\")", "Acme.Crm.Thing")]
    [InlineData("Bitrix24Client(\"crm\", \"tasks\", Namespace = \"Acme.Crm\")", "Acme.Crm.Thing Acme.Crm.Tasks.Thing")]
    [InlineData("Bitrix24Client(\"crm\", \"v3/tasks\", Namespace = \"Acme\")", "Acme.Crm.Thing Acme.V3.Tasks.Thing")]
    [InlineData("VibeCodeClient(\"deals\", Namespace = \"Acme\")", "Acme.Deals.Thing")]
    [InlineData("Bitrix24Client(\"crm\", Namespace = \"not a name\")", "Bitrix24.Crm.Thing")]
    [InlineData("Bitrix24Client(\"crm\", Namespace = \"\")", "Bitrix24.Crm.Thing")]
    [InlineData("Bitrix24Client(\"filter\")", "Bitrix24.FilterApi.Thing")]
    [InlineData("Bitrix24Client(\"violation\")", "Bitrix24.ViolationApi.Thing")]
    public void TypesOfAnArea_LieInANamespaceOfTheApi(string attribute, string types)
    {
        var output = GeneratorHarness.Run($"namespace My; [Bitrix24.{attribute}] public partial class Portal;", Specs).AssertCompiles().Output();
        foreach (var type in types.Split(' '))
            Assert.Equal(Accessibility.Public, output.Assembly.GetTypeByMetadataName(type)?.DeclaredAccessibility);
    }

    // https://apidocs.bitrix24.com/api-reference/tasks/tasks-task-add.html
    [Fact]
    public void What_is_sent_and_what_is_answered_may_have_one_name()
    {
        const string Task = """
            {
              "api": "bitrix24",
              "types": {
                "Task": { "csharp": "TaskRecord", "fields": { "id": { "type": "int" } } },
                "TaskInput": { "csharp": "Task", "fields": { "TITLE": { "type": "string", "required": true } } }
              },
              "methods": {
                "tasks.task.add": { "operation": "add", "params": { "fields": { "type": "TaskInput", "as": "create" } }, "result": { "type": "Task" } },
                "tasks.task.update": { "operation": "update", "params": { "id": { "type": "int" }, "fields": { "type": "TaskInput", "as": "update" } }, "result": { "type": "Task" } }
              }
            }
            """;
        var profile = PackagedFiles.Of("bitrix24").Where(static f => f.Path.EndsWith("/api.b24.json", StringComparison.Ordinal));
        var output = GeneratorHarness.Run("[Bitrix24.Bitrix24Client(\"tasks\")] public partial class P;", [.. profile, new("/specs/bitrix24/tasks.task.b24.json", Task)]).AssertCompiles().Output();
        foreach (var type in new[] { "TaskRecord", "TaskCreate", "TaskUpdate" })
            Assert.NotNull(output.GetTypeByMetadataName("Bitrix24.Tasks." + type));
    }

    [Theory]
    [InlineData("*", "Bitrix24.Crm.Thing Bitrix24.Task.Thing Bitrix24.User.Thing", "Bitrix24.V3.Tasks.Thing")]
    [InlineData("v3/*", "Bitrix24.V3.Tasks.Thing", "Bitrix24.Crm.Thing")]
    [InlineData("vibecode/*", "VibeCode.Deals.Thing VibeCode.Tasks.Thing", "Bitrix24.Crm.Thing")]
    public void Asterisk_SelectsEveryArea(string selector, string types, string other)
    {
        var output = GeneratorHarness.Run($"[Bitrix24.Bitrix24Client(\"{selector}\")] public partial class Portal;", Specs).AssertCompiles().Output();
        Assert.All(types.Split(' '), type => Assert.NotNull(output.GetTypeByMetadataName(type)));
        Assert.Null(output.GetTypeByMetadataName(other));
    }

    [Theory]
    [InlineData("internal partial class P;", Accessibility.Internal)]
    [InlineData("partial class P;", Accessibility.Internal)]
    [InlineData("public partial class P;", Accessibility.Public)]
    [InlineData("partial class P; [Bitrix24Client(\"tasks\")] public partial class Q;", Accessibility.Public)]
    [InlineData("partial class P; [VibeCodeClient(\"deals\")] public partial class Q;", Accessibility.Internal)]
    [InlineData("partial class P; [Bitrix24Client(\"crm\", Namespace = \"Acme\")] public partial class Q;", Accessibility.Internal)]
    public void Types_AreAsVisibleAsTheMostVisibleClient(string client, Accessibility expected)
    {
        var output = GeneratorHarness.Run($"using Bitrix24; [Bitrix24Client(\"crm\")] {client}", Specs).AssertCompiles().Output();
        foreach (var type in new[] { "Thing", "ThingFilter", "ThingKind", "DealGetRequest", "DealClient", "CrmArea", "CrmErrors" })
            Assert.Equal(expected, output.GetTypeByMetadataName("Bitrix24.Crm." + type)?.DeclaredAccessibility);
    }

    [Theory]
    [InlineData("public partial class Outer { [Bitrix24.Bitrix24Client(\"crm\")] private partial class P; }", Accessibility.Internal)]
    [InlineData("public partial class Outer { [Bitrix24.Bitrix24Client(\"crm\")] protected partial class P; }", Accessibility.Public)]
    [InlineData("partial class Outer { [Bitrix24.Bitrix24Client(\"crm\")] public partial class P; }", Accessibility.Internal)]
    public void NestedClient_IsAsVisibleAsWhatIsAroundIt(string source, Accessibility expected) => Assert.Equal(
        expected,
        GeneratorHarness.Run(source, Specs).AssertCompiles().Output().GetTypeByMetadataName("Bitrix24.Crm.Thing")?.DeclaredAccessibility);

    /// <summary>In the global namespace, with top-level statements, and beside types of the same names.</summary>
    [Fact]
    public void AreasThatAreCalledAsEverydayTypes_TakeNoName()
    {
        const string source = """
            using System;
            using System.Threading.Tasks;
            using Bitrix24;

            using var portal = new Portal(Bitrix24Credentials.Webhook("https://example.bitrix24.com/rest/1/secret/"));
            await Task.Delay(1);
            Task<Bitrix24.User.Thing> read = portal.User.GetAsync(1);
            Console.WriteLine(new User().Name + new Log().Name + new App().Name + new Event().Name + await Run());
            static async Task<int> Run() => await Task.FromResult(1);

            [Bitrix24Client("task", "user", "log", "app", "event")]
            internal sealed partial class Portal;
            class User { public string Name = "A"; }
            class Log { public string Name = "A"; }
            class App { public string Name = "A"; }
            class Event { public string Name = "A"; }
            class TaskItem;
            """;
        var program = GeneratorHarness.CreateCompilation([source]);
        GeneratorHarness.Run(program.WithOptions(program.Options.WithOutputKind(OutputKind.ConsoleApplication)), Specs).AssertCompiles();
    }

    [Fact]
    public void InternalClientsOfTwoProjects_DoNotCollide()
    {
        const string library = """
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("App")]
            namespace Library;
            [Bitrix24.Bitrix24Client("crm")] internal partial class Portal;
            """;
        var first = GeneratorHarness.Run(GeneratorHarness.CreateCompilation([library], "Library"), Specs).AssertCompiles().Output();
        const string app = """
            using Bitrix24.Crm;
            namespace App;
            [Bitrix24.Bitrix24Client("crm")] internal partial class Portal;
            static class Use
            {
                static System.Threading.Tasks.Task<Thing> Read(Portal portal) => portal.Crm.Deal.GetAsync(1);
            }
            """;
        var other = GeneratorHarness.CreateCompilation([app], "Other", first.ToMetadataReference());
        GeneratorHarness.Run(other, Specs).AssertCompiles();

        // Even where the other project's internals are visible, generated code means its own types.
        var friend = GeneratorHarness.CreateCompilation([app.Replace("crm\")", "crm\", Namespace = \"App.Api\")", StringComparison.Ordinal).Replace("Bitrix24.Crm;", "App.Api.Crm;", StringComparison.Ordinal)], "App", first.ToMetadataReference());
        GeneratorHarness.Run(friend, Specs).AssertCompiles();
        var alike = GeneratorHarness.Run(GeneratorHarness.CreateCompilation([app], "App", first.ToMetadataReference()), Specs);
        Assert.All(GeneratorHarness.Problems(alike.Output()), static p => Assert.StartsWith("(", p, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("namespace Bitrix24; [Bitrix24Client(\"crm\")] public partial class Crm;", "Bitrix24.CrmApi.Thing")]
    [InlineData("[Bitrix24.VibeCodeClient(\"deals\")] public partial class VibeCode;", "VibeCodeApi.Deals.Thing")]
    [InlineData("[Bitrix24.Bitrix24Client(\"crm\")] public partial class Crm;", "Bitrix24.Crm.Thing")]
    public void ClientOfANamespacesName_KeepsItsName(string source, string type) =>
        Assert.NotNull(GeneratorHarness.Run(source, Specs).AssertCompiles().Output().GetTypeByMetadataName(type));

    [Fact]
    public void TwoApisInOneNamespace_StayApart()
    {
        var output = GeneratorHarness.Run(
            """
            using Bitrix24;
            [Bitrix24Client("tasks", Namespace = "Acme")] public partial class Portal;
            [VibeCodeClient("tasks", Namespace = "Acme")] public partial class Vibe;
            """,
            Specs).AssertCompiles().Output();
        Assert.NotNull(output.GetTypeByMetadataName("Acme.Tasks.Thing"));
        Assert.NotNull(output.GetTypeByMetadataName("Acme.VibeCode.Tasks.Thing"));
    }

    /// <summary>What generated files leave out of the analysis changes nothing of what they declare.</summary>
    [Theory]
    [InlineData("bitrix24", "biconnector", "crm.deal", "tasks.task")]
    [InlineData("vibecode", "vibecode/deals", "vibecode/items")]
    public void NullableAnnotations_AreThoseOfAFullAnalysis(string api, params string[] areas)
    {
        var harness = GeneratorHarness.Run(
            $"[Bitrix24.Bitrix24Client({string.Join(", ", areas.Select(static a => $"\"{a}\""))})] public partial class Portal;", PackagedFiles.Of(api));
        var (lean, full) = (Signatures(harness.Output()), Signatures(harness.AnalyzedOutput()));
        Assert.True(full.Count > 500);
        Assert.Contains(full, static s => s.Contains('?'));
        Assert.Equal(full, lean);
    }

    private static List<string> Signatures(CSharpCompilation compilation)
    {
        var format = SymbolDisplayFormat.CSharpErrorMessageFormat
            .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier)
            .AddMemberOptions(SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeAccessibility);
        var found = new List<string>();
        Add(compilation.Assembly.GlobalNamespace);
        return found;

        void Add(INamespaceOrTypeSymbol parent)
        {
            foreach (var member in parent.GetMembers())
            {
                found.Add(member.ToDisplayString(format));
                if (member is INamespaceOrTypeSymbol inner)
                    Add(inner);
            }
        }
    }
}

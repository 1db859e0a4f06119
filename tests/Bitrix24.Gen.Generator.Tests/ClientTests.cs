using Bitrix24.Gen.Generator.Tests.Harness;

namespace Bitrix24.Gen.Generator.Tests;

public class ClientTests
{
    private const string Deal = """
        {
          "api": "bitrix24",
          "types": { "Deal": { "fields": { "id": { "type": "int", "readOnly": true } } } },
          "methods": {
            "crm.deal.get": { "operation": "get", "params": { "id": { "type": "int", "required": true } }, "result": { "type": "Deal" } },
            "crm.deal.delete": { "operation": "delete", "params": { "id": { "type": "int", "required": true } }, "result": { "type": "bool" } },
            "crm.deal.fields.update": { "operation": "action", "result": { "type": "bool" } }
          }
        }
        """;

    private static readonly TestFile[] Specs =
    [
        new("/specs/bitrix24/crm.deal.b24.json", Deal),
        new("/specs/bitrix24/tasks.task.b24.json", Deal.Replace("crm.deal", "tasks.task", StringComparison.Ordinal)),
        new("/specs/bitrix24-v3/tasks.task.b24.json", Deal.Replace("crm.deal", "tasks.task", StringComparison.Ordinal).Replace("\"bitrix24\"", "\"bitrix24-v3\"", StringComparison.Ordinal)),
    ];

    [Theory]
    [InlineData("[Bitrix24Client(\"crm\")] public partial class Portal;", "Portal.g.cs")]
    [InlineData("namespace A.B; [Bitrix24Client(\"CRM.Deal\")] internal sealed partial class Portal { }", "A.B.Portal.g.cs")]
    [InlineData("namespace A.@class; [Bitrix24Client(\"crm\")] partial class @event { }", "A.class.event.g.cs")]
    [InlineData("namespace A; partial class Outer { [Bitrix24Client(\"crm\")] private partial class Portal { } }", "A.Outer.Portal.g.cs")]
    [InlineData("namespace A; partial record struct O { partial interface I { [Bitrix24Client(\"crm\")] public partial class P { } } }", "A.O.I.P.g.cs")]
    [InlineData("namespace A; [Bitrix24Client(\"crm\")] public partial class Crm { }", "A.Crm.g.cs")]
    [InlineData("namespace A; [Bitrix24Client(\"crm\")] public partial class Portal : Bitrix24Client { }", "A.Portal.g.cs")]
    [InlineData("namespace A; [Bitrix24Client(\"crm\")] public partial class Portal { public Portal(Bitrix24Credentials c, Bitrix24ClientOptions? o) : base(c, o) { } }", "A.Portal.g.cs")]
    [InlineData("namespace A; [Bitrix24Client(\"crm\")] public partial class Portal { public Portal(string url) : this(Bitrix24Credentials.Webhook(url)) { } }", "A.Portal.g.cs")]
    [InlineData("namespace A; [Bitrix24Client(\"crm\")] public partial class Portal(Bitrix24Credentials c) : Bitrix24Client(c) { }", "A.Portal.g.cs")]
    public void ClientClass_IsExtended(string source, string hintName)
    {
        var harness = GeneratorHarness.Run("using Bitrix24;\n" + source, Specs).AssertCompiles();
        Assert.Contains(hintName, harness.Sources.Keys);
    }

    [Theory]
    [InlineData("[Bitrix24Client(\"crm\")] public class Portal { }")]
    [InlineData("[Bitrix24Client(\"crm\")] public static partial class Portal { }")]
    [InlineData("[Bitrix24Client(\"crm\")] public partial class Portal<T> { }")]
    [InlineData("[Bitrix24Client(\"crm\")] public partial class Portal : System.Exception { }")]
    [InlineData("class Outer { [Bitrix24Client(\"crm\")] public partial class Portal { } }")]
    [InlineData("[Bitrix24Client(\"crm\")] public partial record Portal { }")]
    public void ClassThatCannotBeExtended_GetsNoPart(string source)
    {
        var harness = GeneratorHarness.Run("using Bitrix24;\n" + source, Specs).AssertCompiles();
        Assert.DoesNotContain(harness.Sources.Keys, static k => k.Contains("Portal", StringComparison.Ordinal));
    }

    [Fact]
    public void TwoClientsOfANamespace_ShareTheirTypes()
    {
        var harness = GeneratorHarness.Run(
            """
            using Bitrix24;
            namespace App;
            [Bitrix24Client("crm.deal.get")] public partial class Reader;
            [Bitrix24Client("crm", "tasks")] public partial class Portal;
            class Use
            {
                static void Run(Reader reader, Portal portal)
                {
                    System.Threading.Tasks.Task<Bitrix24.Crm.Deal> one = reader.Crm.Deal.GetAsync(1);
                    one = portal.Crm.Deal.GetAsync(1);
                    portal.Tasks.Task.DeleteAsync(1);
                }
            }
            """,
            Specs).AssertCompiles();
        Assert.Equal(
            ["App.Portal.g.cs", "App.Reader.g.cs", "Bitrix24.Bitrix24ApiRules.g.cs", "Bitrix24.Crm.crm.deal.g.cs", "Bitrix24.Crm.g.cs", "Bitrix24.Tasks.g.cs", "Bitrix24.Tasks.tasks.task.g.cs"],
            harness.Sources.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ClientsOfTwoNamespaces_ShareTheirTypes() => Assert.Equal(
        ["A.Portal.g.cs", "B.Portal.g.cs", "Bitrix24.Bitrix24ApiRules.g.cs", "Bitrix24.Crm.crm.deal.g.cs", "Bitrix24.Crm.g.cs"],
        GeneratorHarness.Run(
            """
            using Bitrix24;
            namespace A { [Bitrix24Client("crm")] public partial class Portal; }
            namespace B { [Bitrix24Client("crm")] public partial class Portal; }
            """,
            Specs).AssertCompiles().Sources.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void AttributeOnTwoParts_IsOneClient()
    {
        var harness = GeneratorHarness.Run(
            "using Bitrix24; [Bitrix24Client(\"crm\")] partial class P; [Bitrix24Client(\"tasks\")] partial class P;", Specs);
        Assert.Null(harness.Result.Exception);
        Assert.Contains("P.g.cs", harness.Sources.Keys);
    }

    [Fact]
    public void OtherApi_LiesOneStepDeeper() => GeneratorHarness.Run(
        """
        using Bitrix24;
        namespace App;
        [Bitrix24Client("tasks", "v3/tasks")] public partial class Portal;
        class Use
        {
            static void Run(Portal portal)
            {
                System.Threading.Tasks.Task<Bitrix24.Tasks.Deal> two = portal.Tasks.Task.GetAsync(1);
                System.Threading.Tasks.Task<Bitrix24.V3.Tasks.Deal> three = portal.V3.Tasks.Task.GetAsync(1);
            }
        }
        """,
        Specs).AssertCompiles();

    [Fact]
    public void SelectedMethod_ComesAlone()
    {
        var sources = GeneratorHarness.Run("using Bitrix24; [Bitrix24Client(\"crm.deal.DELETE\")] partial class P;", Specs).AssertCompiles().Sources;
        Assert.Contains("DeleteAsync", sources["Bitrix24.Crm.crm.deal.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("GetAsync", sources["Bitrix24.Crm.crm.deal.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("class Deal ", sources["Bitrix24.Crm.crm.deal.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Bitrix24Client] partial class P;")]
    [InlineData("[Bitrix24Client(null!)] partial class P;")]
    [InlineData("[Bitrix24Client(\"nothing\", \"\", \"/\", \"v3/\", \".\", \"crm.\", null!)] partial class P;")]
    public void SelectionOfNothing_GivesAClientWithoutAreas(string source) =>
        Assert.Equal(["P.g.cs"], GeneratorHarness.Run("using Bitrix24;\n" + source, Specs).AssertCompiles().Sources.Keys);

    [Fact]
    public void UsersFile_AddsAField()
    {
        var own = new TestFile(
            "/home/me/project/crm.deal.b24.json",
            """{ "api": "bitrix24", "types": { "Deal": { "fields": { "UF_CRM_COLOR": { "type": "string" } } } } }""",
            packaged: false);
        GeneratorHarness.Run(
            """
            using Bitrix24;
            namespace App;
            [Bitrix24Client("crm")] public partial class Portal;
            class Use { static string? Color(Bitrix24.Crm.Deal deal) => deal.UfCrmColor; static int Id(Bitrix24.Crm.Deal deal) => deal.Id; }
            """,
            [.. Specs, own]).AssertCompiles();
    }

    [Fact]
    public void UsersFile_AddsAMethod()
    {
        var own = new TestFile(
            "/home/me/project/crm.deal.b24.json",
            """{ "api": "bitrix24", "methods": { "crm.deal.archive": { "operation": "action", "result": { "type": "bool" } } } }""",
            packaged: false);
        GeneratorHarness.Run(
            """
            using Bitrix24;
            [Bitrix24Client("crm")] public partial class Portal;
            class Use { static System.Threading.Tasks.Task<bool> Run(Portal portal) => portal.Crm.Deal.ArchiveAsync(); }
            """,
            [.. Specs, own]).AssertCompiles();
    }

    [Theory]
    [InlineData("Task", "await Task.Yield();")]
    [InlineData("File", "File.Exists(\"a\");")]
    [InlineData("Type", "Type type = typeof(int);")]
    public void TypeOfAUsualName_LeavesTheNameToEverybody(string name, string use) => GeneratorHarness.Run(
        $$"""
        using Bitrix24;
        using System;
        using System.IO;
        using System.Threading.Tasks;
        using Bitrix24.Box;
        namespace App
        {
            [Bitrix24Client("box")] public partial class Portal;
        }
        namespace Other
        {
            class Use
            {
                static async System.Threading.Tasks.Task<{{name}}Record> Run(App.Portal portal)
                {
                    {{use}}
                    await portal.Box.Thing.AddAsync(new {{name}}Create { Title = "A" });
                    await foreach (var one in portal.Box.Thing.ListAsync(q => q.Where(t => t.Id > 1)))
                        return one;
                    return await portal.Box.Thing.GetAsync(1);
                }
            }
        }
        """,
        new TestFile("/specs/bitrix24/box.thing.b24.json", $$"""
            {
              "api": "bitrix24",
              "types": { "{{name}}": { "fields": { "id": { "type": "int", "readOnly": true }, "title": { "type": "string", "required": true }, "parent": { "type": "{{name}}" } } } },
              "methods": {
                "box.thing.add": { "operation": "add", "params": { "fields": { "type": "{{name}}", "as": "create", "required": true } }, "result": { "type": "int" } },
                "box.thing.get": { "operation": "get", "params": { "id": { "type": "int", "required": true } }, "result": { "type": "{{name}}" } },
                "box.thing.list": { "operation": "list", "paging": "start", "params": { "filter": { "type": "{{name}}", "as": "filter" }, "start": { "type": "int" } }, "result": { "type": "{{name}}[]" } }
              }
            }
            """)).AssertCompiles();
}

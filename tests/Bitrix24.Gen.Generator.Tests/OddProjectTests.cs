using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>Projects with names and settings of their own: generated code compiles in them without an error or a warning.</summary>
public class OddProjectTests
{
    private const string Thing = """
        {
          "api": "bitrix24",
          "types": {
            "Task": { "fields": { "id": { "type": "int", "readOnly": true }, "kind": { "type": "string", "enum": ["A"] }, "at": { "type": "datetime" }, "more": { "type": "map<json>" } } },
            "User": { "fields": { "id": { "type": "int", "readOnly": true }, "tags": { "type": "string[]" } } }
          },
          "methods": {
            "AREA.thing.get": { "operation": "get", "params": { "id": { "type": "int", "required": true } }, "result": { "type": "Task" } },
            "AREA.thing.add": { "operation": "add", "params": { "fields": { "type": "User", "as": "create", "required": true } }, "result": { "type": "int" } },
            "AREA.thing.pin": { "params": { "id": { "type": "int", "required": true } }, "noResult": true },
            "AREA.thing.list": { "operation": "list", "paging": "start", "params": { "filter": { "type": "Task", "as": "filter" }, "select": { "type": "Task", "as": "select" }, "start": { "type": "int" } }, "result": { "type": "Task[]" } }
          }
        }
        """;

    private static readonly TestFile[] Specs =
        [.. new[] { "task", "user", "log", "app", "system", "bitrix24" }.Select(static a => new TestFile($"/specs/bitrix24/{a}.thing.b24.json", Thing.Replace("AREA", a, StringComparison.Ordinal)))];

    private const string Client = "[global::Bitrix24.Bitrix24Client(\"task\", \"user\", \"log\", \"app\", \"system\", \"bitrix24\")] public partial class Portal;";

    private static readonly string Use = string.Concat(new[] { "Task", "User", "Log", "App" }.Select(static a =>
        $"var t{a} = await portal.{a}.Thing.GetAsync(1); await portal.{a}.Thing.PinAsync(t{a}.Id); "));

    [Theory]
    [InlineData("class Task; class User; class Log; class App; class Portal2;")]
    [InlineData("namespace My; class Task; class User; class Log; class App; class Bitrix24Client;")]
    [InlineData("namespace My; class Action; class Func; class Exception; class String; class Uri;")]
    [InlineData("namespace My.System; class Text; class Threading;")]
    [InlineData("namespace My.Bitrix24; class Thing; class Infrastructure;")]
    [InlineData("namespace Acme; class b24; class b24t; class b24s; class CancellationToken;")]
    [InlineData("global using User = System.String; global using Log = System.Int32; global using Task = System.Threading.Tasks.Task;")]
    [InlineData("global using static System.Math; global using System; global using System.IO; global using System.Threading.Tasks;")]
    public void NamesOfTheProject_DoNotDisturb(string source)
    {
        // Global usings stand before everything; the client is in the global namespace and in one of the project's own.
        foreach (var client in new[] { Client, "namespace My { " + Client + " }", "namespace @class.@event { " + Client + " }", "namespace Acme2.Task { " + Client + " }", "namespace Acme2.User.Log { " + Client + " }" })
            GeneratorHarness.Run(GeneratorHarness.CreateCompilation([source, client]), Specs).AssertCompiles();
    }

    [Theory]
    [InlineData(NullableContextOptions.Disable)]
    [InlineData(NullableContextOptions.Warnings)]
    [InlineData(NullableContextOptions.Annotations)]
    public void SettingsOfTheProject_DoNotDisturb(NullableContextOptions nullable)
    {
        var compilation = GeneratorHarness.CreateCompilation([Client, "class Usage { static async System.Threading.Tasks.Task Run(Portal portal) { " + Use + "} }"]);
        GeneratorHarness.Run(compilation.WithOptions(compilation.Options.WithNullableContextOptions(nullable).WithOverflowChecks(true).WithDeterministic(false)), Specs).AssertCompiles();
    }

    [Fact]
    public void TopLevelStatements_BesideTypesOfTheNames_Compile()
    {
        var compilation = GeneratorHarness.CreateCompilation([
            "using Bitrix24; using Bitrix24.Log; using var portal = new Portal(Bitrix24Credentials.Webhook(\"https://example.bitrix24.com/rest/1/x/\")); " + Use + "await System.Threading.Tasks.Task.Delay(1);",
            Client + " class User; class Log; class App;"]);
        GeneratorHarness.Run(compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication)), Specs).AssertCompiles();
    }
}

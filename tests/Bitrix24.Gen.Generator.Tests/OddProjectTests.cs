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

    // What generated files call things by.
    private const string EveryAlias = """
        global using b24 = System.Text; global using b24c = System.IO; global using b24s = System.Linq; global using b24t = System.Net;
        global using b24any = System.Int32; global using b24node = System.Int32; global using b24date = System.Int32; global using b24moment = System.Int32;
        global using b24cancel = System.Int32; global using b24view = System.Int32; global using b24call = System.Int32; global using b24fields = System.Int32;
        global using b24method = System.Int32; global using b24read = System.Int32; global using b24in = System.Int32; global using b24out = System.Int32;
        global using b24own = System.Net; global using b24spec = System.Int32;
        """;

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
    [InlineData(EveryAlias)]
    [InlineData("#pragma warning disable CS8981\nclass b24; class b24c; class b24s; class b24t; class b24any; class b24in; class b24out; class b24own; class b24spec; class b24call;")]
    [InlineData("#pragma warning disable CS8981\nnamespace Bitrix24; class b24; class Collections; class Task2; class Infrastructure2; class JsonElement; class FieldReader; class List;")]
    [InlineData("#pragma warning disable CS8981\nclass var; class dynamic; class nint; class notnull; class value; class query;")]
    [InlineData("class JsonElement; class JsonNode; struct DateOnly; struct DateTimeOffset; struct CancellationToken; class IReadOnlyList; class Dictionary; class Nullable;")]
    [InlineData("class TaskArea; class UserArea; class ThingClient; class TaskErrors; class Portal3; class Bitrix24ApiRules;")]
    [InlineData("namespace My; class System; class Task; class User; class JsonElement; class JsonNode; class Bitrix24; class Microsoft;")]
    [InlineData("namespace My; enum Log; interface ITask; struct CancellationToken; delegate void Action(); record App; class Dictionary<K, V>; class IReadOnlyList<T>;")]
    [InlineData("namespace Acme2.Bitrix24.Task; class Thing; class System;")]
    [InlineData("namespace System.Text.Acme; class Json; class JsonElement;")]
    [InlineData("namespace System.Runtime.CompilerServices; [global::System.AttributeUsage(global::System.AttributeTargets.All, Inherited = false)] sealed class OwnAttribute : global::System.Attribute; static class IsExternalInit2;")]
    [InlineData("global using static System.Linq.Enumerable; global using static System.Text.Json.JsonSerializer; global using static System.Convert; global using System.Collections.Generic; global using Bitrix24;")]
    [InlineData("global using static Own; static class Own { public class TaskRecord; public class ThingGetRequest; public class Task; public static object types() => 0; public static object methods = 0; public static int Methods => 1; }")]
    [InlineData("global using System = System.Text; global using Bitrix24 = System.Text.Json; global using Collections = System.Collections.Generic;")]
    [InlineData("global using User = System.String; global using Log = System.Int32; global using Task = System.Threading.Tasks.Task;")]
    [InlineData("global using static System.Math; global using System; global using System.IO; global using System.Threading.Tasks;")]
    public void NamesOfTheProject_DoNotDisturb(string source)
    {
        // Global usings stand before everything; the client is in the global namespace and in one of the project's own.
        foreach (var client in new[] { Client, "namespace My { " + Client + " }", "namespace @class.@event { " + Client + " }", "namespace Acme2.Task { " + Client + " }", "namespace Acme2.User.Log { " + Client + " }", Client.Replace(")]", ", Interfaces = true)]", StringComparison.Ordinal), Client.Replace(")]", ", Namespace = \"Mine\", Interfaces = true)]", StringComparison.Ordinal) })
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

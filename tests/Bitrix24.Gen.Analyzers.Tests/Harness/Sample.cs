namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>Sources around the few lines that a test is about.</summary>
public static class Sample
{
    public const string RawUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Text.Json;
        global using System.Text.Json.Nodes;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Bitrix24;

        """;

    /// <summary>A client without generated parts, for raw calls.</summary>
    public const string RawPortal = RawUsings + """
        public sealed class Portal(Bitrix24Credentials credentials) : Bitrix24Client(credentials);
        """;

    public const string TypedUsings = RawUsings + """
        global using Bitrix24.BiConnector;
        global using Bitrix24.Landing;

        """;

    /// <summary>A client with everything that the repository's Bitrix24 specs hold.</summary>
    public const string TypedPortal = """
        using Bitrix24;

        [Bitrix24Client("biconnector", "landing.repowidget", "landing.landing.favoriteBlock", "landing.block.uploadfile", "landing.landing.addByTemplate")]
        public partial class Portal;
        """;

    /// <summary>Statements with a client at hand; <c>id</c> and <c>text</c> are values that nobody knows before the program runs.</summary>
    public static string Statements(string statements) => $$"""
        public static class Sample
        {
            public static async Task RunAsync(Portal portal, int id, string text)
            {
        {{statements}}
                await Task.CompletedTask;
            }
        }
        """;
}

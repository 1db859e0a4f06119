namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>Sources around the few lines that a test is about.</summary>
public static class Sample
{
    /// <summary>A client without generated parts, for raw calls.</summary>
    public const string Portal = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Text.Json;
        global using System.Text.Json.Nodes;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Bitrix24;

        public sealed class Portal(Bitrix24Credentials credentials) : Bitrix24Client(credentials);
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

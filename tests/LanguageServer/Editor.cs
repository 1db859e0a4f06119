using System.Text.Json.Nodes;

namespace Bitrix24.Gen.LanguageServer;

/// <summary>An editor with one project open.</summary>
internal sealed class Editor(LspClient server, string folder)
{
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(150);

    private int _version = 1;

    public async Task OpenAsync()
    {
        await server.RequestAsync("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["rootUri"] = Address(folder),
            ["workspaceFolders"] = new JsonArray(new JsonObject { ["uri"] = Address(folder), ["name"] = "project" }),
            ["capabilities"] = new JsonObject
            {
                ["workspace"] = new JsonObject { ["configuration"] = true, ["didChangeWatchedFiles"] = new JsonObject { ["dynamicRegistration"] = true } },
                ["textDocument"] = new JsonObject
                {
                    ["hover"] = new JsonObject { ["contentFormat"] = new JsonArray("markdown") },
                    ["completion"] = new JsonObject { ["completionItem"] = new JsonObject { ["documentationFormat"] = new JsonArray("markdown") } },
                    ["diagnostic"] = new JsonObject { ["dynamicRegistration"] = true },
                },
            },
        }, RequestLimit);
        server.Notify("initialized", new JsonObject());
        server.Notify("workspace/didChangeConfiguration", new JsonObject { ["settings"] = new JsonObject { ["csharp"] = new JsonObject { ["analyzersEnabled"] = true } } });
        server.Notify("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = Address("Program.cs"), ["languageId"] = "csharp", ["version"] = 1, ["text"] = File.ReadAllText(Path.Combine(folder, "Program.cs")) },
        });
    }

    /// <summary>What is offered after the last occurrence of a text.</summary>
    public async Task<IReadOnlyList<string>> CompletionsAsync(string text)
    {
        var answer = await server.RequestAsync("textDocument/completion", At(text, atEnd: true), RequestLimit);
        var items = answer is JsonObject list ? list["items"] : answer;
        return [.. (items?.AsArray() ?? []).Select(static i => i!["label"]!.GetValue<string>())];
    }

    public async Task<string> HoverAsync(string text) =>
        (await server.RequestAsync("textDocument/hover", At(text, atEnd: false), RequestLimit))?["contents"]?.ToJsonString() ?? "";

    /// <summary>Codes of what is reported, with the text that is underlined.</summary>
    public async Task<IReadOnlyList<(string Code, string Text)>> DiagnosticsAsync(string file)
    {
        var answer = await server.RequestAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Address(file) } }, RequestLimit);
        var lines = File.ReadAllLines(Path.Combine(folder, file));
        return [.. (answer?["items"]?.AsArray() ?? []).Select(item => (item!["code"]?.ToString() ?? "", Text(lines, item["range"]!)))];
    }

    /// <summary>Codes of what is reported anywhere in the project.</summary>
    public async Task<IReadOnlyList<string>> AllDiagnosticsAsync()
    {
        var answer = await server.RequestAsync("workspace/diagnostic", new JsonObject { ["previousResultIds"] = new JsonArray() }, RequestLimit);
        return [.. (answer?["items"]?.AsArray() ?? []).SelectMany(static f => (f!["items"]?.AsArray() ?? []).Select(d => $"{Path.GetFileName(f["uri"]!.GetValue<string>())} {d!["code"]}"))];
    }

    /// <summary>Tells the server that files were saved. csharp-ls looks at C# and project files only: a spec is read anew with its project.</summary>
    public void Saved(params string[] files)
    {
        server.Notify("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray([.. files.Select(f => (JsonNode)new JsonObject { ["uri"] = Address(f), ["type"] = 2 })]) });
        // Asks for a fresh look at the open document, as a keystroke does.
        server.Notify("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = Address("Program.cs"), ["version"] = ++_version },
            ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = File.ReadAllText(Path.Combine(folder, "Program.cs")) }),
        });
    }

    private JsonObject At(string text, bool atEnd)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, "Program.cs"));
        var line = Array.FindLastIndex(lines, l => l.Contains(text, StringComparison.Ordinal));
        var character = lines[line].LastIndexOf(text, StringComparison.Ordinal) + (atEnd ? text.Length : text.Length - 1);
        return new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Address("Program.cs") }, ["position"] = new JsonObject { ["line"] = line, ["character"] = character } };
    }

    private static string Text(string[] lines, JsonNode range)
    {
        var (start, end) = (range["start"]!, range["end"]!);
        var line = lines[start["line"]!.GetValue<int>()];
        var last = start["line"]!.GetValue<int>() == end["line"]!.GetValue<int>() ? end["character"]!.GetValue<int>() : line.Length;
        return line[start["character"]!.GetValue<int>()..last];
    }

    private string Address(string file) => new Uri(Path.Combine(folder, file)).AbsoluteUri;
}

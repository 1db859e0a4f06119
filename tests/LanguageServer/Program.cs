using System.Diagnostics;
using Bitrix24.Gen.LanguageServer;

// Arguments: the project's folder, then the command of the server.
var folder = Path.GetFullPath(args[0]);
var spec = Path.Combine(folder, "acme.note.b24.json");
var clock = Stopwatch.StartNew();
var failed = 0;
using var server = new LspClient(args[1..], folder);
var editor = new Editor(server, folder);
await editor.OpenAsync();

await ExpectAsync("generated members complete", async () =>
    (await editor.CompletionsAsync("portal.Crm.Deal.")).Contains("AddAsync") && (await editor.CompletionsAsync("portal.Acme.Note.")).Contains("AddAsync"));
await ExpectAsync("a hover says what a member means", async () =>
    await editor.HoverAsync("Deal.AddAsync") is var hover && hover.Contains("crm.deal.add", StringComparison.Ordinal));
await ExpectAsync("a misspelt method is underlined", async () => (await editor.DiagnosticsAsync("Program.cs")).Contains(("B24101", "\"crm.deal.ad\"")));
await ExpectAsync("an unknown field is underlined", async () => (await editor.DiagnosticsAsync("Program.cs")).Contains(("B24102", "TITEL")));

File.WriteAllText(spec, File.ReadAllText(spec).Replace("acme.note.add", "acme.note.append", StringComparison.Ordinal));
editor.Saved(Path.GetFileName(spec), "Notes.csproj");
await ExpectAsync("an edit of a spec changes completion", async () =>
    await editor.CompletionsAsync("portal.Acme.Note.") is var offered && offered.Contains("AppendAsync") && !offered.Contains("AddAsync"));

File.WriteAllText(spec, File.ReadAllText(spec).Replace("\"required\"", "\"requird\"", StringComparison.Ordinal));
editor.Saved(Path.GetFileName(spec), "Notes.csproj");
await ExpectAsync("a mistake in a spec is reported in the spec", async () => (await editor.AllDiagnosticsAsync()).Contains("acme.note.b24.json B24002"));

if (failed > 0)
    Console.WriteLine(string.Join("\n", LspClient.Messages.TakeLast(40)));
return failed;

// A server loads and compiles in the background: ask until it has.
async Task ExpectAsync(string claim, Func<Task<bool>> holds)
{
    Exception? last = null;
    var limit = clock.Elapsed + TimeSpan.FromSeconds(150);
    while (clock.Elapsed < limit)
    {
        try
        {
            if (await holds())
            {
                Console.WriteLine($"{clock.Elapsed.TotalSeconds,5:0.0} s  {claim}");
                return;
            }
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            last = e;
        }

        await Task.Delay(300);
    }

    failed++;
    Console.WriteLine($"FAILED: {claim} {last?.Message}");
}

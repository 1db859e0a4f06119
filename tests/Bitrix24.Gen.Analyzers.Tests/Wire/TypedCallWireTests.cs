using System.Runtime.Loader;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Tests.Wire;

/// <summary>Calls by name and the typed ones that the refactoring makes of them are compiled and run: the same leaves.</summary>
public class TypedCallWireTests
{
    private const string Usings = Sample.RawUsings + """
        global using System.Globalization;
        global using Bitrix24.Crm;
        global using Bitrix24.Tasks;
        global using Bitrix24.Im;
        global using Bitrix24.User;

        """;

    private static readonly string[] Areas =
        ["crm.deal", "crm.contact", "crm.item", "tasks.task", "task.checklistitem", "im.message", "im.chat", "user", "biconnector.source", "crm.timeline.comment",
        "task.elapseditem", "calendar.event", "im.notify", "crm.status", "department", "disk.folder", "sonet_group", "crm.company.contact", "log.blogpost"];

    private static readonly string Client = $"[Bitrix24.Bitrix24Client({string.Join(", ", Areas.Select(static a => $"\"{a}\""))})] public partial class Portal;";

    private static IEnumerable<(string Raw, string? Typed)> Calls() =>
        File.ReadLines(RepositoryRoot.PathTo("tests", "Bitrix24.Gen.Analyzers.Tests", "Wire", "typed-calls.txt"))
            .Where(static l => l.Length > 0 && l[0] != '#').Chunk(2).Select(static c => (c[0], c[1].Trim() is "-" ? null : c[1].Trim()));

    [Fact]
    public async Task The_typed_call_sends_what_the_call_by_name_sent()
    {
        SpecText[] specs = [.. SpecText.All("bitrix24").Where(static s => Areas.Append("api").Any(a => Path.GetFileName(s.Path).StartsWith(a.Split('.')[0] + ".", StringComparison.Ordinal)))];
        using var image = new MemoryStream();
        var client = Analysis.Generate(Analysis.Compile([("Portal.cs", Client)]).WithAssemblyName("WireCalls"), specs).Emit(image);
        Assert.Empty(client.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error));
        var portal = MetadataReference.CreateFromImage(image.ToArray());
        var references = Analysis.References.Add(portal);
        var blank = EditorDocument.Of("$$", Usings, references, specs).Document;
        var wrong = new List<string>();
        var pairs = new List<(string Raw, string Typed)>();
        foreach (var (raw, expected) in Calls())
        {
            var source = Method(raw, "Raw", pairs.Count);
            var document = blank.WithText(SourceText.From(source));
            Assert.Empty((await document.GetSemanticModelAsync())!.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
            var text = await RefactoredAsync(document, source.IndexOf("CallAsync", StringComparison.Ordinal));
            if (expected is null ? text is not null : text?.Contains(expected, StringComparison.Ordinal) != true)
                wrong.Add($"{raw}\n   {(expected is null ? "is offered as" : $"should have {expected} but is")} {(text is null ? "not offered" : text.Split('\n', 5)[^1])}");
            if (text is not null)
                pairs.Add((Method(raw, "Raw", pairs.Count), text.Replace("class Raw", "class Typed", StringComparison.Ordinal)));
        }

        var sources = pairs.SelectMany(static (p, i) => new[] { ($"Raw{i}.cs", p.Raw), ($"Typed{i}.cs", p.Typed) });
        var compilation = Analysis.Compile([("Usings.cs", Usings), .. sources]).AddReferences(portal);
        using var program = new MemoryStream();
        Assert.Empty(compilation.Emit(program).Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error));
        var context = new AssemblyLoadContext("calls", isCollectible: true);
        image.Position = program.Position = 0;
        var portalType = context.LoadFromStream(image).GetType("Portal")!;
        var calls = context.LoadFromStream(program);
        for (var i = 0; i < pairs.Count; i++)
        {
            var (raw, typed) = (await SentAsync(calls, portalType, $"Raw{i}"), await SentAsync(calls, portalType, $"Typed{i}"));
            if (raw != typed)
                wrong.Add($"{pairs[i].Raw.Split('\n', 5)[^1]}\n   by name {raw}\n   typed   {typed}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<string?> RefactoredAsync(Document document, int position)
    {
        if ((await VerifyRefactoring.ActionsAsync(document, position)).SingleOrDefault() is not { } action)
            return null;
        var changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (await changed.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    private static string Method(string statements, string name, int number) => $$"""
        public static class {{name}}{{number}} { public static async Task RunAsync(
            Portal portal, int id, long dealId, string text, bool flag, decimal sum, List<int> ids, DateTimeOffset moment, DateTime time, DateOnly day, double rate, int? maybe)
        {
        {{statements}}
        } }
        """;

    private static async Task<string> SentAsync(System.Reflection.Assembly calls, Type portalType, string name)
    {
        using var recorder = new Recorder();
        using var http = new HttpClient(recorder);
        using var portal = (Bitrix24Client)Activator.CreateInstance(
            portalType, Bitrix24Credentials.AccessToken("https://example.bitrix24.com", "token"), new Bitrix24ClientOptions { HttpClient = http })!;
        var moment = new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.FromHours(3));
        try
        {
            await (Task)calls.GetType(name)!.GetMethod("RunAsync")!.Invoke(null,
                [portal, 5, 7L, "it's", true, 12.50m, new List<int> { 3, 4 }, moment, new DateTime(2026, 5, 6, 7, 8, 9, DateTimeKind.Unspecified), new DateOnly(2026, 5, 6), 0.1, null])!;
        }
        catch (Exception e) when (e is Bitrix24Exception or InvalidOperationException or KeyNotFoundException)
        {
            // Only what was sent counts.
            if (recorder.Sent.Count == 0)
                return e.ToString();
        }

        return string.Join(' ', recorder.Sent);
    }

    /// <summary>Keeps what arrives, with members in one order and numbers as texts.</summary>
    private sealed class Recorder : HttpMessageHandler
    {
        public List<string> Sent { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
            Sent.Add($"{request.RequestUri!.AbsolutePath} {Normal(body)?.ToJsonString()}");
            return new() { Content = new StringContent("""{"result":{}}""", System.Text.Encoding.UTF8, "application/json") };
        }

        private static JsonNode? Normal(JsonNode? node) => node switch
        {
            JsonObject members => new JsonObject(members.OrderBy(static m => m.Key, StringComparer.Ordinal).Select(static m => KeyValuePair.Create(m.Key, Normal(m.Value)))),
            JsonArray items => new JsonArray([.. items.Select(Normal)]),
            JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => JsonValue.Create(value.ToJsonString()),
            _ => node?.DeepClone(),
        };
    }
}

using Bitrix24.Gen.Generator.Tests.Harness;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>Keyboards, menus and attachments of chat messages.</summary>
public class BuilderTests
{
    // Parameters, and members of an object "fields", that hold one of them.
    private static readonly Dictionary<string, string> TypeOf = new(StringComparer.OrdinalIgnoreCase)
    {
        ["KEYBOARD"] = "Keyboard",
        ["ATTACH"] = "Attachment",
        ["MENU"] = "MessageMenu",
    };

    private const string Build = """
        new Keyboard { BotId = 4 }.AddLink("Open", "https://example.com", b => b.BgColorToken = KeyboardButtonBgColorToken.Primary).AddNewLine()
            .AddCommand("Help", "help", "all", b => b.Block = true).AddPut("Insert", "/help").AddSend("Yes", "yes").AddCopy("Copy", "42").AddCall("Call", "+15550100").AddDialog("Chat", "chat5")
        """;

    private const string Attach = """
        new Attachment { ColorToken = AttachmentColorToken.Primary }.AddMessage("[B]Request[/B]").AddLink("https://example.com", "Open").AddUser("Ann", also: u => u.UserId = 1)
            .AddGrid([new() { Name = "Status", Value = "New", Display = AttachmentGridRowDisplay.Row }]).AddImage("https://example.com/a.png").AddFile("https://example.com/a.pdf", "a.pdf", 5).AddDelimiter(200)
        """;

    private const string Menu = "new MessageMenu().AddLink(\"Open\", \"https://example.com\").AddCommand(\"Help\", \"help\")";

    [Fact]
    public void EveryMethodThatTakesOne_TakesTheRecord()
    {
        var specs = PackagedFiles.Of();
        var set = SpecSet.Create([.. specs.Select(static s => SpecReader.Read(s.Path, s.Text))]);
        var profile = set.Profile("bitrix24");
        var uses = new List<(MethodSpec Method, string Parameter, FieldSpec Field)>();
        foreach (var method in set.MethodNames("bitrix24").Select(n => set.FindMethod(n, "bitrix24")!).Where(static m => m.Name.StartsWith("im", StringComparison.Ordinal)))
        {
            uses.AddRange(method.Params.Where(static p => TypeOf.ContainsKey(p.Name)).Select(p => (method, "", p)));
            foreach (var fields in method.Params.Where(static p => p.Name == "fields"))
                uses.AddRange((set.ResolveType(fields.Type, "bitrix24")?.Fields ?? default).Where(static f => TypeOf.ContainsKey(f.Name)).Select(f => (method, "fields", f)));
        }

        Assert.True(uses.Count >= 23, string.Join(", ", uses.Select(static u => u.Method.Name + " " + u.Field.Name)));
        Assert.All(uses, static u => Assert.StartsWith("im.message/" + TypeOf[u.Field.Name], u.Field.Type.ToString()));
        var lines = uses.GroupBy(static u => (u.Method, u.Parameter)).Select((use, i) => $"static object? R{i}({Request(use.Key.Method, profile)} r) {{ {string.Concat(use.Select(u => Assign(u.Parameter, u.Field)))} return r; }}");
        GeneratorHarness.Run(
            $$"""
            using Bitrix24;
            {{string.Join("\n", new[] { "im", "imbot", "imopenlines" }.Select(a => $"using Bitrix24.{CSharpNames.Area(a, profile)};"))}}

            [Bitrix24Client("im", "imbot", "imopenlines")]
            public partial class Portal;

            static class Usage
            {
                {{string.Join("\n    ", lines)}}
            }
            """,
            specs).AssertCompiles();
    }

    [Fact]
    public void WhatBuildersMake_IsSentInTheDocumentedFormAndViolatesNothing()
    {
        using var stream = new MemoryStream();
        var emitted = GeneratorHarness.Run(
            $$"""
            using Bitrix24;
            using Bitrix24.Im;

            [Bitrix24Client("im.message")]
            public partial class Portal;

            public static class Usage
            {
                public static string Json()
                {
                    var request = new MessageAddRequest { DialogId = "chat5", Message = "Choose", Keyboard = {{Build}}, Attach = {{Attach}}, Menu = {{Menu}} };
                    var buffer = new System.Buffers.ArrayBufferWriter<byte>();
                    ((IBitrix24Request)request).WriteParameters(buffer);
                    return string.Join("; ", request.Validate()) + System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
                }
            }
            """,
            PackagedFiles.Of()).AssertCompiles().Output().Emit(stream);
        Assert.True(emitted.Success);
        var json = (string)System.Reflection.Assembly.Load(stream.ToArray()).GetType("Usage")!.GetMethod("Json")!.Invoke(null, null)!;

        Assert.Equal(
            """
            {"DIALOG_ID":"chat5","MESSAGE":"Choose",
            "ATTACH":{"COLOR_TOKEN":"primary","BLOCKS":[{"MESSAGE":"[B]Request[/B]"},{"LINK":{"LINK":"https://example.com","NAME":"Open"}},{"USER":{"NAME":"Ann","USER_ID":1}},{"GRID":[{"DISPLAY":"ROW","NAME":"Status","VALUE":"New"}]},{"IMAGE":[{"LINK":"https://example.com/a.png"}]},{"FILE":[{"LINK":"https://example.com/a.pdf","NAME":"a.pdf","SIZE":5}]},{"DELIMITER":{"SIZE":200}}]},
            "KEYBOARD":{"BOT_ID":4,"BUTTONS":[{"TEXT":"Open","LINK":"https://example.com","BG_COLOR_TOKEN":"primary"},{"TYPE":"NEWLINE"},{"TEXT":"Help","COMMAND":"help","COMMAND_PARAMS":"all","BLOCK":"Y"},{"TEXT":"Insert","ACTION":"PUT","ACTION_VALUE":"/help"},{"TEXT":"Yes","ACTION":"SEND","ACTION_VALUE":"yes"},{"TEXT":"Copy","ACTION":"COPY","ACTION_VALUE":"42"},{"TEXT":"Call","ACTION":"CALL","ACTION_VALUE":"+15550100"},{"TEXT":"Chat","ACTION":"DIALOG","ACTION_VALUE":"chat5"}]},
            "MENU":{"ITEMS":[{"TEXT":"Open","LINK":"https://example.com"},{"TEXT":"Help","COMMAND":"help"}]}}
            """.ReplaceLineEndings(""), json);
    }

    private static string Request(MethodSpec method, ProfileSpec profile) => $"Bitrix24.{CSharpNames.Area(method.File, profile)}.{CSharpNames.Stem(method, profile)}Request";

    private static string Assign(string parameter, FieldSpec field)
    {
        var name = CSharpNames.Pascal(field.Name);
        var value = TypeOf[field.Name] switch { "Keyboard" => Build, "Attachment" => Attach, _ => Menu };
        return parameter.Length == 0 ? $"r.{name} = {value};" : $"r.Fields = new() {{ {name} = {value} }};";
    }
}

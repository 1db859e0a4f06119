using System.Text.RegularExpressions;
using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Codes of events and placements in the calls that bind them.</summary>
public class CodeTests
{
    public static readonly SpecText Spec = SpecText.Own("/project/hooks.b24.json", """
        {
          "api": "bitrix24",
          "events": {
            "ONNOTEADD": { "name": "onNoteAdd" }, "ONNOTEITEMADD": {},
            "ONTABLEADD": { "scope": "table" }, "ONINSTALL": { "scope": "basic" }
          },
          "placements": { "NOTE_DETAIL_TAB": {}, "NOTE_{typeId}_LIST_MENU": {} },
          "methods": {
            "hooks.bind": { "params": { "event": { "type": "string", "codes": "event" }, "handler": { "type": "string" } } },
            "hooks.place": { "params": { "PLACEMENT": { "type": "string", "codes": "placement" } } }
          }
        }
        """);

    [Theory]
    [InlineData("""await portal.CallAsync("hooks.bind", new { @event = "ONNOTEADD" });""")]
    [InlineData("""await portal.CallAsync("hooks.bind", new { @event = "onNoteAdd" });""")]
    [InlineData("""await portal.CallAsync("hooks.bind", new { @event = "ONNOTEITEMADD_128" });""")]
    [InlineData("""await portal.CallAsync("hooks.bind", new { @event = text });""")]
    [InlineData("""await portal.CallAsync("hooks.bind", new { @event = {|B24118:"ONNOTEAD"|} });""")]
    [InlineData("""await portal.CallAsync("hooks.place", new { PLACEMENT = "NOTE_5_LIST_MENU" });""")]
    [InlineData("""await portal.CallAsync("hooks.place", new { PLACEMENT = $"NOTE_{1 + 1}_LIST_MENU" });""")]
    [InlineData("""await portal.CallAsync("hooks.place", new { PLACEMENT = "note_detail_tab" });""")]
    [InlineData("""await portal.CallAsync("hooks.place", new { PLACEMENT = {|B24118:"NOTE_DETAIL_TABS"|} });""")]
    [InlineData("""await portal.CallAsync("hooks.place", new { PLACEMENT = {|B24118:"NOTE_XXX_LIST_MENU"|} });""")]
    [InlineData("""await portal.CallAsync("hooks.place", new { PLACEMENT = {|B24118:"NOTE_{typeId}_LIST_MENU"|} });""")]
    [InlineData("""await portal.CallAsync("hooks.place", new { PLACEMENT = {|B24118:"NOTE_5_LIST_MENUS"|} });""")]
    [InlineData("""await portal.CallAsync("hooks.bind", new { @event = {|B24118:"ON_NOTE_ADD"|} });""")]
    [InlineData("""await portal.CallAsync("hooks.bind", new { @event = {|B24118:"NoteAdd"|} });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = "hooks.bind?event={|B24118:ONNOTEAD|}" } });""")]
    public Task A_code_that_nothing_documents_is_reported(string statement) => Verify.StatementsAsync(statement, Spec);

    private const string Endpoints = """

        namespace Microsoft.AspNetCore.Builder
        {
            public sealed class Bitrix24ApplicationEndpoints<TClient>
            {
                public void On(string code, Func<TClient, Task> handler) { }

                public void On<TEvent>(Func<TEvent, TClient, Task> handler) { }

                public void On<TEvent, THandler>() { }
            }
        }
        """;

    [Theory]
    [InlineData("""b24.On({|B24123:"ONNOTEADD"|}, portal => Task.CompletedTask);""")]
    [InlineData("""b24.{|B24123:On<NoteAdd>|}((e, portal) => Task.CompletedTask);""")]
    [InlineData("""b24.{|B24123:On<NoteAdd, Application>|}();""")]
    [InlineData("""b24.On<NoteAdd, Application>(); b24.On("ONINSTALL", portal => portal.CallAsync("hooks.bind", new { @event = NoteAdd.Code }));""")]
    [InlineData("""b24.On("ONNOTEADD", portal => portal.CallAsync("hooks.bind", new { @event = "onNoteAdd" }));""")]
    [InlineData("""b24.On("ONNOTEADD", portal => portal.CallAsync("hooks.bind", new { @event = text }));""")]
    [InlineData("""b24.On("ONINSTALL", portal => Task.CompletedTask);""")]
    [InlineData("""b24.On({|B24118:"ONNOTEAD"|}, portal => portal.CallAsync("hooks.bind", new { @event = text }));""")]
    [InlineData("""b24.On({|B24118:"note_detail_tab"|}, portal => portal.CallAsync("hooks.bind", new { @event = text }));""")]
    [InlineData("""b24.On("ONSOMETHINGELSEENTIRELY", portal => portal.CallAsync("hooks.bind", new { @event = text }));""")]
    [InlineData("""b24.On({|B24122:"ONTABLEADD"|}, portal => portal.CallAsync("hooks.bind", new { @event = {|B24122:"ONTABLEADD"|} }));""")]
    public Task Handlers_need_a_binding_and_a_scope(string statement) => Verify.SourceAsync($$"""
        public sealed class NoteAdd
        {
            public const string Code = "ONNOTEADD";
        }

        [Bitrix24Client("biconnector", Scopes = ["note"])]
        public partial class Application(Bitrix24Credentials credentials) : Bitrix24Client(credentials)
        {
            public static void Map(Microsoft.AspNetCore.Builder.Bitrix24ApplicationEndpoints<Application> b24, string text)
            {
                {{statement}}
            }
        }
        {{Endpoints}}
        """, Spec);

    [Theory]
    [InlineData("""return e.Code == "ONNOTEADD";""")]
    [InlineData("""return e.Code == {|B24118:"ONNOTEAD"|};""")]
    [InlineData("""return {|B24118:"ONNOTEAD"|} != e.Code;""")]
    [InlineData("""return e.Code == {|B24118:"onNoteAdd"|};""")]
    [InlineData("""return e.Code.Equals("onNoteAdd", StringComparison.OrdinalIgnoreCase);""")]
    [InlineData("""return string.Equals(e.Code, {|B24118:"onNoteAd"|}, StringComparison.OrdinalIgnoreCase);""")]
    [InlineData("""return e.Code.Equals({|B24118:"onNoteAdd"|});""")]
    [InlineData("""return e is { Code: {|B24118:"ONNOTEAD"|} or "ONINSTALL" };""")]
    [InlineData("""return e.Code is "ONNOTEADD" or {|B24118:"ONNOTEITEMAD"|};""")]
    [InlineData("""return e.Code is "ONNOTEITEMADD_128";""")]
    [InlineData("""switch (e.Code) { case "ONNOTEADD": return true; case {|B24118:"ONTABLEAD"|}: return false; default: return true; }""")]
    [InlineData("""return e.Code switch { {|B24118:"ONNOTEAD"|} => true, "ONTABLEADD" => false, _ => true };""")]
    [InlineData("""return e.Code == "ONSOMETHINGELSEENTIRELY";""")]
    [InlineData("""return e.Code == text;""")]
    [InlineData("""return text == "ONNOTEAD";""")]
    [InlineData("""return e.Code == {|B24118:"NOTE_DETAIL_TAB"|};""")]
    [InlineData("""return note.EventCode == {|B24118:"ONNOTEAD"|};""")]
    [InlineData("""return placement.Code == "NOTE_5_LIST_MENU";""")]
    [InlineData("""return placement.Code == {|B24118:"NOTE_DETAIL_TABS"|};""")]
    [InlineData("""return placement.Code == {|B24118:"ONNOTEADD"|};""")]
    [InlineData("""return tab.PlacementCode is {|B24118:"NOTE_DETAIL_TABS"|};""")]
    [InlineData("""return IncomingRequest.SignEvent("ONNOTEADD", default, "m", "t") is null;""")]
    [InlineData("""return IncomingRequest.SignEvent({|B24118:"ONNOTEAD"|}, default, "m", "t") is null;""")]
    [InlineData("""return IncomingRequest.SignEvent("ONSOMETHINGELSEENTIRELY", default, "m", "t") is null;""")]
    public Task What_arrives_is_compared_with_codes_that_arrive(string statement) => Verify.SourceAsync($$"""
        public static class Handler
        {
            public static bool Is(IncomingEvent e, IncomingPlacement placement, Bitrix24Event note, Bitrix24Placement tab, string text)
            {
                {{statement}}
            }
        }
        """, Spec);

    private static readonly SpecText[] Packaged =
    [
        .. SpecText.All("bitrix24").Where(static s => Path.GetFileName(s.Path) is { } name
            && (name.Split('.')[0] is "api" or "event" or "placement" or "userfieldtype" or "bizproc" || name.StartsWith("crm.events.", StringComparison.Ordinal)
                || name.StartsWith("sale.delivery.handler.", StringComparison.Ordinal) || name.StartsWith("ai.engine.", StringComparison.Ordinal))),
    ];

    [Theory]
    [InlineData("""await portal.CallAsync("placement.bind", new { PLACEMENT = "USERFIELD_TYPE", HANDLER = "https://example.com/" });""")]
    [InlineData("""await portal.CallAsync("placement.bind", new { PLACEMENT = {|B24118:"USERFIELD_TYP"|}, HANDLER = "https://example.com/" });""")]
    [InlineData("""await portal.CallAsync("event.bind", new { @event = "ONCRMDEALADD", event_type = "offline" });""")]
    [InlineData("""await portal.CallAsync("event.bind", new { @event = "ONCRMDEALADD", event_type = {|B24109:"off-line"|} });""")]
    [InlineData("""await portal.CallAsync("event.bind", new { @event = {|B24118:"ONCRMDEALAD"|}, event_type = "online", handler = "https://example.com/" });""")]
    [InlineData("""await portal.CallAsync("event.unbind", new { @event = "ONCRMDEALADD", event_type = {|B24109:"ofline"|} });""")]
    [InlineData("""await portal.CallAsync("bizproc.robot.add", new { CODE = "a", HANDLER = "https://example.com/", NAME = "A", PROPERTIES = new { text = new { Name = "Text", Type = "text" }, mail = new { Name = "M", Type = "email" } } });""")]
    [InlineData("""await portal.CallAsync("bizproc.robot.add", new { CODE = "a", HANDLER = "https://example.com/", NAME = "A", PROPERTIES = new { text = new { Name = "Text", Type = {|B24109:"strng"|} } } });""")]
    [InlineData("""await portal.CallAsync("bizproc.robot.add", new { CODE = "a", HANDLER = "https://example.com/", NAME = "A", PROPERTIES = new { text = new { NAME = "Text", TYPE = "string" } } });""")]
    [InlineData("""await portal.CallAsync("bizproc.activity.add", new { CODE = "a", HANDLER = "https://example.com/", NAME = "A", RETURN_PROPERTIES = new { text = new { Name = new { en = "Text" }, Type = {|B24109:"strin"|} } } });""")]
    [InlineData("""_ = new DeliveryHandlerCreateDeliveryRequestUrlResult { Success = true, RequestId = "order-1" };""")]
    [InlineData("""_ = new DeliveryHandlerCreateDeliveryRequestUrlResult { Success = false };""")]
    [InlineData("""_ = new DeliveryHandlerCreateDeliveryRequestUrlResult { Success = true, RequestId = {|B24108:""|} };""")]
    [InlineData("""_ = new EngineCompletionsUrlResult { Result = "OK" };""")]
    [InlineData("""_ = new EngineCompletionsUrlResult { Result = {|B24109:"ok"|} };""")]
    public async Task Values_of_the_packaged_specs_are_checked(string statement)
    {
        var (source, marks) = Marked($$"""
            using System.Threading.Tasks;
            using Bitrix24;
            using Bitrix24.Ai;
            using Bitrix24.Sale;

            [Bitrix24Client("sale.delivery.handler", "ai.engine")]
            public partial class Portal;

            public static class Sample
            {
                public static async Task RunAsync(Portal portal)
                {
                    await Task.Yield();
                    {{statement}}
                }
            }
            """);
        var compilation = Analysis.Generate(Analysis.Compile([("Sample.cs", source)]), Packaged);
        Verify.AssertCompiles(compilation, "Sample.cs");
        var found = await Analysis.RunAsync(compilation, Packaged);
        Assert.Equal(marks, found.Select(static d => $"{d.Id} {d.Location.SourceTree?.GetText().ToString(d.Location.SourceSpan)}"));
    }

    /// <summary>A source without its marks, and what they say.</summary>
    private static (string Source, string[] Marks) Marked(string text)
    {
        const string mark = @"\{\|(B24\d+):(.*?)\|\}";
        return (Regex.Replace(text, mark, "$2"), [.. Regex.Matches(text, mark).Select(static m => $"{m.Groups[1].Value} {m.Groups[2].Value}")]);
    }
}

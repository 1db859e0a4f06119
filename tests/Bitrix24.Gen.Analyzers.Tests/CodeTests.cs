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
}

using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Codes of events and placements in the calls that bind them.</summary>
public class CodeTests
{
    private static readonly SpecText Spec = SpecText.Own("/project/hooks.b24.json", """
        {
          "api": "bitrix24",
          "events": { "ONNOTEADD": { "name": "onNoteAdd" }, "ONNOTEITEMADD": {} },
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
    [InlineData("""await portal.CallAsync("hooks.place", new { PLACEMENT = {|B24118:"NOTE_DETAIL_TABS"|} });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = "hooks.bind?event={|B24118:ONNOTEAD|}" } });""")]
    public Task A_code_that_nothing_documents_is_reported(string statement) => Verify.StatementsAsync(statement, Spec);
}

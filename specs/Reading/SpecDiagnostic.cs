namespace Bitrix24.Gen.Specs;

/// <summary>A finding about a spec file.</summary>
/// <param name="Id">B24001 to B24007.</param>
/// <param name="Severity">The default severity of the id.</param>
/// <param name="Message">Where, what, and how to fix it.</param>
/// <param name="Path">The spec file.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) of the offending value; empty: the whole text.</param>
/// <param name="Range">Where it stands in the text.</param>
public sealed record SpecDiagnostic(
    string Id, RuleSeverity Severity, string Message, string Path, string Pointer, TextRange Range)
{
    /// <summary>Where, what, and how to fix it, in one line: whatever the file's text holds.</summary>
    public string Message { get; init; } = PrintedText.Line(Message);
}

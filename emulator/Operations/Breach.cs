namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>A rule that a call broke.</summary>
/// <param name="Id">The rule's id, or its word for the rules that only a server can judge.</param>
/// <param name="Rule">The rule's word in the spec.</param>
/// <param name="Path">Where in the parameters.</param>
/// <param name="Code">The server's error code; null: the spec names none.</param>
/// <param name="Message">The server's text.</param>
internal sealed record Breach(string Id, string Rule, string Path, string? Code, string Message);

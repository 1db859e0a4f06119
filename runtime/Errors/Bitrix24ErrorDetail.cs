namespace Bitrix24;

/// <summary>A single finding of a refusal.</summary>
/// <param name="Path">The parameter or field it is about, where the server says.</param>
/// <param name="Code">Its own code, where it has one.</param>
/// <param name="Message">The server's text.</param>
public sealed record Bitrix24ErrorDetail(string? Path, string? Code, string Message);

using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>A documented error of a method and the mistake that it is for. See docs/spec-format.md, "What documented errors are about".</summary>
/// <param name="Rule">The mistake: <c>required</c>, <c>type</c>, <c>value</c>, <c>notFound</c>, <c>unique</c>.</param>
/// <param name="Code">The code.</param>
/// <param name="Text">The server's text; null: the page does not show it.</param>
/// <param name="Status">The HTTP status; null: as of the method's other errors.</param>
/// <param name="Names">Parameters and fields that the page names.</param>
/// <param name="Inner">It is about members of a parameter.</param>
/// <param name="About">Words that say of which record it speaks.</param>
internal sealed record ErrorMeaning(
    string Rule, string Code, string? Text, int? Status, IReadOnlyList<string> Names, bool Inner, IReadOnlyList<string> About)
{
    /// <summary>The rule of what an error says as a whole that lists what is wrong with each field.</summary>
    public const string Whole = "whole";

    /// <summary>It is about an empty value: what is left out, the server fills in.</summary>
    public bool Given { get; init; }

    /// <summary>What the server answers.</summary>
    public ErrorSpec ToError() => new(Code, Text, Status);
}

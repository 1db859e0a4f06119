namespace Bitrix24.Gen.Specs;

/// <summary>The text of a batch command, and where its characters stand in the source.</summary>
/// <param name="Value">The text.</param>
/// <param name="Locate">Maps a start and a length within the text to the source.</param>
public sealed record CommandText(string Value, Func<int, int, TextRange> Locate)
{
    /// <summary>Stands in <see cref="Value"/> for what only the running program knows.</summary>
    public const char Hole = '\u0001';

    /// <summary>A text all of which stands in one range.</summary>
    public static CommandText At(string value, TextRange range) => new(value, (_, _) => range);
}

namespace Bitrix24.Gen.Emulator;

/// <summary>How long a regular expression that cannot backtrack may take: only a machine that stands still comes near.</summary>
internal static class MatchLimit
{
    public const int Milliseconds = 10_000;

    public static TimeSpan Time { get; } = TimeSpan.FromMilliseconds(Milliseconds);
}

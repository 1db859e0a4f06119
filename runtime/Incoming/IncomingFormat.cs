namespace Bitrix24;

/// <summary>How large a form may be. What exceeds a limit is refused as a whole.</summary>
public sealed record IncomingLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static IncomingLimits Default { get; } = new();

    /// <summary>The maximum length of a form in bytes; 8 MiB unless set.</summary>
    public int MaxLength { get; init; } = 8 * 1024 * 1024;

    /// <summary>The maximum number of values and objects in a form; 100,000 unless set.</summary>
    public int MaxValues { get; init; } = 100_000;

    /// <summary>The maximum depth of names; 60 unless set, and at most.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1 or above 60.</exception>
    public int MaxDepth
    {
        get => _maxDepth;
        init => _maxDepth = value is >= 1 and <= DeepestRead
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"From 1 to {DeepestRead}.");
    }

    // The readers of answers take 64 levels; an envelope needs some of them.
    private const int DeepestRead = 60;

    private readonly int _maxDepth = DeepestRead;
}

/// <summary>What arrived is no form in PHP notation, or exceeds a limit. Its text quotes no value.</summary>
/// <param name="message">What is wrong, and where.</param>
public sealed class IncomingFormatException(string message) : Bitrix24Exception(message);

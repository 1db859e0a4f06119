namespace Bitrix24;

/// <summary>What a server lets us send by one of its limits. Times are those since the limiter was made.</summary>
internal abstract class PermitSource
{
    /// <summary>The limit, as it is published to other processes.</summary>
    public abstract PortalRate Rate { get; }

    /// <summary>Requests that it would take at once.</summary>
    public abstract long Free(TimeSpan now);

    /// <summary>How long until it takes some more; not above zero: now. More than it ever takes count as all it takes.</summary>
    public abstract TimeSpan Wait(TimeSpan now, int permits);

    public abstract void Take(TimeSpan now, int permits);

    /// <summary>Returns permits that were not used. Those that the limit has released since are not returned again.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="takenAt">When it was taken, or a little later.</param>
    /// <param name="permits">How many.</param>
    public abstract void Return(TimeSpan now, TimeSpan takenAt, int permits);

    /// <summary>The server refused: nothing is left, whatever we believed.</summary>
    public abstract void Exhaust(TimeSpan now);
}

namespace Bitrix24;

/// <summary>What a server lets us send by one of its limits. Times are those since the limiter was made.</summary>
internal abstract class PermitSource
{
    /// <summary>Requests that it would take at once.</summary>
    public abstract long Free(TimeSpan now);

    /// <summary>How long until it takes one more; not above zero: now.</summary>
    public abstract TimeSpan Wait(TimeSpan now);

    public abstract void Take(TimeSpan now);

    /// <summary>What was taken last is not used after all.</summary>
    public abstract void Return();

    /// <summary>The server refused: nothing is left, whatever we believed.</summary>
    public abstract void Exhaust(TimeSpan now);
}

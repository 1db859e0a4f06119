namespace Bitrix24;

/// <summary>So many requests in any stretch of time of a given length.</summary>
internal sealed class SlidingWindow(int requests, TimeSpan length) : PermitSource
{
    // Requests sent at a distance may arrive closer together: the window is taken to be longer by that.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(200);

    private readonly TimeSpan _length = length + Margin;
    private readonly TimeSpan[] _taken = new TimeSpan[requests];
    private int _first;
    private int _count;

    public override PortalRate Rate => new(requests, _length, IsWindow: true);

    public override long Free(TimeSpan now)
    {
        Leave(now);
        return requests - _count;
    }

    public override TimeSpan Wait(TimeSpan now, int permits)
    {
        Leave(now);
        var over = _count + Math.Min(permits, requests) - requests;
        return over <= 0 ? TimeSpan.Zero : _taken[(_first + over - 1) % requests] + _length - now;
    }

    public override void Take(TimeSpan now, int permits)
    {
        for (var i = Math.Min(permits, requests); i > 0 && _count < requests; i--)
            _taken[(_first + _count++) % requests] = now;
    }

    public override void Return(int permits) => _count = Math.Max(0, _count - Math.Min(permits, requests));

    public override void Exhaust(TimeSpan now)
    {
        Array.Fill(_taken, now);
        _count = requests;
    }

    private void Leave(TimeSpan now)
    {
        for (; _count > 0 && _taken[_first] + _length <= now; _count--)
            _first = (_first + 1) % requests;
    }
}

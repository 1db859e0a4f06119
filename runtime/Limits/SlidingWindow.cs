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

    public override void Return(TimeSpan now, TimeSpan takenAt, int permits)
    {
        Leave(now);
        var end = _count;
        while (end > 0 && At(end - 1) > takenAt)
            end--;
        var returned = Math.Min(end, Math.Min(permits, requests));
        // Those that others took later move up.
        for (var i = end; i < _count; i++)
            At(i - returned) = At(i);
        _count -= returned;
    }

    public override void Exhaust(TimeSpan now)
    {
        Array.Fill(_taken, now);
        _count = requests;
    }

    private ref TimeSpan At(int index) => ref _taken[(_first + index) % requests];

    private void Leave(TimeSpan now)
    {
        for (; _count > 0 && _taken[_first] + _length <= now; _count--)
            _first = (_first + 1) % requests;
    }
}

namespace Bitrix24;

/// <summary>So many requests in any stretch of time of a given length.</summary>
internal sealed class SlidingWindow(int requests, TimeSpan length) : PermitSource
{
    // Requests sent at a distance may arrive closer together: the window is taken to be longer by that.
    private static readonly TimeSpan s_margin = TimeSpan.FromMilliseconds(200);

    private readonly TimeSpan _length = length + s_margin;
    private readonly TimeSpan[] _taken = new TimeSpan[requests];
    private int _first;
    private int _count;

    public override long Free(TimeSpan now)
    {
        Leave(now);
        return requests - _count;
    }

    public override TimeSpan Wait(TimeSpan now)
    {
        Leave(now);
        return _count < requests ? TimeSpan.Zero : _taken[_first] + _length - now;
    }

    public override void Take(TimeSpan now)
    {
        _taken[(_first + _count) % requests] = now;
        _count++;
    }

    public override void Return() => _count--;

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

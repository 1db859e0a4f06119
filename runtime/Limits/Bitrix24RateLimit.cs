namespace Bitrix24;

/// <summary>A leaky bucket: each request fills it by one, and it leaks at a steady rate.</summary>
/// <param name="Capacity">Requests that it holds.</param>
/// <param name="PerSecond">Requests a second that leak out.</param>
public sealed record Bitrix24RateLimit(int Capacity, double PerSecond)
{
    /// <summary>That of most plans: 50 at once, 2 a second.</summary>
    public static Bitrix24RateLimit Standard { get; } = ApiProfile.Bitrix24.Bucket("standard");

    /// <summary>That of the Enterprise plan: 250 at once, 5 a second.</summary>
    public static Bitrix24RateLimit Enterprise { get; } = ApiProfile.Bitrix24.Bucket("enterprise");

    /// <summary>None, for portals without a limit.</summary>
    public static Bitrix24RateLimit None { get; } = new(int.MaxValue, double.MaxValue);
}

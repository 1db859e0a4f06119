namespace Bitrix24;

/// <summary>Too many calls wait for the portal's limits already. Nothing was sent.</summary>
/// <param name="method">The method that was to be called.</param>
/// <param name="waiting">How many calls wait.</param>
public sealed class Bitrix24LimitException(string method, long waiting)
    : Bitrix24Exception($"{method} was not sent: {waiting} calls wait for the portal's limits already")
{
    /// <summary>The method that was to be called.</summary>
    public string Method { get; } = method;
}

namespace Bitrix24;

/// <summary>No answer came: the connection could not be made, broke, or took too long.</summary>
/// <param name="method">The method called.</param>
/// <param name="message">What happened.</param>
/// <param name="mayHaveBeenExecuted">Whether the request was sent, so that the portal may have executed the call.</param>
/// <param name="innerException">The cause.</param>
public sealed class Bitrix24ConnectionException(
    string method,
    string message,
    bool mayHaveBeenExecuted,
    Exception? innerException = null)
    : Bitrix24Exception($"{method}: {message}", innerException)
{
    /// <summary>The method called.</summary>
    public string Method { get; } = method;

    /// <summary>False: the request certainly did not reach the portal (no name, no connection), and the call can be made again. True: it was sent,
    /// and the portal may have executed it; before repeating a call that changes something, read what it changed.</summary>
    public bool MayHaveBeenExecuted { get; } = mayHaveBeenExecuted;
}

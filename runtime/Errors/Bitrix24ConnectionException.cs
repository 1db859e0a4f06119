namespace Bitrix24;

/// <summary>No answer came: the connection could not be made, broke, or took too long.</summary>
/// <param name="method">The method called.</param>
/// <param name="message">What happened.</param>
/// <param name="mayHaveBeenExecuted">Whether the server may have done what was asked.</param>
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

    /// <summary>Whether the server may have done what was asked: false when the connection was never made.</summary>
    public bool MayHaveBeenExecuted { get; } = mayHaveBeenExecuted;
}

namespace Bitrix24;

/// <summary>Something went wrong in a call. Its text holds no secret.</summary>
/// <param name="message">What.</param>
/// <param name="innerException">The cause.</param>
public abstract class Bitrix24Exception(string message, Exception? innerException = null)
    : Exception(message, innerException);

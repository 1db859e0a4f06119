namespace Bitrix24.Infrastructure;

/// <summary>How an API wraps answers and errors.</summary>
public enum EnvelopeKind : byte
{
    /// <summary>Bitrix24: the value in <c>result</c>, an error in <c>error</c>.</summary>
    Bitrix24,

    /// <summary>VibeCode: the value in <c>data</c> beside <c>success</c> and <c>meta</c>.</summary>
    VibeCode,

    /// <summary>Hypertext (HAL): the body is the value; errors are problem details.</summary>
    Hal,

    /// <summary>Bitrix24's REST 3.0: the value in <c>result</c>, an error object, and a key that makes repeats safe.</summary>
    Bitrix24V3,
}

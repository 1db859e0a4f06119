using Microsoft.Extensions.Logging;

namespace Bitrix24;

/// <summary>How the values of a portal's answers are read, and where those that do not fit their fields are reported.</summary>
internal sealed class AnswerReading(bool strict = false, string portal = "", ILogger? logger = null)
{
    /// <summary>Keeps what does not fit, and tells the metrics only.</summary>
    public static AnswerReading Default { get; } = new();

    /// <summary>A value that does not fit is an error.</summary>
    public bool IsStrict => strict;

    /// <summary>Logs that a sum is of a part of the records only.</summary>
    public void ReportPartial(string method)
    {
        if (logger is not null)
            CallTelemetry.Partial(method, portal, logger);
    }

    /// <summary>Counts and logs the values that did not fit.</summary>
    public void Report(string method, ReadOnlySpan<byte> body, in FieldReader reader)
    {
        if (reader.Misfits > 0)
            CallTelemetry.Misread(method, portal, logger, reader.Misfits, logger is null ? "" : JsonPath.At(body, reader.FirstMisfit), reader.FirstReason);
    }
}

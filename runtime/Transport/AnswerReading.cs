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
            CallTelemetry.Partial(LogText.Name(method), portal, logger);
    }

    /// <summary>Counts and logs the values that did not fit.</summary>
    /// <param name="method">The method.</param>
    /// <param name="body">What was read.</param>
    /// <param name="reader">The reader at its end.</param>
    /// <param name="secrets">What the names of the answer may repeat.</param>
    public void Report(string method, ReadOnlySpan<byte> body, in FieldReader reader, Secrets secrets)
    {
        if (reader.Misfits == 0)
            return;
        var path = logger is null ? "" : LogText.Line(secrets.Redact(JsonPath.At(body, reader.FirstMisfit)), 200);
        CallTelemetry.Misread(LogText.Name(method), portal, logger, reader.Misfits, path, reader.FirstReason);
    }
}

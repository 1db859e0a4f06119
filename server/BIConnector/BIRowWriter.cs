using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bitrix24.AspNetCore;

/// <summary>Writes the rows that meet a filter as an array of arrays, a buffer at a time.</summary>
/// <param name="output">Takes them.</param>
/// <param name="table">The code of the table.</param>
/// <param name="columns">The columns of the rows.</param>
/// <param name="answered">How many of them are answered.</param>
/// <param name="filter">The conditions.</param>
internal sealed class BIRowWriter(PipeWriter output, string table, IReadOnlyList<BIColumn> columns, int answered, BIFilter filter)
{
    // What was flushed cannot be taken back: a fault in the first rows is still a clear status.
    private const int FlushAt = 32 * 1024;

    /// <summary>Writes all rows; answers how many.</summary>
    public async Task<long> WriteAsync(IAsyncEnumerable<IReadOnlyList<object?>>? rows, int? limit, CancellationToken cancellationToken)
    {
        if (rows is null)
            throw BIAnswerRules.Wrong($"{nameof(IBIConnector.ReadAsync)} returned null for table \"{table}\"; return an empty sequence if there are no rows.");
        var buffer = new ArrayBufferWriter<byte>(2 * FlushAt);
        var writer = new Utf8JsonWriter(buffer, new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartArray();
            writer.WriteStartArray();
            foreach (var column in columns.Take(answered))
                writer.WriteStringValue(column.Code);
            writer.WriteEndArray();
            var (count, read) = (0L, 0L);
            if (limit is not <= 0)
            {
                await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    BIAnswerRules.CheckRow(table, read, row, columns);
                    read++;
                    if (!filter.Matches(row, columns))
                        continue;
                    writer.WriteStartArray();
                    for (var i = 0; i < answered; i++)
                        Write(writer, columns[i].Type, row[i]);
                    writer.WriteEndArray();
                    count++;
                    if (writer.BytesPending + buffer.WrittenCount >= FlushAt)
                        await SendAsync().ConfigureAwait(false);

                    if (count >= limit)
                        break;
                }
            }

            writer.WriteEndArray();
            await SendAsync().ConfigureAwait(false);
            return count;
        }

        async ValueTask SendAsync()
        {
            writer.Flush();
            await output.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
            buffer.ResetWrittenCount();
        }
    }

    // Rows are checked: every value is of its column's type.
    private static void Write(Utf8JsonWriter writer, BIColumnType type, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag when type == BIColumnType.String:
                writer.WriteStringValue(flag ? "Y" : "N");
                break;
            case bool flag:
                writer.WriteNumberValue(flag ? 1 : 0);
                break;
            case Guid id:
                writer.WriteStringValue(id);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case float number:
                writer.WriteNumberValue(number);
                break;
            case DateOnly day:
                writer.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DateTime day when type == BIColumnType.Date:
                writer.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DateTime moment:
                writer.WriteStringValue(moment.ToString(moment.Kind == DateTimeKind.Unspecified ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset moment:
                writer.WriteStringValue(moment.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
        }
    }
}

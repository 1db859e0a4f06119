using System.Globalization;
using System.Text.Json;

namespace Bitrix24;

/// <summary>Checks a JSON body that came from outside, before it is kept: what passes is read without a surprise.</summary>
internal static class JsonBodyCheck
{
    /// <summary>What is wrong, without quoting a value; null: nothing.</summary>
    public static string? Find(ReadOnlySpan<byte> json, IncomingLimits limits)
    {
        if (json.Length > limits.MaxLength)
            return string.Create(CultureInfo.InvariantCulture, $"The body is longer than {limits.MaxLength} bytes.");
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        var values = 0;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
                    _ = reader.GetString();
                if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray) && ++values > limits.MaxValues)
                    return string.Create(CultureInfo.InvariantCulture, $"The body has more than {limits.MaxValues} values.");
                if (reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
                    return "The body is no JSON object.";
            }

            return null;
        }
        catch (JsonException e)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The body is no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The text at byte {reader.TokenStartIndex} is not UTF-8.");
        }
    }
}

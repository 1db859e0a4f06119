using Bitrix24.Gen.Importer.Output;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary>A line of input.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Null: it is not text.</param>
/// <param name="Problem">Why it is not.</param>
internal readonly record struct InputLine(int Number, string? Text, string? Problem);

/// <summary>Reads lines one by one, however long the input is.</summary>
internal static class JsonLines
{
    /// <summary>Far above what an API takes; a longer line is passed over.</summary>
    public const int LongestLine = 64 * 1024 * 1024;

    /// <summary>The lines that hold anything. What is not UTF-8, or too long, has a problem instead of a text.</summary>
    public static IEnumerable<InputLine> Read(Stream input, int longest = LongestLine)
    {
        var buffer = new byte[64 * 1024];
        using var line = new MemoryStream();
        var (number, tooLong) = (0, false);
        int count;
        while ((count = input.Read(buffer, 0, buffer.Length)) > 0)
        {
            for (var start = 0; start < count;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', start, count - start);
                var part = (end < 0 ? count : end) - start;
                if (line.Length + part > longest)
                    tooLong = true;
                else
                    line.Write(buffer, start, part);
                start += part + 1;
                if (end < 0)
                    break;
                if (Take(line, ++number, tooLong) is { } taken)
                    yield return taken;
                tooLong = false;
            }
        }

        if ((line.Length > 0 || tooLong) && Take(line, number + 1, tooLong) is { } last)
            yield return last;
    }

    private static InputLine? Take(MemoryStream line, int number, bool tooLong)
    {
        var (text, badLine) = Utf8Text.Decode(line.GetBuffer().AsSpan(0, (int)line.Length));
        line.SetLength(0);
        if (tooLong)
            return new InputLine(number, null, "the line is too long.");
        if (badLine > 0)
            return new InputLine(number, null, "not UTF-8.");
        return string.IsNullOrWhiteSpace(text) ? null : new InputLine(number, text, null);
    }
}

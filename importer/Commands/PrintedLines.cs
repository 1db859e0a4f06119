using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary>Lines for a person or a build log. What is put into one, from a spec, a portal or a file name, cannot end it or pass for another.</summary>
internal static class PrintedLines
{
    /// <summary>Writes a line.</summary>
    public static void Line(this TextWriter writer, PrintedLine line) => writer.WriteLine(line.ToString());

    /// <summary>Writes a text that is a line of its own.</summary>
    public static void Line(this TextWriter writer, string text) => writer.WriteLine(PrintedText.Line(text));
}

/// <summary>An interpolated text whose values are cleaned.</summary>
[InterpolatedStringHandler]
internal readonly ref struct PrintedLine(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (16 * formattedCount));

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format) =>
        _text.Append(PrintedText.Line(value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString()));

    public override string ToString() => _text.ToString();
}

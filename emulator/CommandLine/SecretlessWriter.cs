using System.CommandLine;
using System.Text;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Tools;

/// <summary>
/// The errors of a command line, which quote what was typed: the address of a webhook in the wrong place loses its secret, which a
/// build log would keep, and a name with line breaks forges no line of that log. Writes whole lines.
/// </summary>
/// <param name="inner">Where they go.</param>
/// <param name="words">The command line.</param>
internal sealed class SecretlessWriter(TextWriter inner, IReadOnlyList<string> words) : TextWriter
{
    private readonly StringBuilder _line = new();
    private readonly TypedSecrets _typed = new(words);

    public override Encoding Encoding => inner.Encoding;

    public static InvocationConfiguration Configuration(TextWriter error, IReadOnlyList<string> words) => new() { Error = new SecretlessWriter(error, words) };

    public override void Write(char value)
    {
        _line.Append(value);
        if (value == '\n')
            Flush();
    }

    public override void WriteLine(string? value) => Write(PrintedLine.Of(value ?? "") + NewLine);

    public override void Flush()
    {
        inner.Write(_typed.Hide(_line.ToString()));
        _line.Clear();
        inner.Flush();
    }

    protected override void Dispose(bool disposing)
    {
        Flush();
        base.Dispose(disposing);
    }
}

using System.CommandLine;
using System.Text;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Tools;

/// <summary>
/// The errors of a command line, which quote what was typed: the address of a webhook in the wrong place loses its secret, which a
/// build log would keep, and a name with line breaks forges no line of that log. Writes whole lines.
/// </summary>
internal sealed class SecretlessWriter(TextWriter inner) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => inner.Encoding;

    public static InvocationConfiguration Configuration(TextWriter error) => new() { Error = new SecretlessWriter(error) };

    public override void Write(char value)
    {
        _line.Append(value);
        if (value == '\n')
            Flush();
    }

    public override void WriteLine(string? value) => Write(PrintedLine.Of(value ?? "") + NewLine);

    public override void Flush()
    {
        inner.Write(AddressSecrets.Hide(_line.ToString()));
        _line.Clear();
        inner.Flush();
    }

    protected override void Dispose(bool disposing)
    {
        Flush();
        base.Dispose(disposing);
    }
}

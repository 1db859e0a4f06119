using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Tools;

/// <summary>
/// The errors of a command line, which quote what was typed: the address of a webhook in the wrong place loses its secret, which a
/// build log would keep. Writes whole lines.
/// </summary>
internal sealed partial class SecretlessWriter(TextWriter inner) : TextWriter
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

    public override void Flush()
    {
        inner.Write(Secret().Replace(_line.ToString(), "***"));
        _line.Clear();
        inner.Flush();
    }

    protected override void Dispose(bool disposing)
    {
        Flush();
        base.Dispose(disposing);
    }

    /// <summary>What follows the user in <c>/rest/1/secret/</c>, and the values of <c>?auth=</c>, <c>token=</c> and the like.</summary>
    [GeneratedRegex("(?<=/rest/(?:api/)?[0-9]{1,20}/)[^/\\s'\"?#]+|(?<=[?&;,][a-z_]{0,30}(?:token|secret|passw|auth|key)[a-z_]{0,30}=)[^&#\\s'\"]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Secret();
}

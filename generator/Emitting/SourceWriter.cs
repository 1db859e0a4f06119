using System.Text;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes C#, indented with tabs because there is much of it, with <c>\n</c> line ends, whatever machine it runs on.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new(16 * 1024);
    private int _indent;

    /// <summary>Writes one line.</summary>
    public SourceWriter Line(string text)
    {
        if (text.Length > 0)
            _text.Append('\t', _indent).Append(text);
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes an empty line.</summary>
    public SourceWriter Line()
    {
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes a line and an opening brace; what follows is indented until <see cref="Close"/>.</summary>
    public SourceWriter Open(string header)
    {
        Line(header);
        Line("{");
        _indent++;
        return this;
    }

    public SourceWriter Close(string after = "")
    {
        _indent--;
        return Line("}" + after);
    }

    public SourceWriter Indent()
    {
        _indent++;
        return this;
    }

    public SourceWriter Unindent()
    {
        _indent--;
        return this;
    }

    public override string ToString() => _text.ToString();
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Testing;

/// <summary>A spec file that counts how often it is read.</summary>
public sealed class TestFile(string path, string text, bool packaged = true) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text);

    public override string Path { get; } = path;

    public bool Packaged { get; } = packaged;

    public string Text { get; } = text;

    public int Reads { get; private set; }

    public override SourceText GetText(CancellationToken cancellationToken = default)
    {
        Reads++;
        return _text;
    }
}

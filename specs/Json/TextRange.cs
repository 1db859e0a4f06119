namespace Bitrix24.Gen.Specs;

/// <summary>A stretch of text. Everything counts from zero; columns are UTF-16 code units.</summary>
public readonly record struct TextRange(int Start, int Length, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>The offset behind the last character.</summary>
    public int End => Start + Length;
}

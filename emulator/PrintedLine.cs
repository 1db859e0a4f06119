using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator;

/// <summary>What comes from outside, as the program prints it: no text may forge a line or steer a terminal.</summary>
internal static class PrintedLine
{
    public static string Of(string text) => PrintedText.Line(text);
}

using System.Globalization;
using System.Text;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes spec text where C# reads it. Spec text is not trusted: nothing else may put it into source.</summary>
internal static class CSharpText
{
    /// <summary>A string literal.</summary>
    public static string Literal(string? text)
    {
        if (text is null)
            return "null";
        return IsPlain(text, "\"\\") ? "\"" + text + "\"" : CSharpLiteral.Of(text);
    }

    /// <summary>Text of one line in a documentation comment, or in an attribute of one.</summary>
    public static string Xml(string text)
    {
        if (IsPlain(text, "<>&\""))
            return text;
        var xml = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            switch (c)
            {
                case '<':
                    xml.Append("&lt;");
                    break;
                case '>':
                    xml.Append("&gt;");
                    break;
                case '&':
                    xml.Append("&amp;");
                    break;
                case '"':
                    xml.Append("&quot;");
                    break;
                default:
                    xml.Append(InOneLine(c));
                    break;
            }
        }

        return xml.ToString();
    }

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture) + "m";

    private static bool IsPlain(string text, string special)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' || special.IndexOf(c) >= 0)
                return false;
        }

        return true;
    }

    // Line ends (C# knows five), control characters and halves of surrogate pairs have no place in a comment.
    private static char InOneLine(char c) => char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ' ',
        UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Format => '?',
        _ => c,
    };
}

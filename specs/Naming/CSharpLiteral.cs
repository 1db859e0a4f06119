using System.Globalization;
using System.Text;

namespace Bitrix24.Gen.Specs;

/// <summary>Writes text of specs and calls where C# reads it as a string. Such text is not trusted: nothing else may put it into source.</summary>
public static class CSharpLiteral
{
    /// <summary>The literal, quotes included: printable ASCII, letters and digits as they are, all else escaped.</summary>
    public static string Of(string text)
    {
        var literal = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                literal.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~' || char.IsLetterOrDigit(c))
                literal.Append(c);
            else
                literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return literal.Append('"').ToString();
    }
}

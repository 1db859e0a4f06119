using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>A span of a source where a rule is expected: <c>{|B24103:new|}</c>.</summary>
public sealed record Mark(string Id, TextSpan Span);

/// <summary>A source with the spans that its author marked in it.</summary>
public sealed record Markup(string Text, IReadOnlyList<Mark> Marks)
{
    private const string Open = "{|B24";

    public static Markup Parse(string source)
    {
        var text = new StringBuilder();
        var marks = new List<Mark>();
        var open = new Stack<(string Id, int Start)>();
        for (var i = 0; i < source.Length; i++)
        {
            if (string.CompareOrdinal(source, i, Open, 0, Open.Length) == 0)
            {
                var colon = source.IndexOf(':', i);
                open.Push((source[(i + 2)..colon], text.Length));
                i = colon;
            }
            else if (open.Count > 0 && string.CompareOrdinal(source, i, "|}", 0, 2) == 0)
            {
                var (id, start) = open.Pop();
                marks.Add(new(id, TextSpan.FromBounds(start, text.Length)));
                i++;
            }
            else
            {
                text.Append(source[i]);
            }
        }

        Assert.Empty(open);
        return new(text.ToString(), marks);
    }
}

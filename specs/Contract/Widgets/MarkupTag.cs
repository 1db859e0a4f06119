#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs;
#else
namespace Bitrix24;
#endif

/// <summary>An opening tag in the markup of a widget.</summary>
/// <param name="name">Its name.</param>
/// <param name="start">Where it begins.</param>
internal sealed class MarkupTag(string name, int start)
{
    public string Name => name;

    public int Start => start;

    public int End { get; set; }

    public bool ClosesItself { get; set; }

    public List<MarkupAttribute> Attributes { get; } = [];

    public bool Has(string attribute) => Attributes.Exists(a => a.Name == attribute);

    public string? Value(string attribute)
    {
        foreach (var a in Attributes)
        {
            if (a.Name.Equals(attribute, StringComparison.OrdinalIgnoreCase))
                return a.Value;
        }

        return null;
    }

    /// <summary>Reads the tag that begins at an angle bracket.</summary>
    public static MarkupTag Read(string content, int start)
    {
        var at = start + 1;
        while (at < content.Length && !char.IsWhiteSpace(content[at]) && content[at] is not ('>' or '/'))
            at++;
        var tag = new MarkupTag(content.Substring(start + 1, at - start - 1), start);
        while (at < content.Length)
        {
            if (char.IsWhiteSpace(content[at]))
            {
                at++;
            }
            else if (content[at] == '>')
            {
                at++;
                break;
            }
            else if (content[at] == '/')
            {
                tag.ClosesItself = at + 1 < content.Length && content[at + 1] == '>';
                at++;
            }
            else
            {
                at = ReadAttribute(content, at, tag);
            }
        }

        tag.End = at;
        return tag;
    }

    private static int ReadAttribute(string content, int at, MarkupTag tag)
    {
        var start = at;
        while (at < content.Length && !char.IsWhiteSpace(content[at]) && content[at] is not ('=' or '>') && !(content[at] == '/' && at + 1 < content.Length && content[at + 1] == '>'))
            at++;
        // A sign that begins no name.
        if (at == start)
            return at + 1;
        var name = content.Substring(start, at - start);
        var next = at;
        while (next < content.Length && char.IsWhiteSpace(content[next]))
            next++;
        if (next >= content.Length || content[next] != '=')
        {
            tag.Attributes.Add(new(name, start, null, at));
            return at;
        }

        at = next + 1;
        while (at < content.Length && char.IsWhiteSpace(content[at]))
            at++;
        if (at < content.Length && content[at] is '"' or '\'')
        {
            var end = content.IndexOf(content[at], at + 1);
            if (end < 0)
                end = content.Length;
            tag.Attributes.Add(new(name, start, content.Substring(at + 1, end - at - 1), at + 1));
            return Math.Min(content.Length, end + 1);
        }

        var from = at;
        while (at < content.Length && !char.IsWhiteSpace(content[at]) && content[at] != '>')
            at++;
        tag.Attributes.Add(new(name, start, content.Substring(from, at - from), from));
        return at;
    }
}

/// <summary>An attribute of a tag.</summary>
internal sealed record MarkupAttribute(string Name, int Offset, string? Value, int ValueOffset);

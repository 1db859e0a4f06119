namespace Bitrix24.Gen.Importer.Markdown;

/// <summary>An open code fence.</summary>
internal readonly record struct Fence(char Mark, int Length, string Language)
{
    public static bool Opens(string trimmed, out Fence fence)
    {
        fence = default;
        if (trimmed.Length < 3 || trimmed[0] is not ('`' or '~'))
            return false;
        var length = 1;
        while (length < trimmed.Length && trimmed[length] == trimmed[0])
            length++;
        if (length < 3)
            return false;
        var info = trimmed[length..].Trim();
        // A run of backticks with more of them on the line is inline code, not a fence.
        if (info.Contains('`', StringComparison.Ordinal))
            return false;
        fence = new Fence(trimmed[0], length, info.Split(' ', 2)[0].ToLowerInvariant());
        return true;
    }

    public bool ClosedBy(string line)
    {
        var text = line.Trim();
        // The closing mark may be followed by the end of the table row that holds the fence.
        if (text.EndsWith("||", StringComparison.Ordinal))
            text = text[..^2].TrimEnd();
        if (text.Length < Length)
            return false;
        foreach (var c in text)
        {
            if (c != Mark)
                return false;
        }

        return true;
    }
}

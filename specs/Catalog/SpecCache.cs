using System.Runtime.CompilerServices;
using System.Threading;

namespace Bitrix24.Gen.Specs;

/// <summary>
/// The spec files that this process has parsed, shared by generator and analyzers: a file is parsed once for each content,
/// however many compilations ask.
/// </summary>
/// <remarks>
/// An editor asks with the same text object at every keystroke, which is found without looking at the text. A compiler
/// server asks with a new one in every build, which is found by its content.
/// </remarks>
public static class SpecCache
{
    // All packaged specs are 2.2 million characters; what was asked for longest ago goes first.
    private const int MaxCharacters = 8 * 1024 * 1024;

    private static readonly ConditionalWeakTable<object, SpecDocument> ByObject = new();
    private static readonly Dictionary<Content, LinkedListNode<Entry>> ByContent = [];
    private static readonly LinkedList<Entry> Recent = new();
    private static long s_characters;

    /// <summary>A file was parsed; says its path.</summary>
    public static event Action<string>? Parsed;

    /// <summary>The document of a text.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="text">The host's text object.</param>
    /// <param name="user">The file is a user's own.</param>
    public static SpecDocument Read(string path, object text, bool user)
    {
        if (ByObject.TryGetValue(text, out var known) && known.User == user && string.Equals(known.Path, path, StringComparison.Ordinal))
            return known;
        var document = Find(new(path, text.ToString(), user));
        if (known is not null)
            ByObject.Remove(text);
        // Another thread may have added it meanwhile.
        ByObject.GetValue(text, _ => document);
        return document;
    }

    private static SpecDocument Find(Content content)
    {
        Entry entry;
        lock (Recent)
        {
            if (ByContent.TryGetValue(content, out var node))
            {
                Recent.Remove(node);
            }
            else
            {
                ByContent.Add(content, node = new(new(content)));
                s_characters += content.Text.Length;
            }

            Recent.AddFirst(node);
            entry = node.Value;
            while (s_characters > MaxCharacters && Recent.Last is { } last && last != node)
            {
                Recent.Remove(last);
                ByContent.Remove(last.Value.Content);
                s_characters -= last.Value.Content.Text.Length;
            }
        }

        return entry.Document.Value;
    }

    private static SpecDocument Parse(Content content)
    {
        Parsed?.Invoke(content.Path);
        return SpecReader.Read(content.Path, content.Text, content.User);
    }

    private readonly record struct Content(string Path, string Text, bool User);

    private sealed class Entry(Content content)
    {
        public Content Content => content;

        public Lazy<SpecDocument> Document { get; } = new(() => Parse(content), LazyThreadSafetyMode.ExecutionAndPublication);
    }
}

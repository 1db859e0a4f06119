namespace Bitrix24.Gen.Specs;

/// <summary>A spec file as read: what it says, where it says it, and what is wrong with it.</summary>
/// <remarks>Two documents are equal when path, origin and text are.</remarks>
public sealed class SpecDocument : IEquatable<SpecDocument>
{
    private string[]? _references;

    internal SpecDocument(
        string path, string text, bool user, JsonObject? root, BoundFile? bound, EquatableArray<SpecDiagnostic> problems)
    {
        Path = path;
        Text = text;
        User = user;
        Root = root;
        Bound = bound;
        Diagnostics = bound?.Diagnostics ?? problems;
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>The file is a user's own: it changes a packaged file of the same name instead of clashing with it.</summary>
    public bool User { get; }

    /// <summary>The text as JSON; null where it is none, or not an object.</summary>
    public JsonObject? Root { get; }

    /// <summary>What the text says; null where it is no JSON object. Members with an error are left out.</summary>
    public SpecFile? File => Bound?.File;

    /// <summary>What is wrong with this file by itself.</summary>
    public EquatableArray<SpecDiagnostic> Diagnostics { get; }

    /// <summary>
    /// Base names of the other files of the same API whose types this one names, of those that should hold the methods
    /// named by <c>use</c>, and of the profile. A set of these files, and of what they refer to in turn, is enough to
    /// resolve its types; methods named by <c>replacement</c> may lie anywhere.
    /// </summary>
    public EquatableArray<string> References => new(_references ??= FileReferences.Of(this));

    internal BoundFile? Bound { get; }

    /// <summary>Where the value at a JSON pointer stands, or the nearest thing around it.</summary>
    public TextRange Locate(string pointer) => Root is null ? default : JsonPointer.Locate(Root, pointer).Range;

    public bool Equals(SpecDocument? other) =>
        ReferenceEquals(this, other)
        || (other is not null && User == other.User
            && string.Equals(Path, other.Path, StringComparison.Ordinal)
            && string.Equals(Text, other.Text, StringComparison.Ordinal));

    public override bool Equals(object? obj) => Equals(obj as SpecDocument);

    public override int GetHashCode() =>
        unchecked((StringComparer.Ordinal.GetHashCode(Path) * 31) + StringComparer.Ordinal.GetHashCode(Text));
}

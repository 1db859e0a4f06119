namespace Bitrix24.Gen.Specs;

/// <summary>Where a value stands, from the root inward; becomes a JSON pointer when somebody asks.</summary>
internal sealed class NodePointer(NodePointer? parent, string name)
{
    public static NodePointer Root { get; } = new(null, "");

    public NodePointer Member(string member) => new(this, member);

    public override string ToString() => parent is null ? "" : JsonPointer.Append(parent.ToString(), name);
}

/// <summary>What the binders of one file share.</summary>
internal sealed class BindContext(string path, string file, bool partial)
{
    private const int MaxDiagnostics = 500;

    /// <summary>Base name of the file.</summary>
    public string File { get; } = file;

    /// <summary>The text changes another one: what it leaves out is there, and <c>null</c> takes away.</summary>
    public bool Partial { get; } = partial;

    public List<SpecDiagnostic> Diagnostics { get; } = [];

    public TypeRef? Type(string expression, NodePointer pointer, TextRange range)
    {
        var type = TypeExpression.Parse(expression, File, out var error);
        if (type is null)
            Report(RuleIds.SpecReference, pointer, range, $"\"{Quote(expression)}\" is no type: {error}.");
        return type;
    }

    public void Report(string id, NodePointer pointer, TextRange range, string message)
    {
        if (Diagnostics.Count >= MaxDiagnostics)
            return;
        var text = pointer.ToString();
        var where = text.Length == 0 ? "" : Quote(text, 200) + ": ";
        Diagnostics.Add(new(id, RuleIds.SeverityOf(id), where + message, path, text, range));
    }

    /// <summary>Says what was probably meant, or what there is to choose from.</summary>
    public static string Hint(string given, IEnumerable<string> names, string choice = "Allowed")
    {
        if (Suggestion.Nearest(given, names) is { } nearest)
            return $"Did you mean \"{Quote(nearest)}\"?";
        var list = string.Join(", ", names);
        return list.Length is 0 or > 400 ? "" : $"{choice}: {list}.";
    }

    /// <summary>A text of the file, fit for a message.</summary>
    public static string Quote(string text, int longest = 60) => PrintedText.Line(text, longest);
}

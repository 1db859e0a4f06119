using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Pull;

/// <summary>The values that a portal has in its lists of stages, sources and types.</summary>
internal sealed class PortalStatuses
{
    private readonly Dictionary<string, List<(string List, ValueLabel Value)>> _lists = new(StringComparer.Ordinal);

    /// <param name="statuses">The statuses as the portal lists them.</param>
    /// <param name="pipelines">What a pipeline is called, by its list of stages.</param>
    public PortalStatuses(IEnumerable<JsonObject> statuses, IReadOnlyDictionary<string, string> pipelines)
    {
        foreach (var status in statuses)
        {
            var (list, value, name) = (Text(status, "ENTITY_ID"), Text(status, "STATUS_ID"), Text(status, "NAME"));
            if (list.Length == 0 || value.Length == 0)
                continue;
            var label = LabelOf(value, name);
            if (pipelines.TryGetValue(list, out var pipeline))
                label = $"{pipeline}: {label}";
            var stem = StemOf(list);
            if (!_lists.TryGetValue(stem, out var values))
                _lists.Add(stem, values = []);
            if (!values.Exists(v => v.Value.Value == value))
                values.Add((list, new(value, label)));
        }
    }

    /// <summary>The values of a list, and of those of the same name for further pipelines.</summary>
    public IReadOnlyList<ValueLabel> Of(string statusType) =>
        _lists.TryGetValue(StemOf(statusType), out var values) ? [.. values.Select(static v => v.Value)] : [];

    /// <summary>The field with the values of its list, as an overlay of what is known of it; null: there are none, or the spec lists its own.</summary>
    public FieldSpec? Overlay(FieldSpec known, string statusType) =>
        Of(statusType) is { Count: > 0 } values && known.Enum.Count == 0 && known.Type.Kind == TypeKind.String
            ? Apply(new() { Name = known.Name, Type = TypeRef.Unstated, Weak = known.Weak }, values)
            : null;

    /// <summary>The field with these values, which one portal's answer speaks for.</summary>
    public static FieldSpec Apply(FieldSpec field, IReadOnlyList<ValueLabel> values) => field with
    {
        Enum = values.Select(static v => v.Value).ToEquatableArray(),
        Labels = new([.. values]),
        Weak = field.Weak.Contains("enum", StringComparer.Ordinal) ? field.Weak : new([.. field.Weak, "enum"]),
    };

    // DEAL_STAGE_4 and DYNAMIC_1032_STAGE_7 are the lists of a pipeline.
    private static string StemOf(string list)
    {
        var end = list.Length;
        while (end > 0 && char.IsAsciiDigit(list[end - 1]))
            end--;
        return end < list.Length && end > 0 && list[end - 1] == '_' && list[..(end - 1)].EndsWith("STAGE", StringComparison.Ordinal) ? list[..(end - 1)] : list;
    }

    // A name that gives no C# identifier in Latin letters is left for the code, where that is a word.
    private static string LabelOf(string value, string name)
    {
        var code = value[(value.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var word = code.Length > 1 && code.All(static c => c is >= 'A' and <= 'Z' or '_') && !code.StartsWith("UC_", StringComparison.Ordinal);
        if (name.Any(static c => char.IsAsciiLetter(c)) || (!word && name.Length > 0))
            return name;
        return word ? string.Join(' ', code.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(static w => w[..1] + w[1..].ToLowerInvariant())) : value;
    }

    private static string Text(JsonObject status, string name) => (status.TryGet(name, out var node) ? node : null) switch
    {
        JsonString text => text.Value,
        JsonNumber number => number.Text,
        _ => "",
    };
}

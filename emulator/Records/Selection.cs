namespace Bitrix24.Gen.Emulator.Records;

/// <summary>The fields that a call asks to see; all of them when it names none.</summary>
internal sealed class Selection
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _prefixes = [];
    private readonly bool _all;

    public Selection(JsonNode? select)
    {
        var names = (select as JsonArray ?? []).Select(JsonValues.Text).OfType<string>().ToList();
        _all = names.Count == 0;
        foreach (var name in names)
        {
            if (name == "*")
                _all = true;
            else if (name.EndsWith('*'))
                _prefixes.Add(name[..^1]);
            else
                _names.Add(name);
        }
    }

    public bool Has(string name) =>
        _all || _names.Contains(name) || _prefixes.Exists(p => name.StartsWith(p, StringComparison.Ordinal));
}

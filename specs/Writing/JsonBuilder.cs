using System.Globalization;
using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Builds an object of a spec file; members come out in the order of its key table, absent ones not at all.</summary>
internal sealed class JsonBuilder(KeyTable keys)
{
    private readonly Dictionary<string, JsonNode> _members = new(StringComparer.Ordinal);

    public JsonObject Build() =>
        new(default, [.. keys.Keys.Where(_members.ContainsKey).Select(k => new JsonProperty(k, default, _members[k]))]);

    public JsonBuilder Add(string key, JsonNode? value)
    {
        if (value is null)
            return this;
        if (!keys.Contains(key))
            throw new ArgumentException($"{keys.Label} has no key \"{key}\".", nameof(key));
        _members.Add(key, value);
        return this;
    }

    public JsonBuilder Add(string key, string? value) => Add(key, value is null ? null : Text(value));

    public JsonBuilder Add(string key, bool value, bool usual = false) =>
        Add(key, value == usual ? null : new JsonBool(default, value));

    public JsonBuilder Add(string key, decimal? value) => Add(key, value is null ? null : Number(value.Value));

    public JsonBuilder Add<T>(string key, T value, T usual)
        where T : struct, Enum => Add(key, value.Equals(usual) ? null : Text(SpecKeys.Word(value)));

    public JsonBuilder Add(string key, EquatableArray<string> values) =>
        Add(key, values.Count == 0 ? null : new JsonArray(default, [.. values.Select(Text)]));

    /// <summary>A map of names to values; an empty one is left out unless it says something by being there.</summary>
    public JsonBuilder AddMap<T>(
        string key, IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode> value, bool evenEmpty = false)
    {
        var map = new JsonObject(default, [.. items.Select(i => new JsonProperty(name(i), default, value(i)))]);
        return Add(key, map.Properties.Count > 0 || evenEmpty ? map : null);
    }

    public static JsonString Text(string value) => new(default, value);

    public static JsonNumber Number(decimal value) => new(default, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>JSON text as a value; what is no JSON is a string.</summary>
    public static JsonNode Parse(string json) => JsonReader.Read(json).Root ?? Text(json);
}

using System.Globalization;

namespace Bitrix24.Gen.Emulator.Http;

/// <summary>An ordered map as the server's PHP keeps it; a list when its keys count from 0.</summary>
internal sealed class PhpArray
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private long _next;

    public object? this[string key] => _values.GetValueOrDefault(key);

    public void Set(string key, object value)
    {
        if (!_values.ContainsKey(key))
        {
            _order.Add(key);
            if (IsIndex(key, out var index) && index >= _next)
                _next = index + 1;
        }

        _values[key] = value;
    }

    public string NextKey() => _next.ToString(CultureInfo.InvariantCulture);

    public JsonNode ToJson()
    {
        if (_order.Count > 0 && _order.Select((key, at) => key == at.ToString(CultureInfo.InvariantCulture)).All(same => same))
            return new JsonArray([.. _order.Select(key => ToJson(_values[key]))]);
        return ToJsonObject();
    }

    /// <summary>The map as an object, whatever its keys.</summary>
    public JsonObject ToJsonObject()
    {
        var result = new JsonObject();
        foreach (var key in _order)
            result[key] = ToJson(_values[key]);
        return result;
    }

    private static JsonNode ToJson(object value) =>
        value is PhpArray array ? array.ToJson() : JsonValue.Create((string)value);

    private static bool IsIndex(string key, out long index) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out index)
        && index < long.MaxValue
        && key == index.ToString(CultureInfo.InvariantCulture);
}

using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Bitrix24.Gen.Testing;

/// <summary>The texts of all values in an object that was read, as its user sees them.</summary>
public static class AnswerTexts
{
    /// <summary>The texts, without order.</summary>
    public static HashSet<string> Of(object? value)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        Collect(value, texts, new(ReferenceEqualityComparer.Instance), "result");
        return texts;
    }

    // A path that grows beyond every fixture names what holds itself, instead of a crash of the test host.
    private static void Collect(object? value, HashSet<string> texts, HashSet<object> seen, string path)
    {
        Assert.True(path.Length < 400, $"{path} ({value?.GetType()}) holds itself.");
        switch (value)
        {
            case null:
                break;
            case string text:
                texts.Add(text);
                break;
            case bool flag:
                texts.Add(flag.ToString());
                break;
            case JsonElement { ValueKind: JsonValueKind.Undefined }:
                break;
            case JsonElement json:
                Collect(JsonNode.Parse(json.GetRawText()), texts, seen, path);
                break;
            case JsonValue json:
                texts.Add(json.GetValueKind() == JsonValueKind.String ? json.GetValue<string>() : json.ToJsonString());
                break;
            case JsonObject json:
                Collect(json.Select(static p => p.Value), texts, seen, path);
                break;
            case DateTimeOffset moment:
                texts.Add(moment.ToString("O", CultureInfo.InvariantCulture));
                break;
            case Bitrix24Value or IFormattable:
                texts.Add(string.Format(CultureInfo.InvariantCulture, "{0}", value));
                break;
            case IEnumerable items:
                foreach (var item in items)
                    Collect(item, texts, seen, path + "[]");
                break;
            default:
                if (!value.GetType().IsValueType && !seen.Add(value))
                    break;
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
                    Collect(property.GetIndexParameters().Length == 0 ? property.GetValue(value) : null, texts, seen, $"{path}.{property.Name}");
                break;
        }
    }
}

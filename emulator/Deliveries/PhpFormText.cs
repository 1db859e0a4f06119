using System.Text;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>Writes JSON as the form that PHP's <c>http_build_query</c> makes of it.</summary>
internal static class PhpFormText
{
    public static string Write(JsonObject values)
    {
        var form = new StringBuilder();
        foreach (var (name, value) in values)
            Write(form, Uri.EscapeDataString(name), value);
        return form.ToString();
    }

    private static void Write(StringBuilder form, string name, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (var (key, member) in members)
                    Write(form, $"{name}%5B{Uri.EscapeDataString(key)}%5D", member);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    Write(form, $"{name}%5B{i}%5D", items[i]);
                break;
            case null:
                break;
            default:
                form.Append(form.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(TextOf(value)));
                break;
        }
    }

    private static string TextOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}

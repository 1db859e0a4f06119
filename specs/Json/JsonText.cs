using System.Globalization;
using System.Text;

namespace Bitrix24.Gen.Specs;

/// <summary>Writes JSON.</summary>
internal static class JsonText
{
    public static void Append(StringBuilder text, JsonNode node)
    {
        switch (node)
        {
            case JsonObject value:
                text.Append('{');
                for (var i = 0; i < value.Properties.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    AppendString(text, value.Properties[i].Name);
                    text.Append(':');
                    Append(text, value.Properties[i].Value);
                }

                text.Append('}');
                break;
            case JsonArray value:
                text.Append('[');
                for (var i = 0; i < value.Items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Append(text, value.Items[i]);
                }

                text.Append(']');
                break;
            case JsonString value:
                AppendString(text, value.Value);
                break;
            case JsonNumber value:
                text.Append(value.Text);
                break;
            case JsonBool value:
                text.Append(value.Value ? "true" : "false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    public static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                        text.Append(c).Append(value[++i]);
                    else if (c < ' ' || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\u0085' or '\uFEFF')
                        text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    else
                        text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}

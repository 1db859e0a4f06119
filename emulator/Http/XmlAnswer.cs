using System.Text;
using System.Xml;

namespace Bitrix24.Gen.Emulator.Http;

/// <summary>An answer of REST v2 as XML, where the method is called with <c>.xml</c>.</summary>
internal static class XmlAnswer
{
    private const string ContentType = "text/xml; charset=utf-8";

    /// <summary>The element of a list's item, and of a member whose name is a number.</summary>
    private const string Item = "item";

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    public static HttpAnswer Of(HttpAnswer answer)
    {
        using var body = JsonDocument.Parse(answer.Content ?? Encoding.UTF8.GetBytes(answer.Body), new() { MaxDepth = HttpAnswer.Relaxed.MaxDepth });
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Settings))
        {
            writer.WriteStartElement("response");
            Write(writer, body.RootElement);
            writer.WriteEndElement();
        }

        return answer with { Content = stream.ToArray(), ContentType = ContentType };
    }

    private static void Write(XmlWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Element(writer, member.Name.Length == 0 || member.Name.All(char.IsAsciiDigit) ? Item : XmlConvert.EncodeLocalName(member.Name), member.Value);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Element(writer, Item, item);
                break;
            // PHP writes true as 1, and false and null as nothing.
            case JsonValueKind.True:
                writer.WriteString("1");
                break;
            case JsonValueKind.String:
                writer.WriteString(string.Concat(value.GetString()!.Where(static c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c))));
                break;
            case JsonValueKind.Number:
                writer.WriteString(value.GetRawText());
                break;
        }
    }

    private static void Element(XmlWriter writer, string name, JsonElement value)
    {
        writer.WriteStartElement(name);
        Write(writer, value);
        writer.WriteEndElement();
    }
}

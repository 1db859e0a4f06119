using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bitrix24.Infrastructure;

/// <content>The name as JSON text has it.</content>
public sealed partial class FieldDescriptor
{
    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The name as it stands before a value: in quotes, with a colon.</summary>
    internal byte[] Utf8Key { get; } =
        [(byte)'"', .. JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"', (byte)':'];
}

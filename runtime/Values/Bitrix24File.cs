using System.Globalization;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A file: a name and its content to send, or an id and addresses as the server answers.</summary>
public sealed class Bitrix24File : Bitrix24Object
{
    private static readonly TypeDescriptor FileType = new("file", static () =>
    [
        new("id", ValueKind.String),
        new("name", ValueKind.String),
        new("url", ValueKind.String),
        new("downloadUrl", ValueKind.String),
        new("urlMachine", ValueKind.String),
        new("viewUrl", ValueKind.String),
    ])
    {
        // DOWNLOAD_URL and downloadUrl are one name.
        AnyCase = true,
    };

    /// <summary>The server's id.</summary>
    public string? Id { get; private set; }

    /// <summary>The file's name.</summary>
    public string? Name { get; private set; }

    /// <summary>Where to read it. Signed addresses are as secret as a token.</summary>
    public string? Url { get; private set; }

    /// <summary>Where an application reads it, which is in no user's session; null: <see cref="Url"/> is all there is.</summary>
    public string? MachineUrl { get; private set; }

    /// <summary>The content to send.</summary>
    public ReadOnlyMemory<byte> Content { get; private init; }

    /// <inheritdoc/>
    protected override TypeDescriptor Descriptor => FileType;

    /// <summary>A file to send.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its content.</param>
    public static Bitrix24File FromBytes(string name, ReadOnlyMemory<byte> content) => new() { Name = name, Content = content };

    /// <summary>A file that the server has already.</summary>
    /// <param name="id">Its id.</param>
    public static Bitrix24File FromId(string id) => new() { Id = id };

    /// <summary>
    /// A file at an address: for downloads of what the server answered as text, such as <c>DownloadUrl</c> of a file on Drive, and for the
    /// few methods that fetch what they are sent.
    /// </summary>
    /// <param name="url">The address; a relative one is the portal's.</param>
    public static Bitrix24File FromUrl(string url) => new() { Url = url };

    /// <summary>Names the file, not its content or address.</summary>
    public override string ToString() => Name ?? Id ?? "file";

    /// <inheritdoc/>
    protected override void ReadField(int index, ref FieldReader reader)
    {
        var text = JsonRead.StringOrNull(ref reader);
        switch (index)
        {
            case 0:
                Id = text;
                break;
            case 1:
                Name = text;
                break;
            case 3:
                Url = text ?? Url;
                break;
            case 4:
                MachineUrl = text;
                break;
            default:
                Url ??= text;
                break;
        }
    }

    internal static Bitrix24File? Read(ref FieldReader reader)
    {
        if (JsonRead.IsNothing(ref reader))
            return null;
        var file = new Bitrix24File();
        if (reader.TokenType == JsonTokenType.StartObject)
            file.ReadFrom(ref reader);
        else if (JsonRead.StringOrNull(ref reader) is not { } text)
            return null;
        else if (text.Contains('/', StringComparison.Ordinal))
            file.Url = text;
        else
            file.Id = text;
        return file;
    }

    internal void WriteTo(Utf8JsonWriter writer, string? format)
    {
        if (Name is null && Id is null && Url is not null)
        {
            writer.WriteStringValue(Url);
            return;
        }

        if (Name is null)
        {
            if (long.TryParse(Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                writer.WriteNumberValue(id);
            else
                writer.WriteStringValue(Id);
            return;
        }

        if (format == "base64")
        {
            writer.WriteBase64StringValue(Content.Span);
            return;
        }

        if (format == "fileData")
        {
            writer.WriteStartObject();
            writer.WritePropertyName("fileData"u8);
        }

        writer.WriteStartArray();
        writer.WriteStringValue(Name);
        writer.WriteBase64StringValue(Content.Span);
        writer.WriteEndArray();
        if (format == "fileData")
            writer.WriteEndObject();
    }
}

using System.Buffers;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>The records of a page, and their ids where they were asked for.</summary>
internal readonly record struct Page<TItem>(IReadOnlyList<TItem>? Records, PageKeys? Keys)
{
    public IReadOnlyList<TItem> Items => Records ?? [];
}

/// <summary>A list's call for one of its pages.</summary>
/// <param name="list">The call as the user made it.</param>
/// <param name="parameters">What it sends for this page.</param>
/// <param name="key">The name of the records' ids; null: they are not asked for.</param>
internal sealed class PageRequest<TItem>(IBitrix24Request<IReadOnlyList<TItem>> list, JsonObject parameters, byte[]? key) : IBitrix24Request<Page<TItem>>
{
    public MethodDescriptor Method => list.Method;

    public string? ResultPath => list.ResultPath;

    public void WriteParameters(IBufferWriter<byte> buffer) => JsonBodyWriter.Write(buffer, parameters, static (writer, parameters) => parameters.WriteTo(writer));

    public Page<TItem> ReadResult(ref FieldReader reader)
    {
        var keys = key is null ? null : PageKeys.Read(reader, key);
        return new(list.ReadResult(ref reader), keys);
    }
}

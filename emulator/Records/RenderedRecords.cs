using Bitrix24.Gen.Emulator.Http;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>
/// Records as they go over the wire, kept until they change. For shapes that show nothing of other records; used under the
/// store's gate.
/// </summary>
internal sealed class RenderedRecords
{
    /// <summary>Some 20 MB of full deals.</summary>
    private const int Most = 20_000;

    private readonly Dictionary<(RowShape Shape, string Selection, bool KeyAsText, Record Record), (int Version, int Generation, byte[] Json)> _kept = [];

    /// <summary>The record's JSON.</summary>
    /// <param name="shape">How it looks.</param>
    /// <param name="selection">What of it is shown.</param>
    /// <param name="keyAsText">Its key is written as text.</param>
    /// <param name="record">The record.</param>
    /// <param name="render">Makes it, where it is not known or was changed.</param>
    public byte[] Get(RowShape shape, string selection, bool keyAsText, Record record, Func<JsonObject> render)
    {
        var key = (shape, selection, keyAsText, record);
        if (_kept.TryGetValue(key, out var kept) && kept.Version == record.Version && kept.Generation == shape.Table.Generation)
            return kept.Json;
        if (_kept.Count >= Most)
            _kept.Clear();
        var row = render();
        var json = HttpAnswer.Bytes(writer => row.WriteTo(writer));
        _kept[key] = (record.Version, shape.Table.Generation, json);
        return json;
    }
}

using System.Text;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Emulator.State;

namespace Bitrix24.Gen.Emulator.Http;

/// <summary>Serves the content of records that are files, at the addresses that their answers show.</summary>
internal sealed class RecordFiles(Portal portal)
{
    private const string Path = "path";
    private const string Content = "content";
    private const string Name = "name";
    private const string Bytes = "application/octet-stream";

    private readonly (string Path, StoreSpec Store)[] _stores =
        [.. portal.State.Stores.Where(static s => s.Files is not null).Select(static s => (JsonValues.Text(s.Files![Path]) ?? "", s)).OrderByDescending(static s => s.Item1.Length)];

    /// <summary>The file at an address; null: no files are there.</summary>
    public HttpAnswer? Find(string path)
    {
        foreach (var (prefix, store) in _stores)
        {
            if (!path.StartsWith(prefix, StringComparison.Ordinal) || path.Length == prefix.Length)
                continue;
            lock (portal.Records.Gate)
            {
                return portal.Records.Named(store.Name).Find(path[prefix.Length..]) is { } record && Values.Text(record[Field(store, Content)]) is { } content
                    ? Of(content, Values.Text(record[Field(store, Name)]) ?? "file")
                    : new HttpAnswer(404, "Not found", "text/plain");
            }
        }

        return null;
    }

    private static string Field(StoreSpec store, string what) => JsonValues.Text(store.Files?[what]) ?? "";

    private static HttpAnswer Of(string content, string name)
    {
        // What came as plain text is its own content.
        var bytes = new byte[content.Length];
        var data = Convert.TryFromBase64String(content, bytes, out var length) ? bytes.AsMemory(0, length) : Encoding.UTF8.GetBytes(content);
        return new HttpAnswer(200, "", Bytes)
        {
            Content = data,
            Headers = [("Content-Disposition", $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}")],
        };
    }
}

using System.Text;

namespace Bitrix24.Gen.Testing;

/// <summary>Replaces a stretch of bytes: with nothing, it removes; with length 0, it inserts.</summary>
public sealed record ByteEdit(int Position, int Length, byte[] Replacement);

/// <summary>A text with changes in it. A case that fails is shrunk: changes are left out or made smaller as long as it fails.</summary>
public sealed record MutatedBytes(byte[] Source, IReadOnlyList<ByteEdit> Edits)
{
    public byte[] Bytes { get; } = Apply(Source, Edits);

    /// <summary>What FsCheck prints of a case that fails.</summary>
    public override string ToString() => $"{Encoding.UTF8.GetString(Bytes)} (base64: {Convert.ToBase64String(Bytes)})";

    private static byte[] Apply(byte[] source, IReadOnlyList<ByteEdit> edits)
    {
        var bytes = new List<byte>(source);
        foreach (var edit in edits)
        {
            var position = Math.Min(edit.Position, bytes.Count);
            bytes.RemoveRange(position, Math.Min(edit.Length, bytes.Count - position));
            bytes.InsertRange(position, edit.Replacement);
        }

        return [.. bytes];
    }
}

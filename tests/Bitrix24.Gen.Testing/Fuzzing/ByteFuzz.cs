using FsCheck;
using FsCheck.Fluent;
using Generate = FsCheck.Fluent.Gen;

namespace Bitrix24.Gen.Testing;

/// <summary>FsCheck generators of damaged texts, and the way to run them.</summary>
public static class ByteFuzz
{
    /// <summary>One of the texts with one to <paramref name="mostEdits"/> changes: bytes replaced, removed, repeated, pieces inserted, the end cut off.</summary>
    public static Arbitrary<MutatedBytes> Of(IReadOnlyList<byte[]> texts, IReadOnlyList<byte[]> pieces, int mostEdits)
    {
        var cases =
            from text in Generate.Elements<byte[]>(texts)
            from count in Generate.Choose(1, mostEdits)
            from edits in Generate.ArrayOf(Edit(text, pieces), count)
            select new MutatedBytes(text, edits);
        return Arb.From(cases, Shrink);
    }

    /// <summary>
    /// Checks a claim on <paramref name="count"/> cases, for tests that also count what they saw; others are properties.
    /// A case that fails is shrunk and printed. The cases are the same in each run.
    /// </summary>
    public static void Check<T>(Arbitrary<T> cases, int count, ulong seed, Action<T> claim) => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(new Replay(new Rnd(seed, seed | 1), null)),
        Prop.ForAll(cases, claim));

    private static Gen<ByteEdit> Edit(byte[] text, IReadOnlyList<byte[]> pieces)
    {
        var position = Generate.Choose(0, text.Length - 1);
        return Generate.OneOf(
            from at in position from value in Generate.Choose(0, 255) select new ByteEdit(at, 1, [(byte)value]),
            from at in position from length in Generate.Choose(1, 20) select new ByteEdit(at, length, []),
            from at in position from piece in Generate.Elements<byte[]>(pieces) select new ByteEdit(at, 0, piece),
            from at in position from other in position select new ByteEdit(at, 0, [text[other]]),
            from at in position select new ByteEdit(at, int.MaxValue, []));
    }

    private static IEnumerable<MutatedBytes> Shrink(MutatedBytes failing)
    {
        for (var i = 0; i < failing.Edits.Count; i++)
        {
            var (position, length, replacement) = failing.Edits[i];
            if (failing.Edits.Count > 1)
                yield return With(i, null);
            if (length > 1)
                yield return With(i, new ByteEdit(position, Math.Min(length, failing.Source.Length) / 2, replacement));
            if (replacement.Length > 1)
                yield return With(i, new ByteEdit(position, length, replacement[..(replacement.Length / 2)]));
        }

        MutatedBytes With(int index, ByteEdit? edit) =>
            new(failing.Source, [.. failing.Edits.Select((e, i) => i == index ? edit : e).OfType<ByteEdit>()]);
    }
}

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>A number of things in words: 1 file, 2 files.</summary>
internal static class Counted
{
    public static string Of(int count, string thing) => FormattableString.Invariant($"{count} {thing}{(count == 1 ? "" : "s")}");
}

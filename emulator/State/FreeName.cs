using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>A name that no record of a store has yet: <c>report.txt</c>, else <c>report (1).txt</c>, <c>report (2).txt</c> …; as a code <c>report2.txt</c>, <c>report3.txt</c> …</summary>
internal static class FreeName
{
    /// <summary>In an object: the name that is wanted; beside it <c>in</c>, the store, <c>field</c> and <c>where</c>; with <c>plain</c> the number follows as it is, from 2.</summary>
    public const string Wanted = "free";

    public static string Of(RecordStore store, Expression expression, JsonObject template)
    {
        var wanted = Values.Text(expression.Value(template[Wanted])) ?? "";
        var table = store.Named(Values.Text(expression.Value(template["in"])) ?? "");
        var field = table.Columns.Declare(JsonValues.Text(template["field"]) ?? "NAME");
        var where = (template["where"] as JsonObject ?? []).Select(w => (table.Columns.Declare(w.Key), expression.Value(w.Value))).ToList();
        var taken = table.Matching(where).Where(r => r != expression.Record).Select(r => Values.Text(r[field]) ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (stem, ending) = (Path.GetFileNameWithoutExtension(wanted), Path.GetExtension(wanted));
        var name = wanted;
        var plain = template["plain"] is not null;
        for (var i = plain ? 2 : 1; taken.Contains(name); i++)
            name = plain ? $"{stem}{i}{ending}" : $"{stem} ({i}){ending}";
        return name;
    }
}

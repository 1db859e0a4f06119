using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.State;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>What a list that takes the place of records says of each, with what those had that it names again.</summary>
internal static class ReplacedRows
{
    private const string Yes = "Y";
    private const string No = "N";

    public static IEnumerable<JsonObject> Of(RecordTable table, IReadOnlyList<Record> before, IReadOnlyList<JsonObject> given, MethodState state)
    {
        if (state.Keeps is null && state.Sole is null)
            return given;
        var sole = state.Sole is not { } flag ? null : given.FirstOrDefault(i => JsonValues.Text(i[flag]) == Yes) ?? given.FirstOrDefault();
        return given.Select(item =>
        {
            var row = (JsonObject)item.DeepClone();
            if (state.Sole is { } name)
                row[name] = item == sole ? Yes : No;
            if (state is { Keeps: { } kept, By: { } by } && table.Columns.Declare(by) is var key && before.FirstOrDefault(r => Values.Same(r[key], Values.From(item[by]))) is { } old)
            {
                foreach (var field in kept.Where(f => JsonValues.IsNothing(row[f])))
                    row[field] = Values.ToNode(old[table.Columns.Declare(field)]);
            }

            return row;
        });
    }
}

using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Named values that an application or user leaves in the portal: all together or one.</summary>
internal static class OptionsOperation
{
    public const string Get = "getOptions";
    public const string Set = "setOptions";

    private const string Name = "~NAME";
    private const string Value = "VALUE";

    public static Success Run(MethodCall call, RecordTable table)
    {
        var (name, value) = (table.Columns.Declare(Name), table.Columns.Declare(Value));
        var mine = (call.Where.Count == 0 ? [.. table.Records] : table.Where(call.Where[0].Column, call.Where[0].Value)).ToList();
        if (call.State.Do == Get)
            return Read(call, mine, name, value);
        // Without the parameter that carries them, all parameters are options.
        foreach (var (option, given) in call.InputNode as JsonObject ?? call.Parameters)
        {
            if (mine.Find(r => Values.Same(r[name], option)) is { } known)
            {
                table.Change(known, () => known[value] = Values.From(given));
                continue;
            }

            var record = table.New();
            foreach (var (column, owner) in call.Where)
                record[column] = owner;
            record[name] = option;
            record[value] = Values.From(given);
            table.Add(record);
        }

        return new Success(true);
    }

    private static Success Read(MethodCall call, List<Record> mine, int name, int value)
    {
        if (JsonValues.Text(call.KeyParameter is { } key ? call.Parameters[key.Name] : null) is { Length: > 0 } one)
            return new Success(Values.ToNode(mine.Find(r => Values.Same(r[name], one))?[value]) ?? "");
        var all = new JsonObject();
        foreach (var record in mine)
            all[Values.Text(record[name]) ?? ""] = Values.ToNode(record[value]);
        return new Success(all.Count == 0 ? new JsonArray() : all);
    }
}

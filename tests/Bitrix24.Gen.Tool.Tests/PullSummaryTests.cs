using Bitrix24.Gen.Importer.Diff;
using Bitrix24.Gen.Importer.Pull;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Tool.Tests;

/// <summary>What a pull of a portal with thousands of fields prints can still be read.</summary>
public class PullSummaryTests
{
    [Fact]
    public void Same_notes_are_one_line()
    {
        var notes = Enumerable.Range(1, 300).Select(static i => $"UF_CRM_{i}: the type \"video\" is not known; it is any JSON value.").Append("crm.type.list: left out");
        Assert.Equal(
            [
                "UF_CRM_1, UF_CRM_2, UF_CRM_3, UF_CRM_4, UF_CRM_5, UF_CRM_6, UF_CRM_7, UF_CRM_8, UF_CRM_9, UF_CRM_10, UF_CRM_11, UF_CRM_12 and 288 more: the type \"video\" is not known; it is any JSON value.",
                "crm.type.list: left out",
            ],
            PullSummary.Notes(notes));
    }

    [Fact]
    public void Long_differences_are_a_line_for_each_kind_of_change()
    {
        SpecChange Change(bool breaking, int field, string message) => new(breaking, "field.added", SpecSet.DefaultApi, $"crm.deal/Deal UF_CRM_{field}", message, ["crm.deal.add"]);
        var changes = Enumerable.Range(1, 3000).SelectMany(i => new[] { Change(false, i, "New."), Change(false, i, "New in filter.") }).Append(Change(true, 7, "No longer taken.")).ToList();
        using var output = new StringWriter();
        PullSummary.Changes(changes, output);
        var lines = output.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.Contains("  crm.deal/Deal: No longer taken. UF_CRM_7", lines);
        Assert.Contains(lines, static l => l.StartsWith("  crm.deal/Deal: New in filter. UF_CRM_1, ", StringComparison.Ordinal) && l.EndsWith(" and 2988 more", StringComparison.Ordinal));
        Assert.Equal("1 breaking, 6000 compatible; --report FILE lists each.", lines[^1]);
    }
}

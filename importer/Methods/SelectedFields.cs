using Bitrix24.Gen.Importer.Shapes;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>What a list may be asked for it answers, whether an example shows it or not.</summary>
internal static class SelectedFields
{
    private static readonly string[] ReadOnlyRule = ["readOnly"];

    /// <param name="record">What the list answers; null: nobody knows.</param>
    /// <param name="selected">The names that the page explains of the selection.</param>
    public static void AddTo(ObjectShape? record, ObjectShape selected)
    {
        if (record is null)
            return;
        // Asked for as TEMPLATE_ID, answered as templateId.
        var known = record.Members.Select(static m => ShapeNames.Letters(m.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var field in selected.Members.Where(f => f.Listed && !known.Contains(ShapeNames.Letters(f.Name))))
        {
            var kept = EntityBuilder.IsKept(field.Name);
            record.Add(new Member(field.Name, field.Shape) { Nullable = true, ReadOnly = kept, Weak = kept ? ReadOnlyRule : [] });
        }
    }
}

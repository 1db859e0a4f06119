namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Reads the columns that carry flags: Required, Read-only, Write, Immutable …</summary>
internal static class FlagColumns
{
    public static void Apply(Member member, ParameterRow row)
    {
        foreach (var (word, cell) in row.Flags)
        {
            var yes = cell.Length > 0 && cell[0] is 'y' or 'Y' or '+' or '✓' or '✔' or '✅' or '☑' || cell.Equals("true", StringComparison.OrdinalIgnoreCase);
            switch (word)
            {
                case "required" or "mandatory":
                    member.Required |= yes;
                    break;
                case "immutable":
                    member.Immutable |= yes;
                    break;
                case "read-only" or "readonly" or "read only":
                    member.ReadOnlyByColumn = member.ReadOnly |= yes;
                    break;
                case "write":
                    member.ReadOnlyByColumn = member.ReadOnly |= !yes;
                    break;
                case "multiple":
                    member.Multiple |= yes;
                    break;
                case "filterable":
                    member.Filterable = yes;
                    break;
                case "sortable":
                    member.Sortable = yes;
                    break;
            }
        }
    }
}

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Makes groups of which one is needed of what single rows say.</summary>
internal static class OneOfGroups
{
    /// <summary>A row that names others in whose place it may stand takes the star off them: they are needed no more than it is.</summary>
    public static void Settle(ObjectShape shape)
    {
        foreach (var member in shape.Members.Where(static m => m.OneOf.Count > 0).ToArray())
        {
            foreach (var other in member.OneOf.Select(shape.Find).OfType<Member>().Where(static o => o.Required))
            {
                other.Required = false;
                if (other.OneOf.Count == 0)
                    other.OneOf = member.OneOf.Where(n => n != other.Name).Prepend(member.Name).ToArray();
            }
        }
    }
}

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Makes groups of which one is needed of what single rows say.</summary>
internal static class OneOfGroups
{
    /// <summary>A row that names others in whose place it may stand takes the star off them: they are needed no more than it is.</summary>
    public static void Settle(ObjectShape shape)
    {
        // "Can be used instead of the `from` parameter", which need not be given: nor need this one.
        foreach (var member in shape.Members.Where(static m => m.IsStandIn))
            (member.OneOf, member.IsStandIn) = (member.OneOf.Any(n => shape.Find(n) is { Required: true }) ? member.OneOf : [], false);
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

    /// <summary>Forms of a call that each require something of their own: one of those is needed. The last that a form requires completes it.</summary>
    /// <param name="all">What the forms have together.</param>
    /// <param name="forms">The forms, each with what it requires.</param>
    public static void Join(ObjectShape all, IReadOnlyList<ObjectShape> forms)
    {
        var keys = forms.Select(f => f.Members.FindLast(m => m.Required && all.Find(m.Name) is { Required: false })?.Name).Distinct(StringComparer.Ordinal).ToArray();
        if (keys.Length < 2 || Array.IndexOf(keys, null) >= 0)
            return;
        foreach (var key in keys)
            all.Find(key!)!.OneOf = [.. keys.Where(k => k != key).Select(static k => k!)];
    }
}

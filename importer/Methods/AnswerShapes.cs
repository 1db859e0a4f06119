using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Takes rules for input off shapes that are only ever answered.</summary>
internal static class AnswerShapes
{
    public static void Strip(IReadOnlyList<MethodGroup> groups)
    {
        var sent = new HashSet<ObjectShape>(ReferenceEqualityComparer.Instance);
        foreach (var method in groups.SelectMany(static g => g.Methods))
            CollectSent(method.Params, sent);
        var written = new HashSet<ObjectShape>(ReferenceEqualityComparer.Instance);
        foreach (var group in groups)
        {
            if (group.Entity is not null)
                Collect(group.Entity, written);
            foreach (var method in group.Methods)
                Collect(method.Params, written);
        }

        var answered = new HashSet<ObjectShape>(ReferenceEqualityComparer.Instance);
        foreach (var method in groups.SelectMany(static g => g.Methods))
        {
            if (method.Result is null)
                continue;
            if (method.Operation == Operation.Fields && method.Result.Innermost is ObjectShape { Members.Count: > 2 } description && description.Find("type") is not null)
                description.Name = "FieldDescription";
            Collect(method.Result, answered);
        }

        foreach (var shape in written)
            Grade(shape);
        foreach (var member in answered.Where(s => !written.Contains(s)).SelectMany(static s => s.Members))
        {
            (member.Weak, member.Reported) = ([], false);
            member.Required = EntityBuilder.IsKey(member.Name) && !member.Nullable && member.Shape is ScalarShape { Kind: not TypeKind.Json };
            (member.ReadOnly, member.Immutable, member.Unique) = (false, false, false);
            (member.Default, member.Pattern, member.MinLength, member.MaxLength, member.Min, member.Max) = (null, null, null, null, null, null);
            (member.OneOf, member.RequiredIf, member.Filterable, member.Sortable) = ([], null, null, null);
        }

        AnsweredMembers.Mark(groups, sent);
    }

    // What is only asked by is not sent itself.
    private static void CollectSent(ObjectShape parameters, HashSet<ObjectShape> sent)
    {
        sent.Add(parameters);
        foreach (var parameter in parameters.Members.Where(static p => p.As is not (View.Filter or View.Select or View.Order)))
            Collect(parameter.Shape, sent);
    }

    // An object that only examples show takes any name, and a value of any kind: what they show is not all there is.
    private static void Grade(ObjectShape shape)
    {
        if (shape is { FromExample: true, Members.Count: > 0 })
            (shape.Open, shape.Undescribed) = (true, true);
        foreach (var member in shape.Members.Where(static m => m is { Declared: false, As: null } && !m.Shape.IsOpaque))
            member.Guessed = true;
    }

    /// <summary>Adds the objects in a shape.</summary>
    internal static void Collect(Shape shape, HashSet<ObjectShape> seen)
    {
        switch (shape)
        {
            case ListShape list:
                Collect(list.Item, seen);
                break;
            case MapShape map:
                Collect(map.Value, seen);
                break;
            case UnionShape union:
                foreach (var alternative in union.Alternatives)
                    Collect(alternative, seen);
                break;
            case ObjectShape obj when seen.Add(obj):
                foreach (var member in obj.Members)
                    Collect(member.Shape, seen);
                break;
        }
    }
}

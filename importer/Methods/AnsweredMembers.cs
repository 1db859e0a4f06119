using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>
/// Marks what every answer has: identifiers that the entity's methods ask for, and records within an answer, where all examples show them.
/// Of other values a few examples do not tell.
/// </summary>
internal sealed class AnsweredMembers
{
    private const int Deepest = 8;

    private readonly Dictionary<Member, bool> _always = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ObjectShape> _selected = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ObjectShape> _sent;

    private AnsweredMembers(HashSet<ObjectShape> sent) => _sent = sent;

    /// <param name="groups">All methods of an API.</param>
    /// <param name="sent">Objects that calls send.</param>
    public static void Mark(IReadOnlyList<MethodGroup> groups, HashSet<ObjectShape> sent)
    {
        var marker = new AnsweredMembers(sent);
        foreach (var method in groups.SelectMany(static g => g.Methods))
            marker.Look(method);
        foreach (var group in groups)
            marker.JoinAlike(group);
        foreach (var entity in groups.GroupBy(static g => string.Join('.', g.File.Split('.').Take(2))))
        {
            var asked = entity.SelectMany(static g => g.Methods).Where(static m => m.Operation is not (Operation.Add or Operation.List)).SelectMany(static m => m.Params.Members)
                .Where(static p => p is { Required: true, Shape: ScalarShape or UnionShape }
                    && ExampleShape.IsJoinedIdName(p.Name) && !p.Name.StartsWith("parent", StringComparison.OrdinalIgnoreCase))
                .Select(static p => ShapeNames.Letters(p.Name)).ToHashSet(StringComparer.Ordinal);
            foreach (var method in entity.SelectMany(static g => g.Methods).Where(static m => m.Result is not null))
                marker.MarkIdentifiers(method.Result!, asked, [], 0);
        }

        foreach (var method in groups.SelectMany(static g => g.Methods).Where(static m => m is { Result: ObjectShape, Operation: not Operation.List, Paging: Paging.None }))
            marker.MarkRecords((ObjectShape)method.Result!);
    }

    // Objects of a file with the same members become one type: what one of them lacks, none is sure of.
    private void JoinAlike(MethodGroup group)
    {
        var objects = new HashSet<ObjectShape>(ReferenceEqualityComparer.Instance);
        foreach (var method in group.Methods)
        {
            AnswerShapes.Collect(method.Params, objects);
            if (method.Result is not null)
                AnswerShapes.Collect(method.Result, objects);
        }

        foreach (var alike in objects.GroupBy(static o => string.Join(' ', o.Members.Select(static m => m.Name).Order(StringComparer.Ordinal)), StringComparer.Ordinal)
            .Where(static g => g.Count() > 1))
        {
            foreach (var members in alike.SelectMany(static o => o.Members).GroupBy(static m => m.Name, StringComparer.Ordinal))
            {
                var seen = members.Where(_always.ContainsKey).Select(m => _always[m] && !m.Nullable).ToArray();
                foreach (var member in members.Where(_ => seen.Length > 0))
                    _always[member] = Array.TrueForAll(seen, static s => s);
            }

            if (alike.Any(_selected.Contains))
                _selected.UnionWith(alike);
        }
    }

    private void Look(MethodDoc method)
    {
        if (method.Result is null)
            return;
        if (method.Params.Members.Exists(static p => p.As == View.Select) && method.Result.Innermost is ObjectShape row)
            _selected.Add(row);
        foreach (var response in method.Responses.Where(static r => !r.IsError && r.Result is not null))
            Look(method.Result, method.ResultAt is { } at ? (response.Result as JsonObject)?.Find(at)?.Value : response.Result, 0);
    }

    private void Look(Shape shape, JsonNode? node, int depth)
    {
        if (depth > Deepest)
            return;
        switch (shape, node)
        {
            case (ListShape list, JsonArray array):
                foreach (var item in array.Items)
                    Look(list.Item, item, depth + 1);
                break;
            case (MapShape map, JsonObject values):
                foreach (var property in values.Properties)
                    Look(map.Value, property.Value, depth + 1);
                break;
            case (ObjectShape obj, JsonObject values):
                foreach (var member in obj.Members)
                {
                    var value = values.TryGet(member.Name, out var found) ? found : null;
                    _always[member] = _always.GetValueOrDefault(member, true) && value is not (null or JsonNull or JsonString { Value: "" } or JsonBool);
                    Look(member.Shape, value, depth + 1);
                }

                break;
        }
    }

    private void MarkIdentifiers(Shape shape, HashSet<string> asked, HashSet<ObjectShape> seen, int depth)
    {
        if (depth > Deepest || shape.Innermost is not ObjectShape obj || !seen.Add(obj))
            return;
        foreach (var member in obj.Members)
        {
            var identifies = EntityBuilder.IsKey(member.Name) || (depth == 0 && !_selected.Contains(obj) && asked.Contains(ShapeNames.Letters(member.Name)));
            if (identifies && member is { Nullable: false, Shape: ScalarShape { Kind: not TypeKind.Json } } && _always.GetValueOrDefault(member))
                member.Answered |= !IsMarked(member);
            MarkIdentifiers(member.Shape, asked, seen, depth + 1);
        }
    }

    // { "bot": { "id": 5, … }, "users": [ … ] }
    private void MarkRecords(ObjectShape answer)
    {
        // A record refers to others only where it has them.
        if (_sent.Contains(answer) || answer.Members.Exists(static m => EntityBuilder.IsKey(m.Name)))
            return;
        foreach (var member in answer.Members.Where(m =>
            m is { Nullable: false, Shape: ObjectShape record } && record.Members.Exists(static r => EntityBuilder.IsKey(r.Name) && IsMarked(r)) && _always.GetValueOrDefault(m)))
            member.Answered |= !IsMarked(member);
    }

    private static bool IsMarked(Member member) => member.Answered || member is { Required: true } or { ReadOnly: true, Nullable: false };
}

using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>
/// Drops lists of values that the documentation itself does not keep to: where it gives another value for the same field,
/// the list explains and does not close.
/// </summary>
/// <remarks>
/// What counts is given elsewhere for the same entity, in an example or in the text. Where a module lists values for a name in
/// several entities and they are always the same, the name means one thing there, and what counts is given anywhere in the module.
/// </remarks>
internal sealed class EnumEvidence
{
    private const int FewestEntities = 2;

    private readonly Dictionary<(string Scope, string Name), HashSet<string>> _given = [];
    private readonly HashSet<(string Module, string Name)> _oneMeaning = [];

    // Names that are a flag on one page and have other codes beside N in several entities.
    private readonly HashSet<(string Module, string Name)> _codes;

    public EnumEvidence(IReadOnlyList<MethodGroup> groups)
    {
        var listed = new Dictionary<(string Module, string Name), List<(string File, IReadOnlyList<string> Values)>>();
        foreach (var group in groups)
        {
            var module = Module(group);
            foreach (var method in group.Methods)
            {
                foreach (var request in method.Requests.Where(r => r.Parameters is not null && MethodReader.Matches(r, method)))
                    Give(group.File, module, request.Parameters!);
                // Descriptions of fields have types and names of their own.
                foreach (var response in method.Responses.Where(r => r is { IsError: false, Result: not null } && method.FieldFlags is null && method.Operation != Operation.Fields))
                    Give(group.File, module, response.Result!);
            }

            foreach (var method in group.Methods)
            {
                var placed = Placed(method);
                foreach (var (name, value) in CodeUse.Strings(method.Page))
                {
                    foreach (var parent in placed[(Norm(name), value)].DefaultIfEmpty(""))
                        Add(module + ".", parent + Norm(name), value);
                }
            }

            foreach (var (_, parent, member) in Members(group))
            {
                var name = parent + Norm(member.Name);
                foreach (var sample in member.Samples)
                    Add(group.File, module, name, sample);
                if (member.Enum.Count == 0)
                    continue;
                if (!listed.TryGetValue((module, name), out var lists))
                    listed.Add((module, name), lists = []);
                lists.Add((group.File, member.Enum));
            }
        }

        _codes = [.. listed.SelectMany(static l => l.Value.Where(static v => v.Values.Contains("N") && v.Values.Any(static c => c is not ("Y" or "N")))
                .Select(v => (l.Key.Module, Name: l.Key.Name[(l.Key.Name.LastIndexOf('.') + 1)..], v.File)))
            .Distinct().GroupBy(static l => (l.Module, l.Name)).Where(static g => g.Count() >= FewestEntities).Select(static g => g.Key)];
        foreach (var (key, lists) in listed)
        {
            if (lists.Select(static l => l.File).Distinct(StringComparer.Ordinal).Count() >= FewestEntities
                && lists.TrueForAll(l => IsWithin(l.Values, lists[0].Values) || IsWithin(lists[0].Values, l.Values)))
                _oneMeaning.Add(key);
        }
    }

    public void Apply(IReadOnlyList<MethodGroup> groups)
    {
        foreach (var group in groups)
        {
            var module = Module(group);
            foreach (var (method, parent, member) in Members(group))
            {
                if (member.Shape is ScalarShape { Kind: TypeKind.YesNo } && _codes.Contains((module, Norm(member.Name))))
                    (member.Shape, member.Samples, member.Default) = (Shape.String, ["Y", "N"], null);
                if (member.Enum.Count == 0 || member.Shape.Innermost is not ScalarShape { Kind: TypeKind.String })
                    continue;
                var name = parent + Norm(member.Name);
                if ((Other(group.File, name, member) ?? (_oneMeaning.Contains((module, name)) ? Other(module + ".", name, member) : null)) is not { } other)
                    continue;
                method.Tally.Note(member.Line, $"Rule 'enum' of '{member.Name}' dropped: the documentation gives '{other}' as well.");
                (member.Samples, member.Enum) = ([.. member.Enum, other], []);
            }
        }
    }

    private string? Other(string scope, string name, Member member) =>
        _given.TryGetValue((scope, name), out var values) ? values.Where(v => !member.Enum.Contains(v, StringComparer.OrdinalIgnoreCase)).Min(StringComparer.Ordinal) : null;

    private static string Module(MethodGroup group) => group.File.Split('.')[0];

    private static bool IsWithin(IReadOnlyList<string> some, IReadOnlyList<string> all) => some.All(all.Contains);

    // "UTM_MEDIUM" and "utmMedium" are one name.
    private static string Norm(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    // What the literals of the examples hold, by name and value: the members that it stands in.
    private static ILookup<(string Name, string Value), string> Placed(MethodDoc method)
    {
        var found = new List<(string Name, string Value, string Parent)>();
        foreach (var request in method.Requests.Concat(method.CodeRequests).Where(static r => r.Parameters is not null))
            Visit(request.Parameters!, "");
        return found.Distinct().ToLookup(static f => (f.Name, f.Value), static f => f.Parent);

        void Visit(JsonNode node, string parent)
        {
            foreach (var property in (node as JsonObject)?.Properties ?? [])
            {
                if (property.Value is JsonString text)
                    found.Add((Norm(property.Name), text.Value, parent));
                else
                    Visit(property.Value, property.Name.All(char.IsAsciiDigit) ? parent : Parent(property.Name, parent));
            }

            foreach (var item in (node as JsonArray)?.Items ?? [])
                Visit(item, parent);
        }
    }

    // The member that a field stands in, where that is not just the record.
    private static string Parent(string name, string around) =>
        Norm(name) is var norm && norm is "fields" or "result" or "item" or "items" or "data" or "params" ? around : norm + ".";

    private void Give(string file, string module, JsonNode node, string parent = "")
    {
        switch (node)
        {
            case JsonObject obj:
                foreach (var property in obj.Properties)
                {
                    if (property.Value is JsonString { Value.Length: > 0 } text)
                        Add(file, module, parent + Norm(property.Name), text.Value);
                    else if (Norm(property.Name) is not ("filter" or "order" or "select"))
                        Give(file, module, property.Value, property.Name.All(char.IsAsciiDigit) ? parent : Parent(property.Name, parent));
                }

                break;
            case JsonArray list:
                foreach (var item in list.Items)
                    Give(file, module, item, parent);
                break;
        }
    }

    private void Add(string file, string module, string name, string value)
    {
        Add(file, name, value);
        Add(module + ".", name, value);
    }

    private void Add(string scope, string name, string value)
    {
        if (!_given.TryGetValue((scope, name), out var values))
            _given.Add((scope, name), values = new(StringComparer.Ordinal));
        values.Add(value);
    }

    private static IEnumerable<(MethodDoc Method, string Parent, Member Member)> Members(MethodGroup group)
    {
        var seen = new HashSet<ObjectShape>(ReferenceEqualityComparer.Instance);
        if (group.Entity is { } entity)
        {
            foreach (var (parent, member) in Visit(entity, seen, ""))
                yield return (group.Methods[0], parent, member);
        }

        foreach (var method in group.Methods)
        {
            foreach (var (parent, member) in Visit(method.Params, seen, "").Concat(Visit(method.Result, seen, "")))
                yield return (method, parent, member);
        }
    }

    private static IEnumerable<(string Parent, Member Member)> Visit(Shape? shape, HashSet<ObjectShape> seen, string parent) => shape switch
    {
        ListShape list => Visit(list.Item, seen, parent),
        MapShape map => Visit(map.Value, seen, parent),
        UnionShape union => union.Alternatives.SelectMany(a => Visit(a, seen, parent)),
        ObjectShape obj when seen.Add(obj) => obj.Members.SelectMany(m => Visit(m.Shape, seen, Parent(m.Name, parent)).Prepend((parent, m))),
        _ => [],
    };
}

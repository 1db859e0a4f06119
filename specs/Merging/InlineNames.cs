using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>
/// Gives inline types their C# names. One that stands in a parameter or a result is called after its place. One that is deeper is called
/// after what its methods work on and its own member, with as many of the members around it as tell it apart: the phones of a contact of
/// a shipment of what <c>sale.delivery.handler</c> sends are <c>DeliveryHandlerContactPhone</c>.
/// </summary>
internal sealed class InlineNames
{
    private static readonly string[] Verbs = ["Get", "List", "Add", "Update", "Delete", "Set"];

    private readonly SpecFile _file;
    private readonly ProfileSpec _profile;
    private readonly Dictionary<string, TypeSpec> _inline = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<Place> _deep = [];

    private InlineNames(SpecFile file, ProfileSpec profile)
    {
        _file = file;
        _profile = profile;
        foreach (var type in file.Types)
        {
            if (type.Inline)
                _inline[type.Name] = type;
            else
                Keep(CSharpNames.Of(type, profile));
        }

        foreach (var method in file.Methods)
            _taken.Add(CSharpNames.Stem(method, profile) + "Request");
    }

    /// <summary>The file with the names.</summary>
    /// <param name="file">The file, with all references resolved.</param>
    /// <param name="profile">Its API's.</param>
    public static SpecFile Apply(SpecFile file, ProfileSpec profile)
    {
        var names = new InlineNames(file, profile);
        if (names._inline.Count == 0)
            return file;
        names.Visit();
        names.Shorten();
        var types = new TypeSpec[file.Types.Count];
        for (var i = 0; i < types.Length; i++)
        {
            var type = file.Types[i];
            types[i] = names._names.TryGetValue(type.Name, out var name) && name != type.Name ? type with { CSharpName = name } : type;
        }

        return file with { Types = new(types) };
    }

    private void Visit()
    {
        foreach (var type in _file.Types)
        {
            if (!type.Inline)
                Visit(type.Fields, type.Name, new(CSharpNames.Of(type, _profile), CSharpNames.Of(type, _profile), []));
        }

        foreach (var method in _file.Methods)
        {
            var plain = CSharpNames.Stem(method, null);
            var place = new Place(CSharpNames.Stem(method, _profile), Subject(method), []);
            Visit(method.Params, plain, place);
            if (method.Result is { } result)
                Visit(result.Type, plain + "Result", place.At("Result"));
        }

        var subject = string.Concat(CSharpNames.Groups(_file.Name + ".callback", _profile));
        IncomingTypes.Map(_file, (type, _) => type, (type, plain, hinted, isCallback) => Visit(type, plain, new(hinted, isCallback && subject.Length > 0 ? subject : hinted, [])), _profile);
    }

    // What the methods of a group work on: all of the name but the verb. A group may be named after a method, whose types begin with its name:
    // calendar.event.get, calendar.event.get.nearest.
    private string Subject(MethodSpec method)
    {
        var stem = CSharpNames.Stem(method, _profile);
        var verb = CSharpNames.Of(method, _profile);
        if (stem.Length == verb.Length || !stem.EndsWith(verb, StringComparison.Ordinal))
            return stem;
        var groups = CSharpNames.Groups(method.Name, _profile);
        return groups.Count > 0 && Array.IndexOf(Verbs, groups[groups.Count - 1]) >= 0 ? stem : stem.Substring(0, stem.Length - verb.Length);
    }

    private void Visit(EquatableArray<FieldSpec> fields, string plain, Place place)
    {
        foreach (var field in fields)
            Visit(field.Type, CSharpNames.Inline(plain, CSharpNames.Pascal(field.Name)), place.At(CSharpNames.Of(field, _profile)));
    }

    /// <param name="type">The type of a field or result.</param>
    /// <param name="plain">What an inline object there is called, save for a number behind it.</param>
    /// <param name="place">Where it stands.</param>
    private void Visit(TypeRef type, string plain, Place place)
    {
        var named = type.Kind == TypeKind.Array ? type.Element! : type;
        if (named.Kind != TypeKind.Named || named.File != _file.Name
            || !_inline.TryGetValue(named.Name!, out var inline) || _names.ContainsKey(inline.Name))
        {
            return;
        }

        var number = inline.Name.StartsWith(plain, StringComparison.Ordinal) ? inline.Name.Substring(plain.Length) : "";
        var name = place.Name + number;
        _names.Add(inline.Name, name);
        if (number.Length > 0)
            place = new(name, place.Subject, []);
        if (place.Members.Length > 1 && inline.CSharpName is null)
            _deep.Add(place with { Type = inline.Name, IsItem = type.Kind == TypeKind.Array });
        else
            Keep(name);
        Visit(inline.Fields, inline.Name, place);
    }

    // One more of the members around them, then the method too, until each has a name of its own.
    private void Shorten()
    {
        var open = _deep;
        for (var attempt = 0; open.Count > 0; attempt++)
        {
            var rest = new List<Place>();
            foreach (var alike in open.GroupBy(p => p.Short(attempt), StringComparer.Ordinal))
            {
                var places = alike.ToList();
                if (places.Count == 1 && (IsFree(alike.Key) || alike.Key == places[0].Name))
                {
                    _names[places[0].Type!] = alike.Key;
                    Keep(alike.Key);
                    continue;
                }

                foreach (var place in places)
                {
                    if (alike.Key != place.Name)
                        rest.Add(place);
                    else
                        Keep(alike.Key);
                }
            }

            open = rest;
        }
    }

    private void Keep(string name)
    {
        foreach (var suffix in CSharpNames.Suffixes(name))
            _taken.Add(name + suffix);
    }

    private bool IsFree(string name) => CSharpNames.Suffixes(name).All(suffix => !_taken.Contains(name + suffix));

    /// <summary>Where an inline object stands.</summary>
    /// <param name="Root">The name of the type or method that holds it, at some depth.</param>
    /// <param name="Subject">What its own name begins with if it is deep.</param>
    /// <param name="Members">The members that lead to it.</param>
    private sealed record Place(string Root, string Subject, string[] Members)
    {
        public string? Type { get; init; }

        /// <summary>It is one of a list.</summary>
        public bool IsItem { get; init; }

        public string Name => Members.Aggregate(Root, CSharpNames.Inline);

        public Place At(string member) => this with { Members = [.. Members, member] };

        /// <summary>The name with some of the last members: more with each attempt, first after the subject, then after the root; in the end the name after its place.</summary>
        public string Short(int attempt)
        {
            var most = Members.Length - 1;
            if (attempt >= most * 2)
                return Name;
            var last = Members[most];
            return Members.Skip(most - (attempt % most)).Take(attempt % most).Append(IsItem ? Plural.Singular(last) : last).Aggregate(attempt < most ? Subject : Root, CSharpNames.Inline);
        }
    }
}

using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Output;

/// <summary>Makes one type of the objects of a file that say the same: what one method answers, another takes.</summary>
/// <param name="take">Takes a type's name in a file, if it is free there.</param>
internal sealed partial class SharedTypes(Func<string, string, bool> take)
{
    private const int FewestFields = 2;

    // A pair of name and value, or of id and title, may be two unlike things.
    private const int FewestFieldsOfUnlike = 3;

    private const int ShortTail = 2;

    // Last words of names that fit any object.
    private static readonly string[] AnyObject = ["Data", "Value", "Item", "Items", "Fields", "Result"];

    // Last words of two that are alike whatever they hold.
    private static readonly string[][] Ends = [["From", "To"], ["Start", "End"], ["Begin", "End"], ["Before", "After"], ["Min", "Max"], ["First", "Last"], ["Old", "New"], ["Parent", "Child"]];

    /// <summary>The files, with fewer types.</summary>
    public SpecFile[] Unify(SpecFile[] files)
    {
        // What holds two objects that have become one may then itself be one with another.
        while (Repeats(files) is { Count: > 0 } repeats)
            files = [.. files.Select(file => Replaced(file, repeats))];
        return files;
    }

    /// <summary>The types that another of their file stands for, by file and name.</summary>
    private Dictionary<(string File, string Name), string> Repeats(SpecFile[] files)
    {
        var repeats = new Dictionary<(string, string), string>();
        foreach (var file in files)
        {
            var holders = Holders(file);
            foreach (var alike in file.Types.Where(static t => t.Scalar is null && t.Fields.Count >= FewestFields).GroupBy(Essence).Where(static g => g.Count() > 1))
            {
                var types = alike.ToArray();
                if (NameOf(types, file.Name) is { } name)
                    Add(types, name);
                else
                    foreach (var beside in types.Where(static t => t.Inline).GroupBy(t => holders.GetValueOrDefault(t.Name, "")).Where(static g => g.Key.Length > 0 && g.Count() > 1))
                        Add([.. beside], NameBeside([.. beside], file.Name));
            }

            void Add(TypeSpec[] types, string? name)
            {
                foreach (var type in types.Where(_ => name is not null))
                    repeats.Add((file.Name, type.Name), name!);
            }
        }

        return repeats;
    }

    private static object Essence(TypeSpec type) =>
        (type.Open, type.Undescribed, type.Fields.Select(static f => f with { Description = null }).ToEquatableArray());

    /// <summary>The name of a type that stands for several; null: they have nothing in common but their fields.</summary>
    private string? NameOf(TypeSpec[] types, string file)
    {
        var named = types.Where(static t => !t.Inline).ToArray();
        if (named is [var only])
            return only.Name;
        var words = Array.ConvertAll(types, static t => WordPattern().Matches(t.Name).Select(static m => m.Value).Where(static w => !VersionPattern().IsMatch(w)).ToArray());
        var first = words.MinBy(static w => w.Length)!;
        var head = Enumerable.Range(0, first.Length).TakeWhile(i => words.All(w => w[i] == first[i])).Count();
        var tail = Enumerable.Range(1, first.Length - head).TakeWhile(i => words.All(w => Plural.Singular(w[^i]) == Plural.Singular(first[^i]))).Count();
        if (head == 0 || (named.Length > 0 ? first[^tail..].All(AnyObject.Contains) : tail == 0 && types[0].Fields.Count < FewestFieldsOfUnlike))
            return null;
        string[] common = [.. first[..head], .. first[^tail..]];
        // That an object is answered says nothing, before the name of its place.
        string[] telling = [.. common.Where((word, i) => word != "Result" || i == common.Length - 1)];
        string[] record = telling is [.., "Get" or "List", "Result"] ? telling[..^2] : telling;
        // Deep in two requests: the last words say what it is.
        string[][] names = [record, telling, common];
        if (named.Length == 0 && tail > ShortTail)
            names = [[.. first[..head], .. first[^ShortTail..]], [.. first[..head], .. first[^(ShortTail + 1)..]], .. names];
        return names.Select(static parts => string.Concat(parts)).FirstOrDefault(name => Array.Exists(types, t => t.Name == name) || take(file, name));
    }

    // What stands beside each other in one object and says the same is one kind of thing: "from" and "to".
    private string? NameBeside(TypeSpec[] types, string file)
    {
        var words = Array.ConvertAll(types, static t => WordPattern().Matches(t.Name).Select(static m => m.Value).ToArray());
        if (!Array.Exists(Ends, ends => words.All(w => ends.Contains(w[^1]))))
            return null;
        var head = string.Concat(words[0].TakeWhile((word, i) => words.All(w => i < w.Length - 1 && w[i] == word)));
        return new[] { head, head + "Value" }.FirstOrDefault(name => take(file, name));
    }

    /// <summary>By the names of inline types: what has them as a member.</summary>
    private static Dictionary<string, string> Holders(SpecFile file)
    {
        var holders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in file.Types)
            Add(type.Fields, type.Name);
        foreach (var method in file.Methods)
            Add(method.Params, method.Name);
        return holders;

        void Add(EquatableArray<FieldSpec> fields, string holder)
        {
            foreach (var type in fields.Select(static f => f.Type.Kind == TypeKind.Array ? f.Type.Element! : f.Type).Where(static t => t.Kind == TypeKind.Named))
                holders.TryAdd(type.Name!, holder);
        }
    }

    private static SpecFile Replaced(SpecFile file, Dictionary<(string File, string Name), string> repeats)
    {
        var types = new List<TypeSpec>();
        var shared = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var type in file.Types)
        {
            var changed = type with { Fields = Replaced(type.Fields, repeats) };
            if (repeats.GetValueOrDefault((file.Name, type.Name)) is not { } name)
                types.Add(changed);
            else if (shared.TryAdd(name, types.Count))
                types.Add(changed with { Name = name, Inline = false });
            else if (types[shared[name]] is { Docs: null } first)
                types[shared[name]] = first with { Docs = type.Docs };
        }

        return file with
        {
            Types = types.ToEquatableArray(),
            Methods = file.Methods.Select(m => m with
            {
                Params = Replaced(m.Params, repeats),
                Result = m.Result is { } result ? result with { Type = Replaced(result.Type, repeats) } : null,
                Of = m.Of is { } of ? Replaced(of, repeats) : null,
            }).ToEquatableArray(),
            Callbacks = file.Callbacks.Select(c => c with
            {
                Request = c.Request is { } request ? Replaced(request, repeats) : null,
                Result = c.Result is { } result ? result with { Type = Replaced(result.Type, repeats) } : null,
            }).ToEquatableArray(),
        };
    }

    private static EquatableArray<FieldSpec> Replaced(EquatableArray<FieldSpec> fields, Dictionary<(string File, string Name), string> repeats) =>
        fields.Select(f => f with { Type = Replaced(f.Type, repeats) }).ToEquatableArray();

    private static TypeRef Replaced(TypeRef type, Dictionary<(string File, string Name), string> repeats) => type with
    {
        Name = type is { Kind: TypeKind.Named, File: { } file } && repeats.TryGetValue((file, type.Name!), out var name) ? name : type.Name,
        Element = type.Element is { } element ? Replaced(element, repeats) : null,
        Alternatives = type.Alternatives.Select(a => Replaced(a, repeats)).ToEquatableArray(),
    };

    [GeneratedRegex("[A-Z][a-z]*([0-9]+[a-z]*)*", RegexOptions.NonBacktracking)]
    private static partial Regex WordPattern();

    [GeneratedRegex("^V[0-9]+$", RegexOptions.NonBacktracking)]
    private static partial Regex VersionPattern();
}

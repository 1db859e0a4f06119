using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Output;

/// <summary>Writes shapes as the records of spec files: what is used in several places gets a name, the rest stands inline.</summary>
public sealed class SpecEmitter(string api, string docsRoot, bool descriptions)
{
    private const int DeepestInline = 4;

    private readonly NameRegistry _names = new();
    private readonly Dictionary<ObjectShape, int> _uses = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ObjectShape, TypeRef> _named = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, List<TypeSpec>> _types = new(StringComparer.Ordinal);

    /// <summary>Makes the files.</summary>
    /// <param name="groups">Methods by file name, with the entity they work on.</param>
    public IReadOnlyList<SpecFile> Emit(IReadOnlyList<MethodGroup> groups)
    {
        foreach (var group in groups)
        {
            _types[group.File] = [];
            foreach (var method in group.Methods)
            {
                _names.KeepMethod(Area(group.File), Head(group.File, method));
                foreach (var parameter in method.Params.Members)
                    CountUses(parameter.Shape);
                if (method.Result is not null)
                    CountUses(method.Result);
            }
        }

        foreach (var group in groups)
        {
            if (group.Entity is { } entity)
                _named.Add(entity, new TypeRef(TypeKind.Named, _names.Take(Area(group.File), EntityName(group.File)), group.File));
        }

        var files = new List<SpecFile>();
        foreach (var group in groups)
            files.Add(EmitFile(group));
        // Types first used by a later file may have been added to an earlier one's list.
        return new SharedTypes((file, name) => _names.TryTake(Area(file), name)).Unify([.. files.Select(f => f with { Types = _types[f.Name].ToEquatableArray() })]);
    }

    private void CountUses(Shape shape)
    {
        switch (shape)
        {
            case ListShape list:
                CountUses(list.Item);
                break;
            case MapShape map:
                CountUses(map.Value);
                break;
            case UnionShape union:
                foreach (var alternative in union.Alternatives)
                    CountUses(alternative);
                break;
            case ObjectShape obj:
                var uses = _uses.GetValueOrDefault(obj) + 1;
                _uses[obj] = uses;
                if (uses == 1)
                {
                    foreach (var member in obj.Members)
                        CountUses(member.Shape);
                }

                break;
        }
    }

    private static string Area(string file) => CSharpNames.Area(file, null);

    // A version of the module, and a word that the one before it says already, name nothing.
    private static string EntityName(string file)
    {
        var words = file.Split('.').Skip(file.Contains('.', StringComparison.Ordinal) ? 1 : 0).ToList();
        for (var i = words.Count - 1; i >= 0 && words.Count > 1; i--)
        {
            if ((words[i].Length > 1 && words[i][0] == 'v' && words[i].AsSpan(1).ContainsAnyExceptInRange('0', '9') == false)
                || (i > 0 && words[i].Equals(words[i - 1], StringComparison.OrdinalIgnoreCase)))
            {
                words.RemoveAt(i);
            }
        }

        return CSharpNames.Pascal(string.Join('.', words));
    }

    private MethodSpec Head(string file, MethodDoc doc) => new() { Name = doc.Name, Api = api, File = file };

    private SpecFile EmitFile(MethodGroup group)
    {
        if (group.Entity is { } entity)
            Define(entity, _named[entity], 0);
        // What most pages of a file say goes for the file; a method whose page says something else says so itself.
        var scope = group.Methods.Select(static m => m.Facts.Scope).OfType<string>().GroupBy(static s => s, StringComparer.Ordinal)
            .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
        var methods = group.Methods.Select(m => EmitMethod(group, m, scope)).ToArray();
        return new SpecFile { Name = group.File, Api = api, Scope = scope, Messages = CommonTexts(methods), Methods = methods.ToEquatableArray() };
    }

    // A text that several methods give a code stands once, for the file, unless another method says something else of the code.
    private static EquatableArray<ErrorSpec> CommonTexts(MethodSpec[] methods) =>
        methods.SelectMany(static m => m.Errors.GroupBy(static e => e.Code, StringComparer.Ordinal))
            .GroupBy(static texts => texts.Key, StringComparer.Ordinal)
            .Where(static uses => uses.Count() > 1 && uses.First().Any(static e => e.Message is not null) && uses.All(texts => texts.SequenceEqual(uses.First())))
            .SelectMany(static uses => uses.First())
            .ToEquatableArray();

    private MethodSpec EmitMethod(MethodGroup group, MethodDoc doc, string? scope)
    {
        var head = Head(group.File, doc);
        var stem = CSharpNames.Stem(head, null);
        var result = EmitResult(group.File, doc, stem);
        var empty = doc is { NoResult: true, Result.IsOpaque: true };
        var works = doc.Operation is Operation.Add or Operation.Get or Operation.List or Operation.Update or Operation.Delete or Operation.Fields;
        return head with
        {
            Scope = doc.Facts.Scope ?? scope,
            Operation = doc.Operation,
            Params = EmitMembers(group.File, doc.Params, stem, 0, parameters: true),
            OpenParams = doc.Params.Open,
            Result = empty ? null : result,
            NoResult = empty,
            Errors = doc.Errors.ToEquatableArray(),
            AllowWebhook = !doc.Facts.ApplicationOnly,
            AllowApplication = !doc.Facts.WebhookOnly,
            Paging = doc.Paging,
            Idempotency = IdempotencyOf(doc),
            Deprecated = doc.Facts.Deprecated,
            Superseded = doc.Facts.Superseded,
            Access = doc.Facts.Access,
            Replacement = doc.Replacement,
            Of = works && group.Entity is { } entity ? _named[entity] : null,
            Key = KeyOf(doc),
            Docs = docsRoot + Path.ChangeExtension(doc.Page.Path, ".html"),
            Description = descriptions ? FirstSentence(doc) : null,
        };
    }

    private static Idempotency IdempotencyOf(MethodDoc doc) => doc.Operation switch
    {
        _ when doc.Changes => Idempotency.Unsafe,
        _ when Operations.IsRead(doc.Operation) => Idempotency.Read,
        Operation.Update or Operation.Delete => Idempotency.Safe,
        _ => Operations.Reads(doc.Verb) ? Idempotency.Read : Idempotency.Unsafe,
    };

    private static string? KeyOf(MethodDoc doc) =>
        doc.Operation is Operation.Get or Operation.Update or Operation.Delete && doc.Params.Find("id") is null
            ? doc.Params.Members.Find(static m => m.Shape is ScalarShape or UnionShape && ExampleShape.IsIdName(m.Name))?.Name
            : null;

    private static string? FirstSentence(MethodDoc doc) =>
        doc.Page.Root.Blocks.OfType<Markdown.Paragraph>().Select(static p => Pages.Inline.PlainText(p.Text)).FirstOrDefault(static t => t.Length > 0);

    private ResultSpec? EmitResult(string file, MethodDoc doc, string stem)
    {
        if (doc.Result is null)
            return null;
        // A number that is all that a method answers is an identifier as a rule, and any number fits.
        return new ResultSpec(TypeOf(file, NumberNames.Identifiers(doc.Result), stem + "Result", 0), doc.ResultAt, doc.ResultNullable);
    }

    private EquatableArray<FieldSpec> EmitMembers(string file, ObjectShape shape, string owner, int depth, bool parameters = false)
    {
        var fields = new List<FieldSpec>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in shape.Members)
        {
            if (member.Name.Length == 0)
                continue;
            var name = CSharpNames.Pascal(member.Name);
            string? csharp = null;
            for (var number = 2; !names.Add(csharp ?? name); number++)
                csharp = name.TrimStart('_') + "Value" + (number > 2 ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "");
            if (csharp is not null && !char.IsAsciiLetterUpper(csharp[0]))
                csharp = "N" + csharp;
            fields.Add(EmitMember(file, member, shape, owner + name, depth, parameters) with { CSharpName = csharp });
        }

        return fields.ToEquatableArray();
    }

    private FieldSpec EmitMember(string file, Member member, ObjectShape siblings, string path, int depth, bool parameters)
    {
        var type = TypeOf(file, member.Shape, path, depth);
        var innermost = Innermost(type);
        var query = member.As is View.Filter or View.Select or View.Order;
        var listed = type.Kind is TypeKind.Array ? type.Element! : type;
        var text = listed.Kind == TypeKind.String;
        var number = listed.Kind is TypeKind.Int or TypeKind.Long or TypeKind.Decimal;
        return new FieldSpec
        {
            Name = member.Name,
            Type = type,
            As = innermost.Kind == TypeKind.Named ? member.As : null,
            Logic = member.Logic && member.As is View.Filter && innermost.Kind == TypeKind.Named,
            Guessed = member.Guessed && !query,
            Weak = FieldFacts.WeakRules(member, query),
            Hints = member.Enum.Count == 0 && !query ? FieldFacts.Hints(member, listed) : default,
            Format = type.Kind == TypeKind.File || type.Element is { Kind: TypeKind.File } ? member.Format : null,
            Required = member.Required && !member.ReadOnly,
            ReadOnly = member.ReadOnly && !parameters,
            Immutable = member.Immutable && !parameters && !member.ReadOnly,
            Answered = member.Answered && !parameters,
            Nullable = member.Nullable && !member.Required && !query,
            Deprecated = member.Deprecated,
            Filterable = member.Filterable ?? true,
            Sortable = member.Sortable ?? true,
            Enum = listed.Kind is TypeKind.String or TypeKind.Int or TypeKind.Long ? member.Enum.ToEquatableArray() : default,
            Pattern = text ? member.Pattern : null,
            MinLength = text ? member.MinLength : null,
            MaxLength = text ? member.MaxLength : null,
            Min = number ? member.Min : null,
            Max = number ? member.Max : null,
            Default = member.Required ? null : FieldFacts.Default(member.Default, type.Kind),
            Unique = member.Unique,
            OneOf = member.OneOf.Where(n => siblings.Find(n) is not null && n != member.Name).ToEquatableArray(),
            RequiredIf = member.RequiredIf is { } condition && siblings.Find(condition.Field) is not null ? condition : null,
            Server = FieldFacts.Server(member, type, parameters),
            Description = descriptions ? member.Description : null,
        };
    }

    private static TypeRef Innermost(TypeRef type) => type.Kind is TypeKind.Array or TypeKind.Map ? Innermost(type.Element!) : type;

    // An inline object can stand directly or as a list's item, not deeper.
    private TypeRef TypeOf(string file, Shape shape, string path, int depth, bool named = false)
    {
        switch (shape)
        {
            case ScalarShape scalar:
                return new TypeRef(scalar.Kind);
            case ListShape list:
                return new TypeRef(TypeKind.Array, Element: TypeOf(file, list.Item, path, depth, named || list.Item is not ObjectShape));
            case MapShape map:
                return new TypeRef(TypeKind.Map, Element: TypeOf(file, map.Value, path, depth, named: true));
            case UnionShape union:
                var alternatives = union.Alternatives.Select(a => TypeOf(file, a, path, depth, named: true)).Distinct().ToArray();
                return alternatives.Length == 1 ? alternatives[0]
                    : Array.Exists(alternatives, static a => a.Kind == TypeKind.Json) ? TypeRef.Json
                    : new TypeRef(TypeKind.Union, Alternatives: alternatives.ToEquatableArray());
            default:
                return TypeOf(file, (ObjectShape)shape, path, depth, named);
        }
    }

    private TypeRef TypeOf(string file, ObjectShape obj, string path, int depth, bool named)
    {
        if (_named.TryGetValue(obj, out var known))
            return known;
        if (obj.Members.Count == 0)
            return new TypeRef(TypeKind.Map, Element: TypeRef.Json);
        var area = Area(file);
        if (!named && _uses.GetValueOrDefault(obj) < 2 && depth < DeepestInline && _names.TryTake(area, path))
        {
            var type = new TypeSpec { Name = path, File = file, Inline = true, Open = obj.Open, Undescribed = obj.Undescribed, Fields = EmitMembers(file, obj, path, depth + 1) };
            _types[file].Add(type);
            return new TypeRef(TypeKind.Named, path, file);
        }

        var name = obj.Name is { Length: > 0 } words && words.Length < 40 ? EntityName(file) + CSharpNames.Pascal(words) : path;
        var reference = new TypeRef(TypeKind.Named, _names.Take(area, name, path), file);
        _named.Add(obj, reference);
        Define(obj, reference, depth);
        return reference;
    }

    private void Define(ObjectShape obj, TypeRef reference, int depth) =>
        _types[reference.File!].Add(new TypeSpec
        {
            Name = reference.Name!,
            File = reference.File!,
            Open = obj.Open,
            Undescribed = obj.Undescribed,
            Docs = obj.Docs is null ? null : docsRoot + Path.ChangeExtension(obj.Docs, ".html"),
            Fields = EmitMembers(reference.File!, obj, reference.Name!, depth > 0 ? 1 : 0),
        });
}

/// <summary>The methods of one spec file.</summary>
public sealed record MethodGroup(string File, IReadOnlyList<MethodDoc> Methods, ObjectShape? Entity);

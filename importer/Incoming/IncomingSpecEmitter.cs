using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Incoming;

/// <summary>Puts what was read of events and placements into spec files.</summary>
/// <param name="file">Base name of the file.</param>
/// <param name="docsRoot">Where the documentation is published.</param>
internal sealed class IncomingSpecEmitter(string file, string docsRoot)
{
    private const int DeepestInline = 12;

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<TypeSpec> _types = [];
    private bool _events;

    public static SpecFile Events(string area, IEnumerable<EventDoc> events, string docsRoot)
    {
        var name = area + ".events";
        var emitter = new IncomingSpecEmitter(name, docsRoot) { _events = true };
        var specs = events.OrderBy(static e => e.Code, StringComparer.Ordinal).Select(emitter.Emit).ToEquatableArray();
        return emitter.File(specs.Select(static s => s.Scope)) with { Events = Common(specs, static (s, scope) => s.Scope == scope ? s with { Scope = null } : s) };
    }

    public static SpecFile Placements(string area, IEnumerable<PlacementDoc> pages, string docsRoot)
    {
        var emitter = new IncomingSpecEmitter(area + ".placements", docsRoot);
        var specs = pages.SelectMany(static p => p.Codes.Select(c => (Code: c, Page: p)))
            .GroupBy(static p => p.Code, StringComparer.Ordinal).Select(static g => g.First())
            .OrderBy(static p => p.Code, StringComparer.Ordinal)
            .Select(p => emitter.Emit(p.Code, p.Page)).ToEquatableArray();
        return emitter.File(specs.Select(static s => s.Scope)) with { Placements = Common(specs, static (s, scope) => s.Scope == scope ? s with { Scope = null } : s) };
    }

    /// <summary>A file of methods with the callbacks whose addresses they register.</summary>
    public static SpecFile AddCallbacks(SpecFile file, IEnumerable<CallbackDoc> callbacks, string docsRoot)
    {
        var emitter = new IncomingSpecEmitter(file.Name, docsRoot);
        foreach (var type in file.Types)
            emitter._names.Add(type.Name);
        var specs = callbacks.Select(emitter.Emit).ToEquatableArray();
        return file with { Callbacks = specs, Types = file.Types.Concat(emitter._types).ToEquatableArray() };
    }

    private static EquatableArray<T> Common<T>(EquatableArray<T> specs, Func<T, string?, T> without)
        where T : class, IEquatable<T>
    {
        var scope = Usual(specs.Select(static s => s switch { EventSpec e => e.Scope, PlacementSpec p => p.Scope, _ => null }));
        return scope is null ? specs : specs.Select(s => without(s, scope)).ToEquatableArray();
    }

    private static string? Usual(IEnumerable<string?> scopes)
    {
        var all = scopes.ToList();
        return all.Contains(null)
            ? null
            : all.GroupBy(static s => s, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal)
                .FirstOrDefault()?.Key;
    }

    private SpecFile File(IEnumerable<string?> scopes) => new() { Name = file, Api = SpecSet.DefaultApi, Scope = Usual(scopes), Types = _types.ToEquatableArray() };

    private EventSpec Emit(EventDoc doc)
    {
        var spec = new EventSpec
        {
            Code = doc.Code,
            File = file,
            Name = doc.Name,
            Scope = doc.Facts.Scope,
            Deprecated = doc.Facts.Retired,
            Docs = Link(doc.Page.Path),
        };
        var data = CSharpNames.Of(spec) + "Data";
        spec = spec with { Data = Payload(doc.Data, data) };
        // An event that has one object has it always.
        if (spec.Data is { Kind: TypeKind.Named } && _types[^1] is { Name: var name, Fields: [{ Type.Kind: TypeKind.Named } only] } type && name == data)
            _types[^1] = type with { Fields = new([only with { Required = true }]) };
        return spec;
    }

    private PlacementSpec Emit(string code, PlacementDoc doc)
    {
        var spec = new PlacementSpec { Code = code, File = file, Scope = doc.Scope, Deprecated = doc.Facts.Retired, Docs = Link(doc.Page.Path) };
        var name = CSharpNames.Of(spec, null);
        return spec with { Options = Payload(doc.Options, name + "Options"), BindOptions = Payload(doc.BindOptions, name + "BindOptions") };
    }

    private CallbackSpec Emit(CallbackDoc doc)
    {
        var spec = new CallbackSpec
        {
            Name = doc.Name,
            File = file,
            Method = doc.Method.Name,
            Field = doc.Field,
            Body = doc.IsJson ? CallbackBody.Json : CallbackBody.Form,
            Signed = doc.IsSigned,
            Docs = Link(doc.Page.Path),
        };
        var name = CSharpNames.Of(spec, null);
        return spec with
        {
            Request = Payload(doc.Request, name + "Request"),
            Result = doc.Result is { } result ? new(TypeOf(result, name + "Result", 0, direct: true, sent: true), null, false) : null,
        };
    }

    private string Link(string path) => docsRoot + Path.ChangeExtension(path, ".html");

    private TypeRef? Payload(Shape? shape, string name) => shape is null ? null : TypeOf(shape, name, 0, direct: true);

    // Everything travels as text, so that a whole number has no size of its own.
    private TypeRef TypeOf(Shape shape, string name, int depth, bool direct, bool sent = false)
    {
        switch (shape)
        {
            case ScalarShape { Kind: TypeKind.Int }:
                return new(TypeKind.Long);
            case ScalarShape { Kind: TypeKind.Double }:
                return new(TypeKind.Decimal);
            case ScalarShape scalar:
                return new(scalar.Kind);
            case ListShape list:
                return new(TypeKind.Array, Element: TypeOf(list.Item, name, depth, direct && list.Item is ObjectShape, sent));
            case MapShape map:
                return new(TypeKind.Map, Element: TypeOf(map.Value, name, depth, direct: false, sent));
            case ObjectShape { Members.Count: > 0 } obj when direct && depth < DeepestInline && _names.Add(name):
                var type = new TypeSpec { Name = name, File = file, Inline = true, Open = obj.Open || obj.Undescribed, Fields = Members(obj, name, depth, sent) };
                _types.Add(type);
                return new(TypeKind.Named, name, file);
            case ObjectShape:
                return new(TypeKind.Map, Element: TypeRef.Json);
            default:
                return TypeRef.Json;
        }
    }

    // The rules of what an application answers are the portal's; what a portal sends has none. A star says of
    // a value that it is always there; a side of a change that has a star may still be missing (ONTASKADD has none before).
    private EquatableArray<FieldSpec> Members(ObjectShape obj, string owner, int depth, bool sent)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var fields = new List<FieldSpec>();
        foreach (var member in obj.Members)
        {
            var name = CSharpNames.Pascal(member.Name);
            if (member.Name.Length == 0 || !taken.Add(name))
                continue;
            var type = TypeOf(member.Shape, owner + name, depth + 1, direct: true, sent);
            var listed = sent && type.Kind == TypeKind.String && !member.Weak.Contains(Member.EnumRule);
            fields.Add(new()
            {
                Name = member.Name,
                Type = type,
                Required = (member.Required && (sent || IsScalar(type))) || (_events && IsId(member.Name, type)),
                Enum = listed ? member.Enum.ToEquatableArray() : default
            });
        }

        return fields.ToEquatableArray();
    }

    private static bool IsScalar(TypeRef type) => type.Kind is not (TypeKind.Named or TypeKind.Array or TypeKind.Map or TypeKind.Json);

    // An event is about records, and names each by its id.
    private static bool IsId(string name, TypeRef type) =>
        type.Kind is TypeKind.Long or TypeKind.String && name.Equals("ID", StringComparison.OrdinalIgnoreCase);
}

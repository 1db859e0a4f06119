using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Makes one type of what the add, update, get, list and fields pages of an entity say, with flags, and lets the methods share it.</summary>
public sealed partial class EntityBuilder
{
    private const int FewestMembers = 2;

    // Answers of other methods are taken for the entity only when they show much of it.
    private const int FewestOfAction = 6;

    private readonly IReadOnlyList<MethodDoc> _methods;
    private readonly ObjectShape? _flags;
    private readonly List<(MethodDoc Method, ObjectShape Shape)> _reads = [];
    private (MethodDoc Method, Member Parameter, ObjectShape Shape)? _create;
    private (MethodDoc Method, Member Parameter, ObjectShape Shape)? _update;

    private EntityBuilder(IReadOnlyList<MethodDoc> methods, ObjectShape? flags)
    {
        _methods = methods;
        _flags = flags;
    }

    /// <summary>The type; null when the methods do not work on one.</summary>
    /// <param name="methods">The methods of one file.</param>
    /// <param name="flags">What the API itself says of the entity's fields.</param>
    public static ObjectShape? Build(IReadOnlyList<MethodDoc> methods, ObjectShape? flags) => new EntityBuilder(methods, flags).Build();

    private ObjectShape? Build()
    {
        foreach (var method in _methods)
            FindRead(method);
        _create = FindWritten(Operation.Add);
        _update = FindWritten(Operation.Update);
        DropStrangers();
        if (_reads.Count + (_create is null ? 0 : 1) + (_update is null ? 0 : 1) + (_flags is null ? 0 : 1) + Undescribed.Count() < 2 && _create is null)
            return null;
        var entity = Merge();
        if (entity.Members.Count < FewestMembers)
            return null;
        Share(entity);
        return entity;
    }

    /// <summary>Methods that answer "an array of objects", or of which the page shows no answer: which, the entity's other pages tell.</summary>
    private IEnumerable<MethodDoc> Undescribed => _methods.Where(static m =>
        m.Result is null ? m.Responses.Count == 0 && (m.Operation is Operation.List or Operation.Get) && m.Verb.Equals(m.Operation.ToString(), StringComparison.OrdinalIgnoreCase)
        : m is { Result: { IsOpaque: true } result } && (m.Operation is Operation.List or Operation.Search ? result is ListShape : m.Operation == Operation.Get && result is ObjectShape));

    private void FindRead(MethodDoc method)
    {
        if (method.Operation == Operation.Fields || method.Result is null)
            return;
        KeyedRows.Open(method);
        var usual = method.Operation is Operation.Get or Operation.List or Operation.Add or Operation.Update or Operation.Search;
        var value = method.Result;
        if (Unwrap(value, method.Operation) is { } inner
            && (inner.Shape is ListShape || value is ObjectShape { Members.Count: > 1 } || RecordNames.Fit(method.Name, inner.Name))
            && (usual || inner.Shape is ObjectShape { Members.Count: >= FewestOfAction }))
        {
            method.ResultAt = inner.Name;
            method.Result = value = inner.Shape;
        }

        // Some that get answer a list of one or more.
        var list = method.Operation is Operation.List or Operation.Search || (method.Operation == Operation.Get && value is ListShape);
        if ((list ? (value as ListShape)?.Item ?? (value as MapShape)?.Value : value) is ObjectShape { Members.Count: >= FewestMembers } shape
            && (usual || shape.Members.Count >= FewestOfAction))
            _reads.Add((method, shape));
    }

    // {"item": {…}} and {"items": […], "hasMore": …}: the value stands one level down.
    private static Member? Unwrap(Shape shape, Operation operation)
    {
        if (shape is not ObjectShape wrapper)
            return null;
        // Some examples show the envelope's time within the result.
        var members = wrapper.Members.Where(static m => m.Name is not ("time" or "total" or "next")).ToArray();
        var holders = members.Where(static m => m.Shape is ObjectShape or ListShape or MapShape).ToArray();
        if (holders.Length != 1)
            return null;
        var list = operation is Operation.List or Operation.Search;
        var holder = holders[0];
        if (list)
            return holder.Shape is ListShape { Item: ObjectShape } && members.Length <= 4 ? holder : null;
        return members.Length == 1 && holder.Shape is ObjectShape { Members.Count: >= FewestMembers } ? holder : null;
    }

    private (MethodDoc, Member, ObjectShape)? FindWritten(Operation operation)
    {
        foreach (var method in _methods.Where(m => m.Operation == operation))
        {
            var best = method.Params.Members
                .Where(static m =>
                    m.Shape is ObjectShape { Members.Count: > 0 } && !m.Name.Equals("params", StringComparison.OrdinalIgnoreCase)
                    && !m.Name.Equals("filter", StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(static m => m.Name.Equals("fields", StringComparison.OrdinalIgnoreCase)).ThenByDescending(static m => ((ObjectShape)m.Shape).Members.Count).FirstOrDefault();
            if (best is not null)
                return (method, best, (ObjectShape)best.Shape);
        }

        return null;
    }

    // A result or parameter that shares no field with the others is about something else.
    private void DropStrangers()
    {
        // What only examples show of one parameter among others is a part of a record where it shares nothing with those that are answered.
        if (_create is { Shape.FromExample: true } part && _reads.Count > 0 && _reads.All(r => Overlap(r.Shape, part.Shape) == 0))
            _create = null;
        var known = _reads.Where(static r => r.Method.Operation is Operation.Get or Operation.List).Select(static r => r.Shape).Concat(_flags is null ? [] : [_flags])
            .Concat(_create is { } c ? [c.Shape] : []).ToArray();
        var usual = _reads.Where(static r => !IsAction(r.Method)).Select(static r => r.Shape).ToArray();
        _reads.RemoveAll(r => IsAction(r.Method) && r.Shape.Members.Count(m => usual.Any(k => k.Find(m.Name) is not null)) * 10 < r.Shape.Members.Count * 7);
        _reads.RemoveAll(r => !IsAction(r.Method) && !known.Any(k => !ReferenceEquals(k, r.Shape) && Overlap(r.Shape, k) * 2 >= Math.Min(r.Shape.Members.Count, k.Members.Count)) && known.Length > 1);
        var readable = _reads.Select(static r => r.Shape).Concat(_flags is null ? [] : [_flags]).ToArray();
        if (_create is { } create && readable.Length > 0 && readable.All(r => Overlap(create.Shape, r) * 2 < Math.Min(create.Shape.Members.Count, r.Members.Count)))
            _create = null;
        var others = readable.Concat(_create is { } added ? [added.Shape] : []).ToArray();
        if (_update is { } update && (others.Length == 0 || others.All(r => Overlap(update.Shape, r) * 2 < Math.Min(update.Shape.Members.Count, r.Members.Count))))
            _update = null;
    }

    private static bool IsAction(MethodDoc method) => method.Operation is not (Operation.Get or Operation.List or Operation.Add or Operation.Update or Operation.Search);

    private static int Overlap(ObjectShape a, ObjectShape b) => a.Members.Count(m => b.Find(m.Name) is not null);

    private ObjectShape Merge()
    {
        var read = _reads.Count == 0 ? null : (ObjectShape)_reads.Select(static r => (Shape)r.Shape).Aggregate(static (a, b) => ShapeMerge.Join(a, b));
        var sources = new[] { _flags, read, _create?.Shape, _update?.Shape }.OfType<ObjectShape>().ToArray();
        var entity = new ObjectShape
        {
            Docs = (_create?.Method ?? _methods[0]).Page.Path,
            Open = sources.Any(static s => s.Open),
            Undescribed = sources.Any(static s => s.Undescribed),
            FromExample = sources.All(static s => s.FromExample),
        };
        var names = sources.OrderByDescending(s => ReferenceEquals(s, _flags) ? 1 : 0).SelectMany(static s => s.Members).Select(static m => m.Name).Distinct(StringComparer.Ordinal);
        foreach (var name in names)
        {
            // What only an example shows of one portal's own fields says that there may be such fields, not that they are called so;
            // numbers of three digits and more are a portal's own in any case.
            if (OwnPattern().IsMatch(name) && (char.IsAsciiDigit(name[^3]) || !sources.Any(s => s.Find(name) is { Declared: true })))
            {
                entity.Open = true;
                continue;
            }

            // Two spellings of one name: the first source, which is the API itself where it tells, is right.
            if (entity.FindLoose(name) is not { } known || sources.Any(s => s.Find(name) is not null && s.Find(known.Name) is not null))
                entity.Add(MergeMember(entity, name, read));
        }

        return entity;
    }

    // A description that was asked for other marks only says nothing of what may be written: some field, the key at least, is the server's.
    private bool FlagsTellWriting => _flags?.Members.Exists(static m => m.ReadOnly) == true;

    private Member MergeMember(ObjectShape entity, string name, ObjectShape? read)
    {
        var created = _create?.Shape.FindLoose(name);
        var updated = _update?.Shape.FindLoose(name);
        var answered = read?.Find(name);
        var flags = _flags?.Find(name);
        var order = new[] { created, updated, answered, flags }.OfType<Member>().OrderByDescending(static m => m.Declared).ToArray();
        var member = order[0].Name == name ? order[0].Clone() : order[0].Renamed(name);
        var clash = false;
        foreach (var other in order.Skip(1))
        {
            if (!member.Shape.IsOpaque && !other.Shape.IsOpaque && !ReferenceEquals(other, flags))
            {
                member.Shape = Combine(member.Shape, other.Shape);
                clash |= member.Shape is ScalarShape { Kind: TypeKind.Json };
            }

            member.Fill(other);
        }

        // The table says text, the API one character, and all that is ever shown is Y and N.
        if (flags is { IsCharacter: true } && member is { Shape: ScalarShape { Kind: TypeKind.String }, Enum.Count: 0 } && ShownFlags.Are(_methods, name))
            member.Shape = Shape.Scalar(TypeKind.YesNo);

        if (AgreedTypes.Of(member, order) is { } agreed)
        {
            member.Shape = agreed;
            if (flags is not { IsCharacter: true })
                member.AddWeak("type");
        }
        else if (flags is { IsCharacter: true } || member.Shape is not ScalarShape { Kind: TypeKind.YesNo })
        {
            member.Weak = [.. member.Weak.Where(w => w != "type" || !order.Any(static m => AgreedTypes.HasFlagDefault(m)))];
        }

        // Written in one form and answered in another, such as a file: content in, link out.
        if (clash)
            member.Shape = Shape.Json;
        var kept = ShapeNames.Of(member.Shape);
        var lost = order.SelectMany(static m => ShapeNames.Of(m.Shape)).Where(n => !kept.Contains(n)).Distinct(StringComparer.Ordinal).ToArray();
        if (lost.Length > 0)
            (_create?.Method ?? _update?.Method ?? _methods[0]).Tally.Note(order[0].Line, $"'{name}' has forms that do not go together; left out of it: {string.Join(", ", lost)}.");

        var written = created is not null || updated is not null;
        var prose = (created?.ReadOnly ?? false) || (updated?.ReadOnly ?? false) || (answered?.ReadOnly ?? false);
        member.ReadOnly = !written && (FlagsTellWriting && flags is not null ? flags.ReadOnly : prose || (_create is not null ? IsKept(name) : IsKey(name)));
        if (member.ReadOnly && !prose && flags is not { ReadOnly: true })
            (_create?.Method ?? _methods[0]).Tally.Flag("readOnly", "kept by servers");
        if (written && flags is { ReadOnly: true })
            (created is not null ? _create!.Value.Method : _update!.Value.Method).Tally.Note((created ?? updated)!.Line,
                $"'{name}' is read-only by the API's own description, yet listed among what is written.");
        if (member.ReadOnly && !prose)
            member.AddWeak("readOnly");
        member.ReadOnlyByColumn = order.Any(static m => m.ReadOnlyByColumn);
        member.Immutable = !member.ReadOnly && updated is null && (flags?.Immutable == true || created?.Immutable == true);
        if (updated is not null && flags is { Immutable: true })
            _update!.Value.Method.Tally.Note(updated.Line, $"'{name}' is immutable by the API's own description, yet listed among what is updated.");
        if (member.Immutable && created?.Immutable != true)
            member.AddWeak("immutable");
        // What one portal's answer calls required, an administrator may have made so.
        member.Required = !member.ReadOnly && created?.Required == true;
        if (member.Multiple && member.Shape is ScalarShape { Kind: not TypeKind.Json } or ObjectShape)
            member.Shape = new ListShape(member.Shape);
        member.Nullable = member.ReadOnly ? !IsKey(name) : order.Any(static m => m.Nullable);
        if (member.Required)
            member.Nullable = false;
        if (member.ReadOnly)
            (member.Default, member.OneOf, member.RequiredIf, member.Enum) = (null, [], null, member.Enum);
        return member;
    }

    /// <summary>The field that identifies a record.</summary>
    public static bool IsKey(string name) => name.Equals("id", StringComparison.OrdinalIgnoreCase);

    // A field that no table of the writing methods lists may still be written, tables are short; what every record has from the
    // server itself may not.
    internal static bool IsKept(string name) => IsKey(name) || KeptPattern().IsMatch(name);

    private static Shape Combine(Shape a, Shape b)
    {
        if (a is ScalarShape && b is ObjectShape { Docs: not null })
            return a;
        if (b is ScalarShape && a is ObjectShape { Docs: not null })
            return b;
        var joined = ShapeMerge.Join(a, b);
        // Where writing and reading differ in form (a file: content in, link out), only the writer's type is of use.
        return joined switch
        {
            _ when IsFile(a) => a,
            _ when IsFile(b) => b,
            _ => joined,
        };
    }

    private static bool IsFile(Shape shape) => shape is ScalarShape { Kind: TypeKind.File } or ListShape { Item: ScalarShape { Kind: TypeKind.File } };

    private void Share(ObjectShape entity)
    {
        if (_create is { } create)
            (create.Parameter.Shape, create.Parameter.As) = (entity, View.Create);
        if (_update is { } update)
            (update.Parameter.Shape, update.Parameter.As) = (entity, View.Update);
        foreach (var (method, shape) in _reads)
            method.Result = ReferenceEquals(method.Result, shape) ? entity : method.Result is MapShape ? new MapShape(entity) : new ListShape(entity);
        foreach (var method in Undescribed)
            method.Result = method.Result is ListShape || (method.Result is null && method.Operation == Operation.List) ? new ListShape(entity) : entity;
        var complete = _flags is not null || _reads.Any(static r => !r.Shape.FromExample);
        foreach (var method in _methods.Where(QueryViews.Asks))
        {
            var about = method.Operation is Operation.List or Operation.Search or Operation.Count or Operation.Aggregate or Operation.Get;
            new QueryViews(method, about ? entity : QueryViews.ItemOf(method), about && complete).Apply();
        }
    }

    [GeneratedRegex(
        @"^(date|time)_?(create|insert|update|modify|changed?)d?$|^(created?|updated?|modif(y|ied)|inserted|changed)_?(at|date|time|on)$|^(created|updated|modified"
        + @"|changed|modify)_?by(_?id)?$|^timestamp_?x$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex KeptPattern();

    [GeneratedRegex(@"^(UF_.*|uf[A-Z].*)[0-9][0-9A-F]{5,}$|^(parentId|PARENT_ID_|property|PROPERTY_)[0-9]+$", RegexOptions.NonBacktracking)]
    private static partial Regex OwnPattern();
}

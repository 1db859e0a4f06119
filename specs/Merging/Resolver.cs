namespace Bitrix24.Gen.Specs;

/// <summary>Resolves the names that files of one API use; what does not resolve is reported and becomes any JSON.</summary>
internal sealed partial class Resolver
{
    private const int MostAliases = 1_000;

    private const int MaxReports = 500;

    private readonly ApiIndex _index;
    private readonly List<SpecDiagnostic> _diagnostics;
    private MergedFile _file = null!;
    private int _reports;

    public Resolver(IReadOnlyList<SpecFile> files, List<SpecDiagnostic> diagnostics)
    {
        _index = new(files);
        _diagnostics = diagnostics;
    }

    /// <summary>Resolves a file, changing it.</summary>
    public void Resolve(MergedFile file)
    {
        _file = file;
        _reports = 0;
        var types = file.File.Types;
        var methods = file.File.Methods;
        var resolvedTypes = Map(types, Resolve);
        var resolvedMethods = Map(methods, Resolve);
        if (resolvedTypes is not null || resolvedMethods is not null)
        {
            file.File = file.File with
            {
                Types = resolvedTypes is null ? types : new(resolvedTypes),
                Methods = resolvedMethods is null ? methods : new(resolvedMethods),
            };
        }

        file.File = IncomingTypes.Map(file.File, (type, pointer) => Resolve(type, () => pointer));
        CheckIncoming(file.File);
    }

    private TypeSpec Resolve(TypeSpec type)
    {
        var pointer = new Lazy<string>(() => _file.PointerOf(type));
        if (type.Scalar is { } scalar)
        {
            var resolved = Resolve(scalar.Type, () => pointer.Value + "/type");
            if (ProblemOf(type, resolved) is { } problem)
            {
                Report(RuleIds.SpecRule, () => pointer.Value + "/type", () => problem);
                resolved = TypeRef.Json;
            }

            return ReferenceEquals(resolved, scalar.Type) ? type : type with { Scalar = scalar with { Type = resolved } };
        }

        var fields = Map(type.Fields, f => Resolve(f, () => JsonPointer.Append(pointer.Value + "/fields", f.Name)));
        return CheckBuilders(fields is null ? type : type with { Fields = new(fields) }, pointer);
    }

    private MethodSpec Resolve(MethodSpec method)
    {
        string Pointer(string key) => JsonPointer.Append("/methods", method.Name) + "/" + key;

        var parameters = Map(method.Params, p => Resolve(p, () => JsonPointer.Append(Pointer("params"), p.Name)));
        if (parameters is not null)
            method = method with { Params = new(parameters) };
        if (method.Result is { } result && Resolve(result.Type, () => Pointer("result/type")) is var type && !ReferenceEquals(type, result.Type))
            method = method with { Result = result with { Type = type } };
        if (method.Of is { } of && Resolve(of, () => Pointer("of")) is { Kind: not TypeKind.Named })
            method = method with { Of = null };
        // Kept also where there is none: the set may hold a part of the API's files only.
        if (method.Replacement is { } replacement)
            ExpectMethod(replacement, () => Pointer("replacement"));
        if (method.Items is { } items && method.Of is { } record && !HasField(record, items, () => Pointer("items")))
            method = method with { Items = null };
        var known = method.Params;
        if (method.Key is { } key && !method.OpenParams && !Has(method.Params, key))
        {
            Report(RuleIds.SpecReference, () => Pointer("key"), () => $"There is no parameter \"{BindContext.Quote(key)}\". {BindContext.Hint(key, Names(known), "Parameters")}");
            method = method with { Key = null };
        }

        return method;
    }

    private FieldSpec Resolve(FieldSpec field, Func<string> pointer)
    {
        var type = Resolve(field.Type, () => pointer() + "/type");
        if (!ReferenceEquals(type, field.Type))
            field = field with { Type = type };
        if (field.References is { } references && Resolve(references, () => pointer() + "/references") is { Kind: not TypeKind.Named })
            field = field with { References = null };
        if (field.Use is { } use)
            ExpectMethod(use, () => pointer() + "/use");
        if (field.As is { } view && !HasViews(type))
        {
            Report(RuleIds.SpecRule, () => pointer() + "/as", () => $"Only an object has the view \"{SpecKeys.Word(view)}\"; name its type in \"type\".");
            field = field with { As = null };
        }

        foreach (var member in field.UniqueBy)
        {
            if (type is { Kind: TypeKind.Array or TypeKind.Map, Element: { Kind: TypeKind.Named } item }
                && !HasField(item, member, () => pointer() + "/uniqueBy"))
            {
                return field with { UniqueBy = default };
            }
        }

        return field;
    }

    private TypeRef Resolve(TypeRef type, Func<string> pointer)
    {
        switch (type.Kind)
        {
            case TypeKind.Named when _index.FindType(type.File!, type.Name!) is null:
                Report(RuleIds.SpecReference, pointer, () => Unresolved(type));
                return TypeRef.Json;
            case TypeKind.Array or TypeKind.Map:
                var element = Resolve(type.Element!, pointer);
                return ReferenceEquals(element, type.Element) ? type : type with { Element = element };
            case TypeKind.Union:
                var alternatives = Map(type.Alternatives, a => Resolve(a, pointer));
                return alternatives is null ? type : type with { Alternatives = new(alternatives) };
            case TypeKind.Unstated:
                return TypeRef.Json;
            default:
                return type;
        }
    }

    private string Unresolved(TypeRef type)
    {
        var (name, file) = (type.Name!, type.File!);
        if (file == _file.File.Name)
        {
            var elsewhere = _index.FilesWithType(name);
            if (elsewhere.Count is > 0 and <= 3)
                return $"This file has no type \"{name}\". Did you mean \"{string.Join("\" or \"", elsewhere.ConvertAll(f => f + "/" + name))}\"?";
            if (TypeExpression.OtherWord(name) is { } word)
                return $"This file has no type \"{name}\". Did you mean \"{word}\"?";
            return $"This file has no type \"{name}\". {BindContext.Hint(name, [.. _index.TypeNames(file), .. TypeExpression.ScalarNames], "Types")}";
        }

        return _index.FindFile(file) is null
            ? $"The API has no spec file \"{BindContext.Quote(file)}\". {BindContext.Hint(file, _index.FileNames, "Files")}"
            : $"The file \"{file}\" has no type \"{name}\". {BindContext.Hint(name, _index.TypeNames(file), "Types")}";
    }

    private bool HasViews(TypeRef type) => type.Kind switch
    {
        TypeKind.Named => _index.FindType(type.File!, type.Name!) is { Scalar: null },
        TypeKind.Array or TypeKind.Map => HasViews(type.Element!),
        TypeKind.Union => true,
        TypeKind.Json => true,
        _ => false,
    };

    /// <summary>What is wrong with a scalar type that leads back to itself through other scalar types, or through too many; null: nothing.</summary>
    private string? ProblemOf(TypeSpec start, TypeRef type)
    {
        var seen = new HashSet<(string, string)>();
        if (!Leads(type))
            return null;
        return seen.Count > MostAliases
            ? $"The type leads through more than {MostAliases} other types; refer to the last of them."
            : "The type is made of itself; a type that nests needs fields.";

        bool Leads(TypeRef next)
        {
            // Each type of a long chain would go through the whole rest of it.
            if (seen.Count > MostAliases)
                return true;
            if (next.Kind == TypeKind.Named)
            {
                if (next.File == start.File && next.Name == start.Name)
                    return true;
                return seen.Add((next.File!, next.Name!))
                    && _index.FindType(next.File!, next.Name!)?.Scalar is { } scalar
                    && Leads(scalar.Type);
            }

            if (next.Element is not null && Leads(next.Element))
                return true;
            foreach (var alternative in next.Alternatives)
            {
                if (Leads(alternative))
                    return true;
            }

            return false;
        }
    }

    private void ExpectMethod(string name, Func<string> pointer)
    {
        if (_index.FindMethod(name) is not null)
            return;
        Report(RuleIds.SpecReference, pointer, () => $"There is no method \"{BindContext.Quote(name)}\". {BindContext.Hint(name, _index.MethodNames, "Methods")}");
    }

    private bool HasField(TypeRef type, string name, Func<string> pointer)
    {
        if (_index.FindType(type.File!, type.Name!) is not { Open: false, Scalar: null } found || Has(found.Fields, name))
            return true;
        Report(RuleIds.SpecReference, pointer, () => $"{type.Name} has no field \"{BindContext.Quote(name)}\". {BindContext.Hint(name, Names(found.Fields), "Fields")}");
        return false;
    }

    private void Report(string id, Func<string> pointer, Func<string> message)
    {
        if (_reports++ < MaxReports)
            _diagnostics.Add(_file.Report(id, pointer(), message()));
    }

    private static bool Has(EquatableArray<FieldSpec> fields, string name)
    {
        foreach (var field in fields)
        {
            if (string.Equals(field.Name, name, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static List<string> Names(EquatableArray<FieldSpec> fields)
    {
        var names = new List<string>(fields.Count);
        foreach (var field in fields)
            names.Add(field.Name);
        return names;
    }

    /// <summary>The changed items, or null where nothing changes.</summary>
    private static T[]? Map<T>(EquatableArray<T> items, Func<T, T> change)
        where T : class, IEquatable<T>
    {
        T[]? changed = null;
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            var next = change(item);
            if (ReferenceEquals(next, item))
                continue;
            if (changed is null)
            {
                changed = new T[items.Count];
                for (var j = 0; j < changed.Length; j++)
                    changed[j] = items[j];
            }

            changed[i] = next;
        }

        return changed;
    }
}

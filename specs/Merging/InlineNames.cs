namespace Bitrix24.Gen.Specs;

/// <summary>
/// Gives inline types the C# names that a profile's naming hints ask for: reading a file alone names them without.
/// </summary>
internal sealed class InlineNames
{
    private readonly SpecFile _file;
    private readonly ProfileSpec _profile;
    private readonly Dictionary<string, TypeSpec> _inline = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private InlineNames(SpecFile file, ProfileSpec profile)
    {
        _file = file;
        _profile = profile;
        foreach (var type in file.Types)
        {
            if (type.Inline)
                _inline[type.Name] = type;
        }
    }

    public static SpecFile Apply(SpecFile file, ProfileSpec profile)
    {
        var names = new InlineNames(file, profile);
        if (names._inline.Count == 0 || profile.Naming.Count == 0)
            return file;
        names.Visit();
        if (names._names.Count == 0)
            return file;
        var types = new TypeSpec[file.Types.Count];
        for (var i = 0; i < types.Length; i++)
        {
            var type = file.Types[i];
            types[i] = names._names.TryGetValue(type.Name, out var name) ? type with { CSharpName = name } : type;
        }

        return file with { Types = new(types) };
    }

    private void Visit()
    {
        foreach (var type in _file.Types)
        {
            if (!type.Inline)
                Visit(type.Fields, type.Name, CSharpNames.Of(type, _profile));
        }

        foreach (var method in _file.Methods)
        {
            var plain = CSharpNames.Stem(method, null);
            var hinted = CSharpNames.Stem(method, _profile);
            Visit(method.Params, plain, hinted);
            if (method.Result is { } result)
                Visit(result.Type, plain + "Result", hinted + "Result");
        }

        IncomingTypes.Map(_file, (type, _) => type, (type, plain, hinted) => Visit(type, plain, hinted), _profile);
    }

    private void Visit(EquatableArray<FieldSpec> fields, string plain, string hinted)
    {
        foreach (var field in fields)
            Visit(field.Type, CSharpNames.Inline(plain, CSharpNames.Pascal(field.Name)), CSharpNames.Inline(hinted, CSharpNames.Of(field, _profile)));
    }

    /// <param name="type">The type of a field or result.</param>
    /// <param name="plain">What an inline object there is called, save for a number behind it.</param>
    /// <param name="hinted">What its C# name should be.</param>
    private void Visit(TypeRef type, string plain, string hinted)
    {
        var named = type.Kind == TypeKind.Array ? type.Element! : type;
        if (named.Kind != TypeKind.Named || named.File != _file.Name
            || !_inline.TryGetValue(named.Name!, out var inline) || _names.ContainsKey(inline.Name))
        {
            return;
        }

        var number = inline.Name.StartsWith(plain, StringComparison.Ordinal) ? inline.Name.Substring(plain.Length) : "";
        _names.Add(inline.Name, hinted + number);
        Visit(inline.Fields, inline.Name, hinted + number);
    }
}

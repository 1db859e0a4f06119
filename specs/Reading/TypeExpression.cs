using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Reads type expressions: <c>int</c>, <c>Dataset[]</c>, <c>map&lt;string&gt;</c>, <c>int|string</c>, <c>biconnector.source/Source</c>.</summary>
public static class TypeExpression
{
    private const int MaxDepth = 16;
    private const int MaxAlternatives = 32;

    private static readonly Dictionary<string, TypeRef> Scalars = new(StringComparer.Ordinal)
    {
        ["string"] = TypeRef.String,
        ["int"] = new(TypeKind.Int),
        ["long"] = new(TypeKind.Long),
        ["double"] = new(TypeKind.Double),
        ["decimal"] = new(TypeKind.Decimal),
        ["bool"] = new(TypeKind.Bool),
        ["yn"] = new(TypeKind.YesNo),
        ["date"] = new(TypeKind.Date),
        ["datetime"] = new(TypeKind.DateTime),
        ["json"] = TypeRef.Json,
        ["file"] = new(TypeKind.File),
    };

    /// <summary>What other languages call the scalars.</summary>
    private static readonly Dictionary<string, string> OtherWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["integer"] = "int",
        ["boolean"] = "bool",
        ["number"] = "double",
        ["float"] = "double",
        ["text"] = "string",
        ["str"] = "string",
        ["object"] = "json",
        ["any"] = "json",
        ["array"] = "json[]",
        ["list"] = "json[]",
    };

    /// <summary>The words that name scalars.</summary>
    public static IReadOnlyCollection<string> ScalarNames => Scalars.Keys;

    /// <summary>Reads a type expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="file">Base name of the file it stands in, taken for types that name no file.</param>
    /// <param name="error">What is wrong and how to fix it; empty on success.</param>
    /// <returns>The type, or null where the text is none.</returns>
    public static TypeRef? Parse(string text, string? file, out string error)
    {
        var parser = new Parser(text, file);
        var type = parser.ReadAll();
        error = parser.Error ?? "";
        return type;
    }

    /// <summary>Writes a type expression as it stands in a file: types of that file without its name.</summary>
    public static string Write(TypeRef type, string file) => type.Kind switch
    {
        TypeKind.Named => type.File is null || type.File == file ? type.Name! : $"{type.File}/{type.Name}",
        TypeKind.Array when type.Element!.Kind == TypeKind.Union => $"({Write(type.Element, file)})[]",
        TypeKind.Array => Write(type.Element!, file) + "[]",
        TypeKind.Map => $"map<{(type.NumberKeys ? "int," : "")}{Write(type.Element!, file)}>",
        TypeKind.Union => string.Join("|", type.Alternatives.Select(a => Write(a, file))),
        _ => type.ToString(),
    };

    /// <summary>The scalar that another language's word means, or null.</summary>
    internal static string? OtherWord(string name) => OtherWords.TryGetValue(name, out var word) ? word : null;

    private sealed class Parser(string text, string? file)
    {
        private int _position;
        private int _depth;

        public string? Error { get; private set; }

        public TypeRef? ReadAll()
        {
            var type = ReadUnion();
            if (type is null)
                return null;
            return _position == text.Length ? type : Fail($"'{Rest()}' is left over");
        }

        private TypeRef? ReadUnion()
        {
            if (++_depth > MaxDepth)
                return Fail("it nests too deep");
            var first = ReadSuffixed();
            if (first is null)
                return null;
            if (!Take('|'))
            {
                _depth--;
                return first;
            }

            var alternatives = new List<TypeRef>();
            AddAlternative(alternatives, first);
            do
            {
                var next = ReadSuffixed();
                if (next is null)
                    return null;
                AddAlternative(alternatives, next);
                if (alternatives.Count > MaxAlternatives)
                    return Fail("it has too many alternatives");
            }
            while (Take('|'));
            _depth--;
            return alternatives.Count == 1
                ? alternatives[0]
                : new(TypeKind.Union, Alternatives: new([.. alternatives]));
        }

        private static void AddAlternative(List<TypeRef> alternatives, TypeRef type)
        {
            if (type.Kind == TypeKind.Union)
            {
                foreach (var alternative in type.Alternatives)
                    AddAlternative(alternatives, alternative);
            }
            else if (!alternatives.Contains(type))
            {
                alternatives.Add(type);
            }
        }

        private TypeRef? ReadSuffixed()
        {
            SkipSpace();
            var type = ReadPrimary();
            SkipSpace();
            for (var suffixes = 0; type is not null && _position < text.Length && text[_position] == '['; suffixes++)
            {
                _position++;
                if (!Take(']'))
                    return Fail("a ] is expected after [");
                if (suffixes == MaxDepth)
                    return Fail("it nests too deep");
                type = new(TypeKind.Array, Element: type);
                SkipSpace();
            }

            return type;
        }

        private TypeRef? ReadPrimary()
        {
            if (Take('('))
            {
                var inner = ReadUnion();
                if (inner is null)
                    return null;
                return Take(')') ? inner : Fail("a ) is missing");
            }

            var start = _position;
            while (_position < text.Length && (IsNameChar(text[_position]) || text[_position] is '.' or '-'))
                _position++;
            var name = text.Substring(start, _position - start);
            if (Take('/'))
            {
                var typeStart = _position;
                while (_position < text.Length && IsNameChar(text[_position]))
                    _position++;
                var typeName = text.Substring(typeStart, _position - typeStart);
                return name.Length > 0 && IsName(typeName)
                    ? new(TypeKind.Named, typeName, name)
                    : Fail("a type of another file is written file/Type");
            }

            if (name == "map" && Take('<'))
            {
                var element = ReadUnion();
                if (element is null)
                    return null;
                var hasNumbers = Take(',');
                if (hasNumbers)
                {
                    if (element.Kind != TypeKind.Int)
                        return Fail("the keys of a map are texts, map<T>, or whole numbers, map<int,T>");
                    element = ReadUnion();
                    if (element is null)
                        return null;
                }

                return Take('>') ? new(TypeKind.Map, Element: element, NumberKeys: hasNumbers) : Fail("a > is missing");
            }

            if (Scalars.TryGetValue(name, out var scalar))
                return scalar;
            if (name.Length == 0)
                return Fail(_position < text.Length ? $"a type cannot begin with '{text[_position]}'" : "a type is missing");
            return IsName(name)
                ? new(TypeKind.Named, name, file)
                : Fail($"'{name}' is no type name: letters, digits and _ only, and a type of another file is written file/Type");
        }

        private bool Take(char c)
        {
            SkipSpace();
            if (_position >= text.Length || text[_position] != c)
                return false;
            _position++;
            return true;
        }

        private void SkipSpace()
        {
            while (_position < text.Length && text[_position] == ' ')
                _position++;
        }

        private TypeRef? Fail(string error)
        {
            Error ??= error;
            return null;
        }

        private string Rest() => text.Length - _position <= 30 ? text.Substring(_position) : text.Substring(_position, 30) + "…";
    }

    /// <summary>Whether a text can name a type: a letter or _, then letters, digits and _.</summary>
    internal static bool IsName(string name)
    {
        if (name.Length == 0 || name[0] is >= '0' and <= '9')
            return false;
        foreach (var c in name)
        {
            if (!IsNameChar(c))
                return false;
        }

        return true;
    }

    private static bool IsNameChar(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';
}

using System.Linq;
using System.Text;

namespace Bitrix24.Gen.Specs;

/// <summary>The C# names of what specs say: one derivation for the generator and for whoever reads generated code.</summary>
/// <remarks>A name holds an underscore only in front of a digit: between numbers (<c>Value3_9</c>), or where the name was taken already (<c>Name_2</c>).</remarks>
public static partial class CSharpNames
{
    /// <summary>Parameters that a member takes one by one; more are not readable at a call, and it takes the request as a whole.</summary>
    public const int MaxParameters = 8;

    private const string Nameless = "Value";

    // The compiler takes 1,023 bytes, with what is put around a name.
    private const int MaxLength = 200;

    private static readonly char[] Qualifiers = ['.', ':'];

    /// <summary>
    /// The name of a type's view: <c>Deal</c>, <c>DealCreate</c>; <c>TaskRecord</c>, <c>TaskCreate</c>, as <c>Task</c> means something else to everybody;
    /// <c>PaymentListFilter</c>, if the type is called so because it is what a list filters by.
    /// </summary>
    /// <param name="type">The type's name, also with a namespace in front.</param>
    /// <param name="view">The view.</param>
    public static string Of(string type, View view)
    {
        var name = type.Substring(type.LastIndexOfAny(Qualifiers) + 1);
        return view == View.Read ? type + UsualNames.Suffix(name) : IsNamedFor(name, view) ? type : type + view;
    }

    /// <summary>Whether a type's name ends with what asks in lists: the name of its view is its own, and nothing else may have it.</summary>
    public static bool IsNamedFor(string type, View view) =>
        view is View.Filter or View.Select or View.Order && type.Length > view.ToString().Length && type.EndsWith(view.ToString(), StringComparison.Ordinal);

    /// <summary>Ends of the names of a type's views.</summary>
    public static IReadOnlyList<string> Suffixes(string type) => Suffixes(type, static _ => true);

    /// <summary>Ends of the names of the views in which a type is sent.</summary>
    public static IReadOnlyList<string> SentSuffixes(string type) => Suffixes(type, static view => view != View.Read);

    private static IReadOnlyList<string> Suffixes(string type, Func<View, bool> has) =>
        [.. System.Enum.GetValues(typeof(View)).Cast<View>().Where(has).Select(view => Of(type, view).Substring(type.Length))];

    /// <summary>A valid identifier in Pascal case: <c>SOURCE_NOT_FOUND</c> is <c>SourceNotFound</c>, <c>dateCreate</c> <c>DateCreate</c>.</summary>
    public static string Pascal(string text, ProfileSpec? profile = null)
    {
        var name = new StringBuilder(text.Length);
        for (var start = 0; start < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[start]))
            {
                start++;
                continue;
            }

            var end = start + 1;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
                end++;
            if (name.Length > 0 && char.IsDigit(name[name.Length - 1]) && char.IsDigit(text[start]))
                name.Append('_');
            AppendChunk(name, text.Substring(start, end - start), profile);
            start = end;
        }

        if (name.Length == 0 || char.IsDigit(name[0]))
            name.Insert(0, Nameless);
        return Bounded(name.ToString());
    }

    /// <summary>The name of an object that is written inline: what holds it, and the member that it is.</summary>
    public static string Inline(string owner, string member) => Bounded(owner + member);

    private static string Bounded(string name) => name.Length > MaxLength ? name.Substring(0, MaxLength) : name;

    /// <summary>The name of a field or parameter, before collisions within its type are resolved.</summary>
    public static string Of(FieldSpec field, ProfileSpec? profile) => Explicit(field.CSharpName) ?? Pascal(ClassName(field.Name), profile);

    // Of a PHP class, such as Bitrix_Main_Numerator_Generator_SequentNumberGenerator, the name without its namespace.
    private static string ClassName(string name)
    {
        var words = name.Split('_');
        return words.Length > 2 && words.All(static w => w.Length > 1 && w[0] is >= 'A' and <= 'Z' && w.Any(char.IsLower)) ? words[words.Length - 1] : name;
    }

    /// <summary>The name of a type, of which <see cref="Of(string, View)"/> makes those of its views.</summary>
    public static string Of(TypeSpec type, ProfileSpec? profile) => Explicit(type.CSharpName) ?? Pascal(type.Name, profile);

    /// <summary>A method's own name on its group client, without <c>Async</c>.</summary>
    public static string Of(MethodSpec method, ProfileSpec? profile) =>
        Explicit(method.CSharpName) ?? Pascal(method.Name.Substring(method.Name.LastIndexOf('.') + 1), profile);

    /// <summary>First segment of a file name: its area, which is a namespace and a property of the client.</summary>
    public static string Area(string fileName, ProfileSpec? profile) => Pascal(Segments(fileName)[0], profile);

    /// <summary>The groups between the area and the method: <c>Dataset</c>, <c>Fields</c> for <c>biconnector.dataset.fields.update</c>.</summary>
    public static EquatableArray<string> Groups(string methodName, ProfileSpec? profile)
    {
        var segments = Segments(methodName);
        return segments.Skip(1).Take(segments.Length - 2).Select(s => Pascal(s, profile)).ToEquatableArray();
    }

    /// <summary>What the names of a method's request and result begin with: <c>DatasetAdd</c>; with the area where the file is the area (<c>UserGet</c>).</summary>
    public static string Stem(MethodSpec method, ProfileSpec? profile)
    {
        var segments = Segments(method.Name);
        var skip = segments.Length > 2 ? 1 : 0;
        var groups = string.Join(".", segments, skip, segments.Length - skip - 1);
        return Bounded((groups.Length == 0 ? "" : Pascal(groups, profile)) + Of(method, profile));
    }

    /// <summary>Property names of a type's fields, in their order; the same in every view.</summary>
    public static EquatableArray<string> Members(TypeSpec type, ProfileSpec? profile)
    {
        var name = Of(type, profile);
        var scope = new NameScope();
        foreach (View view in System.Enum.GetValues(typeof(View)))
            scope.Reserve(Of(name, view));
        return Members(type.Fields, scope, profile);
    }

    /// <summary>Property names of a method's parameters on its request, in their order.</summary>
    public static EquatableArray<string> Members(MethodSpec method, ProfileSpec? profile)
    {
        var scope = new NameScope();
        scope.Reserve(Stem(method, profile) + "Request");
        return Members(method.Params, scope, profile);
    }

    /// <summary>A parameter named after a property, escaped where it is a keyword.</summary>
    public static string Parameter(string member)
    {
        var name = member[0] is >= 'A' and <= 'Z' ? (char)(member[0] | 0x20) + member.Substring(1) : member;
        return Escape(name);
    }

    /// <summary>An identifier as source code spells it: with <c>@</c> where it is a keyword.</summary>
    public static string Escape(string identifier) => Keywords.Contains(identifier) ? "@" + identifier : identifier;

    /// <summary>Names of constants for values, in the order of the values; taken names get a number.</summary>
    /// <param name="values">The values.</param>
    /// <param name="enclosingType">What holds the constants.</param>
    /// <param name="profile">The API's profile.</param>
    /// <param name="meaning">What a value means, if that is known: the name of a value that is no word.</param>
    /// <param name="label">What people call a value, if the spec says so; it comes first.</param>
    public static EquatableArray<string> Constants(
        IEnumerable<string> values, string enclosingType, ProfileSpec? profile, Func<string, string?>? meaning = null, Func<string, string?>? label = null)
    {
        var scope = new NameScope();
        scope.Reserve(enclosingType);
        foreach (var member in RecordMembers)
            scope.Reserve(member);
        var given = values.ToArray();
        var names = given
            .OrderBy(static v => v, StringComparer.Ordinal)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(static v => v, v => scope.Take(label?.Invoke(v) is { } words ? Pascal(words, profile) : Constant(v, profile, meaning)), StringComparer.Ordinal);
        return given.Select(v => names[v]).ToEquatableArray();
    }

    /// <summary>Names of the constants of a generated enumeration, in the order of the values that the field lists.</summary>
    /// <param name="listed">The field or named scalar.</param>
    /// <param name="owner">The type that has the field, or what the names of the method's classes begin with; of a named scalar its own name.</param>
    /// <param name="enumeration">The C# name of the enumeration.</param>
    /// <param name="profile">The API's profile.</param>
    public static EquatableArray<string> Constants(FieldSpec listed, string owner, string enumeration, ProfileSpec? profile) =>
        Constants(listed.Enum, enumeration, profile, v => Glossary.OfValue(owner, listed.Name, v), v => LabelOf(listed, v));

    /// <summary>What people call a value, if the spec says so.</summary>
    public static string? LabelOf(FieldSpec listed, string value) => listed.Labels.FirstOrDefault(l => l.Value == value)?.Label;

    // What the compiler adds to the record struct that holds the constants.
    private static readonly string[] RecordMembers = ["Value", "Deconstruct", "PrintMembers"];

    private static string Constant(string value, ProfileSpec? profile, Func<string, string?>? meaning) => value switch
    {
        "" => "Empty",
        _ when (value.Length == 1 || char.IsDigit(value[0])) && meaning?.Invoke(value) is { } words => Pascal(words, profile),
        _ when value.Length > 1 && value[0] == '-' && char.IsDigit(value[1]) => "Minus" + Pascal(value, profile).Substring(Nameless.Length),
        _ => Pascal(value, profile),
    };

    private static EquatableArray<string> Members(EquatableArray<FieldSpec> fields, NameScope scope, ProfileSpec? profile) =>
        fields.Select(f => scope.Take(Of(f, profile))).ToEquatableArray();

    private static string? Explicit(string? name) =>
        name is { Length: > 0 } && name[0] is >= 'A' and <= 'Z' && name.All(static c => c is >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9')
            ? name
            : null;

    private static string[] Segments(string name)
    {
        var segments = name.Split(['.'], StringSplitOptions.RemoveEmptyEntries);
        return segments.Length == 0 ? [name] : segments;
    }

    // Letters and digits without anything between: a word, or words that begin with capitals.
    private static void AppendChunk(StringBuilder name, string chunk, ProfileSpec? profile)
    {
        if (Hint(chunk, profile) is { } hint)
        {
            name.Append(hint);
            return;
        }

        var shout = !chunk.Any(char.IsLower);
        for (var start = 0; start < chunk.Length;)
        {
            var end = start + 1;
            while (end < chunk.Length && (shout || !(char.IsUpper(chunk[end]) && char.IsLower(chunk[end - 1]))))
                end++;
            AppendWord(name, chunk.Substring(start, end - start), shout);
            start = end;
        }
    }

    private static void AppendWord(StringBuilder name, string word, bool shout)
    {
        if (CompoundWords.Find(word) is { } compound)
        {
            name.Append(compound);
            return;
        }

        name.Append(char.ToUpperInvariant(word[0]));
        for (var i = 1; i < word.Length; i++)
            name.Append(shout ? char.ToLowerInvariant(word[i]) : word[i]);
    }

    private static string? Hint(string word, ProfileSpec? profile)
    {
        if (profile is null)
            return null;
        foreach (var hint in profile.Naming)
        {
            if (string.Equals(hint.Word, word, StringComparison.OrdinalIgnoreCase))
                return Explicit(hint.CSharpName);
        }

        return null;
    }

    private static readonly HashSet<string> Keywords = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double "
        + "else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal "
        + "is lock long namespace new null object operator out override params private protected public readonly ref return "
        + "sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked "
        + "unsafe ushort using virtual void volatile while await").Split(' '),
        StringComparer.Ordinal);
}

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs;
#else
namespace Bitrix24;
#endif

/// <summary>A name that an expression of a widget's markup begins with.</summary>
/// <param name="Name">The name.</param>
/// <param name="Offset">Where it stands in the markup.</param>
internal readonly record struct MarkupName(string Name, int Offset);

/// <summary>Finds the expressions of a widget's markup: the names that they take from its data and those that it makes itself, and what they call.</summary>
internal sealed class MarkupNames(List<WidgetProblem> problems)
{
    // What Vue lets an expression name without its being data, and the words of the language.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "true", "false", "null", "undefined", "NaN", "Infinity", "typeof", "instanceof", "in", "of", "new", "void", "delete", "this", "return",
        "Math", "Date", "JSON", "Number", "String", "Boolean", "Array", "Object", "Map", "Set", "RegExp", "Intl", "BigInt", "Symbol", "Error", "console",
        "fetch", "openApplication", "openPath", "parseInt", "parseFloat", "isNaN", "isFinite", "encodeURI", "encodeURIComponent", "decodeURI", "decodeURIComponent",
    };

    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly List<MarkupName> _used = [];

    /// <summary>The names that are used and not made by the markup itself, each where it first stands.</summary>
    public IEnumerable<MarkupName> Used
    {
        get
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in _used)
            {
                if (!_own.Contains(name.Name) && seen.Add(name.Name))
                    yield return name;
            }
        }
    }

    /// <summary>Reads the text between tags: expressions stand between double braces.</summary>
    public void AddText(string content, int start, int end)
    {
        for (var at = start; at < end;)
        {
            var open = content.IndexOf("{{", at, end - at, StringComparison.Ordinal);
            if (open < 0)
                return;
            var close = content.IndexOf("}}", open + 2, end - open - 2, StringComparison.Ordinal);
            if (close < 0)
            {
                problems.Add(new(open, 2, "\"{{\" has no \"}}\" after it."));
                return;
            }

            AddChecked(content.Substring(open + 2, close - open - 2), open + 2);
            at = close + 2;
        }
    }

    /// <summary>Reads an attribute whose value is an expression.</summary>
    public void AddAttribute(string name, string value, int offset)
    {
        if (name == "v-for")
            AddLoop(value, offset);
        else if (name == "v-model")
            _own.Add(value.Trim());
        else if (name[0] == '@' || name.StartsWith("v-on:", StringComparison.Ordinal))
            AddExpression(value, offset);
        else if (name[0] is ':' or '.' || name.StartsWith("v-", StringComparison.Ordinal))
            AddChecked(value, offset);
    }

    private void AddChecked(string code, int offset)
    {
        MarkupHandler.CheckExpression(code, offset, problems);
        AddExpression(code, offset);
    }

    /// <summary><c>(item, index) in items</c>.</summary>
    private void AddLoop(string value, int offset)
    {
        var at = value.IndexOf(" in ", StringComparison.Ordinal);
        if (at < 0)
            at = value.IndexOf(" of ", StringComparison.Ordinal);
        if (at < 0)
        {
            if (value.Trim().Length > 0)
                problems.Add(new(offset, value.Length, "A loop is written \"item in items\"."));
            return;
        }

        foreach (var name in value.Substring(0, at).Split(['(', ')', ',', ' ', '{', '}', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
            _own.Add(name);
        AddChecked(value.Substring(at + 4), offset + at + 4);
    }

    private void AddExpression(string code, int offset)
    {
        // A function has names of its own.
        if (code.IndexOf("=>", StringComparison.Ordinal) >= 0 || code.IndexOf("function", StringComparison.Ordinal) >= 0)
            return;
        var before = '\0';
        for (var i = 0; i < code.Length; i++)
        {
            var c = code[i];
            if (c is '\'' or '"' or '`')
            {
                i = SkipText(code, i, offset);
                before = c;
            }
            else if (IsStart(c))
            {
                var end = i + 1;
                while (end < code.Length && (IsStart(code[end]) || char.IsDigit(code[end])))
                    end++;
                if (before != '.' && !IsKey(code, end, before))
                    Add(code.Substring(i, end - i), offset + i, After(code, end) == '(');
                before = 'a';
                i = end - 1;
            }
            else if (char.IsDigit(c))
            {
                while (i + 1 < code.Length && (char.IsLetterOrDigit(code[i + 1]) || code[i + 1] == '.'))
                    i++;
                before = '0';
            }
            else if (!char.IsWhiteSpace(c))
            {
                before = c;
            }
        }
    }

    private void Add(string name, int offset, bool isCalled)
    {
        if (!isCalled && name[0] != '$' && !Known.Contains(name))
            _used.Add(new(name, offset));
    }

    /// <summary>The name of a member in an object: <c>{ active: isOn }</c>.</summary>
    private static bool IsKey(string code, int end, char before) => before is '{' or ',' && After(code, end) == ':';

    private static char After(string code, int at)
    {
        while (at < code.Length && char.IsWhiteSpace(code[at]))
            at++;
        return at < code.Length ? code[at] : '\0';
    }

    /// <summary>The end of a text; what a template takes from data is looked into.</summary>
    private int SkipText(string code, int start, int offset)
    {
        var quote = code[start];
        for (var i = start + 1; i < code.Length; i++)
        {
            if (code[i] == '\\')
            {
                i++;
            }
            else if (code[i] == quote)
            {
                return i;
            }
            else if (quote == '`' && code[i] == '$' && i + 1 < code.Length && code[i + 1] == '{')
            {
                var close = code.IndexOf('}', i);
                if (close < 0)
                    return code.Length;
                AddExpression(code.Substring(i + 2, close - i - 2), offset + i + 2);
                i = close;
            }
        }

        return code.Length;
    }

    private static bool IsStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or '$';
}

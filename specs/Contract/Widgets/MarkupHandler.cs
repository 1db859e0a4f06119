#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs;
#else
namespace Bitrix24;
#endif

/// <summary>Checks the code in a widget's markup: the handler of a click runs three functions and no script, other expressions run none of them.</summary>
internal sealed class MarkupHandler(string code, int offset, List<WidgetProblem> problems, bool isHandler)
{
    private const string Supported = "fetch, openApplication, openPath";
    private const string Messages = "$Bitrix.Loc.getMessage";

    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal) { "fetch", "openApplication", "openPath" };

    // Values may be computed on the way to a function: Math.max(1, page - 1), name.trim(). The page is out of reach.
    private static readonly HashSet<string> Computes = new(StringComparer.Ordinal)
    {
        "Array", "BigInt", "Boolean", "Date", "Error", "Intl", "JSON", "Map", "Math", "Number", "Object", "RegExp", "Set", "String", "Symbol",
        "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "isFinite", "isNaN", "parseFloat", "parseInt",
    };

    // A bracket may follow them, which calls nothing.
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal) { "delete", "function", "in", "instanceof", "new", "of", "return", "typeof", "void" };

    private static readonly HashSet<string> Page = new(StringComparer.Ordinal)
    {
        "BX", "console", "document", "frames", "globalThis", "history", "localStorage", "location", "navigator", "parent", "self", "sessionStorage", "top", "window",
    };

    private int _depth;
    private int _within;
    private int _calls;
    private int _found;

    /// <summary>Checks a handler.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="offset">Where the code begins in the markup.</param>
    /// <param name="name">The attribute that has it.</param>
    /// <param name="nameOffset">Where that begins.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static void Check(string code, int offset, string name, int nameOffset, List<WidgetProblem> problems)
    {
        var handler = new MarkupHandler(code, offset, problems, isHandler: true);
        handler.Scan(0, code.Length);
        if (handler is { _calls: 0, _found: 0 })
            problems.Add(new(nameOffset, name.Length, $"The handler calls none of {Supported}."));
    }

    /// <summary>Checks an expression that is shown or bound.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="offset">Where the code begins in the markup.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static void CheckExpression(string code, int offset, List<WidgetProblem> problems) =>
        new MarkupHandler(code, offset, problems, isHandler: false).Scan(0, code.Length);

    private void Scan(int start, int end)
    {
        var before = '\0';
        for (var i = start; i < end; i++)
        {
            var c = code[i];
            if (char.IsWhiteSpace(c))
                continue;
            if (c is '\'' or '"' or '`')
            {
                i = SkipText(i, end);
            }
            else if (IsStart(c))
            {
                var from = i;
                while (i + 1 < end && (IsStart(code[i + 1]) || char.IsDigit(code[i + 1]) || code[i + 1] == '.'))
                    i++;
                Name(code.Substring(from, i + 1 - from), from, before, end);
                c = 'a';
            }
            else if (isHandler && c is ('+' or '-') && c == before && i > 0 && code[i - 1] == c)
            {
                Add(i - 1, 2, $"A handler cannot change data; it may call {Supported}.");
            }
            else if (c == '(' && before is ')' or ']')
            {
                Add(i, 1, isHandler ? $"What is called has no name; a widget may call {Supported}." : "What is called has no name; data has no functions.");
            }
            else if (isHandler && c == '=' && before is not ('=' or '!' or '<' or '>') && Next(i + 1, end) is not ('=' or '>'))
            {
                Add(i, 1, $"A handler cannot change data; it may call {Supported}.");
            }

            if (c == '(')
                _depth++;
            else if (c == ')' && _depth-- == _within)
                _within = 0;
            before = c;
        }
    }

    private void Name(string name, int at, char before, int end)
    {
        var next = at + name.Length;
        while (next < end && char.IsWhiteSpace(code[next]))
            next++;
        var isCalled = next < end && (code[next] is '(' or '`' || (string.CompareOrdinal(code, next, "?.(", 0, 3) == 0));
        if (!isHandler)
        {
            // What a function of the expression's own takes may be a function; a slash may begin a pattern.
            if (isCalled && !Words.Contains(name) && !IsComputed(name, before) && !IsMessage(name, before) && (before != '/') && (!HasFunction || Page.Contains(name.Split('.')[0])))
                Add(at, name.Length, Functions.Contains(name) ? $"\"{name}\" is for handlers: @click and v-on:click." : $"\"{name}\" is no function that an expression can call: data has none.");
        }
        else if (name == "delete" && before != '.')
        {
            Add(at, name.Length, $"A handler cannot change data; it may call {Supported}.");
        }
        else if (Functions.Contains(name) && before != '.')
        {
            _calls++;
            if (isCalled && _within == 0)
                _within = _depth + 1;
            if (name == "openPath" && !HasAddress(next))
                Add(at, name.Length, "openPath needs the address of a page: a text, a template or a concatenation.");
        }
        else if (isCalled && !IsMessage(name, before) && !(_within > 0 && IsComputed(name, before)))
        {
            Add(at, name.Length, $"\"{name}\" is not one of the functions that a widget may call: {Supported}.");
        }
    }

    private bool HasFunction => code.IndexOf("=>", StringComparison.Ordinal) >= 0 || code.IndexOf("function", StringComparison.Ordinal) >= 0;

    // getMessage and getMessagePlural.
    private static bool IsMessage(string name, char before) => name.StartsWith(Messages, StringComparison.Ordinal) && before != '.';

    // A method of a value, or one of the language's own functions.
    private static bool IsComputed(string name, char before)
    {
        if (before == '.')
            return true;
        var dot = name.IndexOf('.');
        var first = dot < 0 ? name : name.Substring(0, dot);
        return Computes.Contains(first) || (dot > 0 && first[0] != '$' && !Page.Contains(first));
    }

    /// <summary>The end of a text; what a template inserts is code.</summary>
    private int SkipText(int start, int end)
    {
        var quote = code[start];
        for (var i = start + 1; i < end; i++)
        {
            if (code[i] == '\\')
            {
                i++;
            }
            else if (code[i] == quote)
            {
                return i;
            }
            else if (quote == '`' && code[i] == '$' && i + 1 < end && code[i + 1] == '{')
            {
                var close = code.IndexOf('}', i, end - i);
                if (close < 0)
                    return end;
                Scan(i + 2, close);
                i = close;
            }
        }

        return end;
    }

    private bool HasAddress(int at)
    {
        if (at >= code.Length || code[at] != '(')
            return false;
        return Next(at + 1, code.Length) is var c && (IsStart(c) || c is '\'' or '"' or '`' or '(');
    }

    private char Next(int at, int end)
    {
        while (at < end && char.IsWhiteSpace(code[at]))
            at++;
        return at < end ? code[at] : '\0';
    }

    private void Add(int at, int length, string message)
    {
        _found++;
        problems.Add(new(offset + at, length, message));
    }

    private static bool IsStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or '$';
}

using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Finds the methods of an HTTP-style API by verb and path.</summary>
public sealed class HttpRouteTable
{
    private readonly Node _root = new();

    private HttpRouteTable()
    {
    }

    /// <summary>The routes of an API.</summary>
    public static HttpRouteTable Create(SpecSet set, string api)
    {
        var table = new HttpRouteTable();
        foreach (var name in set.MethodNames(api))
        {
            if (set.FindMethod(name, api) is { Http: { } route } method)
                table.Add(route, method);
        }

        return table;
    }

    /// <summary>The method that a request reaches, or null. A fixed segment wins over a parameter.</summary>
    /// <param name="verb">In any case.</param>
    /// <param name="path">From the root of the host, without a query.</param>
    public HttpMatch? Find(string verb, string path)
    {
        var segments = Segments(path);
        var values = new List<string>();
        if (Find(_root, segments, 0, values, n => n.Methods.ContainsKey(verb)) is not { } node)
            return null;
        var method = node.Methods[verb];
        var names = Segments(method.Http!.Path).Where(IsParameter).Select(Name);
        return new(method, [.. names.Zip(values, static (name, value) => new KeyValuePair<string, string>(name, value))]);
    }

    /// <summary>The verbs that a path answers to; none where it leads nowhere.</summary>
    public IReadOnlyList<string> Verbs(string path) =>
        Find(_root, Segments(path), 0, [], static n => n.Methods.Count > 0) is { } node
            ? [.. node.Methods.Keys.OrderBy(static v => v, StringComparer.Ordinal)]
            : [];

    /// <summary>Where a path leaves the known ones: the first segment that leads nowhere, and what could stand there.</summary>
    public (string Segment, IReadOnlyList<string> Known)? Stray(string path)
    {
        var node = _root;
        var segments = Segments(path);
        for (var i = 0; i < segments.Length; i++)
        {
            if (node.Literals.TryGetValue(segments[i], out var next))
            {
                node = next;
                continue;
            }

            // A parameter takes any segment; where nothing follows as the path goes on, a name misspelt is likelier.
            IReadOnlyList<string> known = [.. node.Literals.Keys.OrderBy(static k => k, StringComparer.Ordinal)];
            if (node.Parameter is not { } parameter
                || (Suggestion.Nearest(segments[i], known) is not null && Find(parameter, segments, i + 1, [], static n => n.Methods.Count > 0) is null))
            {
                return (segments[i], known);
            }

            node = parameter;
        }

        return null;
    }

    private void Add(HttpRoute route, MethodSpec method)
    {
        var node = _root;
        foreach (var segment in Segments(route.Path))
        {
            if (IsParameter(segment))
                node = node.Parameter ??= new();
            else if (node.Literals.TryGetValue(segment, out var next))
                node = next;
            else
                node.Literals.Add(segment, node = new());
        }

        node.Methods[route.Verb] = method;
    }

    private static Node? Find(Node node, string[] segments, int at, List<string> values, Func<Node, bool> wanted)
    {
        if (at == segments.Length)
            return wanted(node) ? node : null;
        if (node.Literals.TryGetValue(segments[at], out var literal) && Find(literal, segments, at + 1, values, wanted) is { } fixedPath)
            return fixedPath;
        if (node.Parameter is null)
            return null;
        values.Add(Uri.UnescapeDataString(segments[at]));
        if (Find(node.Parameter, segments, at + 1, values, wanted) is { } found)
            return found;
        values.RemoveAt(values.Count - 1);
        return null;
    }

    private static string[] Segments(string path) => path.Split(['/'], StringSplitOptions.RemoveEmptyEntries);

    private static bool IsParameter(string segment) => segment.Length > 2 && segment[0] == '{' && segment[segment.Length - 1] == '}';

    private static string Name(string segment) => segment.Substring(1, segment.Length - 2);

    private sealed class Node
    {
        public Dictionary<string, Node> Literals { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, MethodSpec> Methods { get; } = new(StringComparer.OrdinalIgnoreCase);

        public Node? Parameter { get; set; }
    }
}

namespace Bitrix24.Gen.Specs;

/// <summary>Binds the verb and path of HTTP-style methods and wire their parameters.</summary>
internal static class HttpRoutes
{
    private static readonly string[] Verbs = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

    public static HttpRoute? Bind(SpecObject value)
    {
        if (value.Text("http") is not { } text)
            return null;
        var space = text.IndexOf(' ');
        var verb = space < 0 ? text : text.Substring(0, space);
        var path = space < 0 ? "" : text.Substring(space + 1);
        if (Array.IndexOf(Verbs, verb) >= 0 && path.StartsWith("/", StringComparison.Ordinal) && IsPath(path))
            return new(verb, path);
        value.Report(RuleIds.SpecRule, "http", $"\"http\" is a verb ({string.Join(", ", Verbs)}), a space and a path: \"PATCH /v1/deals/{{id}}\".");
        return null;
    }

    /// <summary>Parameters in the path's braces travel there; others of a method without a body travel in the query, unless they say where.</summary>
    public static MethodSpec Locate(BindContext context, SpecObject value, MethodSpec method)
    {
        if (method.Http is not { } route)
            return method;
        var given = value.Get("params") as JsonObject;
        var placed = new FieldSpec[method.Params.Count];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < placed.Length; i++)
        {
            var field = method.Params[i];
            names.Add(field.Name);
            var says = given?.Find(field.Name)?.Value is JsonObject json && json.Find("in") is not null;
            placed[i] = says ? field : field with { In = Usual(route, field.Name) };
            if (says && field.In == ParameterLocation.Path && !HasParameter(route.Path, field.Name))
                value.Report(RuleIds.SpecRule, "http", $"The path has no {{{BindContext.Quote(field.Name)}}} for the parameter of that name.");
        }

        if (!context.Partial)
        {
            foreach (var name in ParametersOf(route.Path))
            {
                if (!names.Contains(name))
                    value.Report(RuleIds.SpecRule, "http", $"There is no parameter for {{{BindContext.Quote(name)}}} of the path. {BindContext.Hint(name, names, "Parameters")}");
            }
        }

        return method with { Params = new(placed) };
    }

    /// <summary>Where a parameter of an HTTP-style method travels unless it says otherwise.</summary>
    public static ParameterLocation Usual(HttpRoute? route, string name)
    {
        if (route is null)
            return ParameterLocation.Body;
        if (HasParameter(route.Path, name))
            return ParameterLocation.Path;
        return route.Verb is "GET" or "HEAD" or "DELETE" ? ParameterLocation.Query : ParameterLocation.Body;
    }

    private static bool HasParameter(string path, string name) =>
        path.IndexOf("{" + name + "}", StringComparison.Ordinal) >= 0;

    private static IEnumerable<string> ParametersOf(string path)
    {
        for (var open = path.IndexOf('{'); open >= 0; open = path.IndexOf('{', open + 1))
            yield return path.Substring(open + 1, path.IndexOf('}', open) - open - 1);
    }

    private static bool IsPath(string path)
    {
        var inside = false;
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (c is <= ' ' or '\\' or '?' or '#' or '"' || char.IsControl(c))
                return false;
            if (c == '{' && (inside || i + 1 >= path.Length || path[i + 1] == '}'))
                return false;
            if (c == '}' && !inside)
                return false;
            inside = c == '{' || (inside && c != '}');
        }

        return !inside;
    }
}

using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>A call by name as the typed call that does the same.</summary>
/// <param name="Code">The expression: <c>portal.Crm.Deal.GetAsync(id: 5)</c>.</param>
/// <param name="IsList">It is an <c>IAsyncEnumerable</c> of the records of all pages.</param>
/// <param name="Namespaces">Namespaces that the code needs.</param>
/// <param name="HasExtra">Fields of the portal's own are in <c>Extra</c>.</param>
public sealed record TypedCall(string Code, bool IsList, IReadOnlyList<string> Namespaces, bool HasExtra)
{
    /// <summary>Writes the call.</summary>
    /// <param name="set">The specs.</param>
    /// <param name="method">The method.</param>
    /// <param name="parameters">What it is given.</param>
    /// <param name="client">The expression of the client.</param>
    /// <param name="expression">The C# of a value that stands for code; null: all values are written as they are. Where it is given, the call must send the same bytes.</param>
    /// <returns>Null where typed code cannot say it: an unknown name, a value of another form.</returns>
    public static TypedCall? Write(SpecSet set, MethodSpec method, JsonObject? parameters, string client = "portal", Func<SnippetValue, string?>? expression = null)
    {
        var profile = set.Profile(method.Api);
        var values = new ValueSnippet(set, method.Api, expression);
        var query = ListQuerySnippet.Of(method, values);
        var names = CSharpNames.Members(method, profile);
        var asRequest = method.Params.Count(p => p.Fixed is null && !p.IsShownOnly && query?.Carries(p) != true && p != query?.Position) > CSharpNames.MaxParameters;
        var given = new List<(bool Required, string Name, string Member, string Value)>();
        var order = new ListQuerySnippet.Parts();
        foreach (var property in parameters?.Properties ?? [])
        {
            if (values.Find(method.Params, property.Name) is not (>= 0 and var index))
                return null;
            var parameter = method.Params[index];
            // A typed list begins there by itself.
            if (query is not null && parameter == query.Position && query.IsFirstPage(property.Value))
                continue;
            if (parameter.Fixed is not null || (parameter.IsShownOnly && !asRequest) || (query is not null && parameter == query.Position))
                return null;
            if (query is not null && query.Carries(parameter))
            {
                if (!query.Add(order, parameter, property.Value))
                    return null;
                continue;
            }

            if (values.Of(parameter, property.Value, 0) is not { } value)
                return null;
            given.Add((parameter.Required, CSharpNames.Parameter(names[index]), names[index], value));
        }

        if (method.Params.Any(p =>
            p is { Required: true, Fixed: null } && query?.Carries(p) != true && p != query?.Position
            && parameters?.Properties.Any(g => values.Find(method.Params, g.Name) is >= 0 and var i && method.Params[i] == p) != true))
            return null;

        var arguments = new List<string>();
        if (asRequest && given.Count > 0)
            arguments.Add($"{(query is null ? "" : "request: ")}new() {{ {string.Join(", ", given.Select(static g => $"{g.Member} = {g.Value}"))} }}");
        else
            arguments.AddRange(given.Where(static g => g.Required).Select(static g => $"{g.Name}: {g.Value}"));
        if (query is not null && query.Text(order) is { Length: > 0 } text)
            arguments.Add($"{query.ArgumentName}: {text}");
        if (!asRequest)
            arguments.AddRange(given.Where(static g => !g.Required).Select(static g => $"{g.Name}: {g.Value}"));

        var code = $"{client}{Path(set, method, profile)}Async({string.Join(", ", arguments)})";
        var namespaces = new List<string>();
        if (code.Contains("JsonNode.") || code.Contains("new JsonArray("))
            namespaces.Add("System.Text.Json.Nodes");
        if (code.Contains("CultureInfo."))
            namespaces.Add("System.Globalization");
        return new(code, query is not null, namespaces, values.HasExtra);
    }

    private static string Path(SpecSet set, MethodSpec method, ProfileSpec profile)
    {
        var path = method.Api == SpecSelector.V3Api ? "." + CSharpNames.Pascal("v3", profile) : "";
        path += "." + new NameScope().Take(CSharpNames.Area(method.File, profile));
        foreach (var group in CSharpNames.Groups(method.Name, profile))
            path += "." + new NameScope().Take(group);
        return path + "." + CSharpNames.Of(method, profile);
    }
}

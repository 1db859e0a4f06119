using System.Globalization;
using System.Linq;
using Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Specs;

/// <summary>
/// Checks what a call has to do with other methods: values that methods of another name serve, and lists whose items are
/// calls of other methods, each checked as the call that it is.
/// </summary>
internal static class OtherMethods
{
    private const string Instead = "instead";
    private const string Required = "required";
    private const string UsualKey = "id";

    /// <summary>The violations of the call itself, and those that other methods add.</summary>
    public static IReadOnlyList<Violation> Check(SpecSet set, MethodSpec method, JsonNode? parameters, IReadOnlyList<Violation> own)
    {
        if (parameters is not JsonObject given || method.Params.All(static p => p.Call is null && p.Instead.Count == 0))
            return own;
        var all = new List<Violation>(own);
        foreach (var parameter in method.Params)
        {
            if (given.Find(parameter.Name) is not { } property)
                continue;
            if (parameter.Instead.Count > 0)
                CheckInstead(set, method, parameter, property, all);
            if (parameter.Call is { } call && property.Value is JsonArray list)
            {
                for (var i = 0; i < list.Items.Count; i++)
                    CheckItem(set, method, given, call, list.Items[i], $"{parameter.Name}[{i.ToString(CultureInfo.InvariantCulture)}]", all);
            }
        }

        return all;
    }

    private static void CheckInstead(SpecSet set, MethodSpec method, FieldSpec parameter, JsonProperty property, List<Violation> all)
    {
        if (TextOf(property.Value) is not { } text || parameter.Instead.FirstOrDefault(i => i.Value == text) is not { } instead)
            return;
        // It says what to call: that the value breaks another rule as well is of no use beside it.
        all.RemoveAll(v => v.Path == parameter.Name);
        var dot = method.Name.LastIndexOf('.');
        var other = instead.Method + (dot < 0 ? "" : method.Name.Substring(dot));
        var suggestion = set.FindMethod(other, method.Api) is null ? instead.Method : other;
        var violation = SpecValidator.ServerViolation(set, method, Instead, parameter.Name, [parameter], null, text);
        all.Add(violation with
        {
            Message = $"{violation.Message} Call \"{suggestion}\".",
            Suggestion = suggestion,
            Range = property.Value.Range,
        });
    }

    private static void CheckItem(
        SpecSet set, MethodSpec outer, JsonObject beside, NestedCall call, JsonNode item, string path, List<Violation> all)
    {
        var members = item as JsonObject;
        if (item is JsonUnknown or JsonNull or JsonArray || NameOf(call.Method, members, beside) is not { } name)
            return;
        if (set.FindMethod(name, outer.Api) is not { } method)
        {
            AddUnknown(set, outer, call, members, name, path, all);
            return;
        }

        // A batch within a batch is the server's to refuse; here it would only go round in circles.
        if (ReferenceEquals(method, outer) || method.Params.Any(static p => p.Call is not null))
            return;
        var key = KeyOf(method);
        // A method that makes records has no key to give them.
        if (members is null && key is null)
            return;
        var parameters = call.Params is null ? members : members?.Find(call.Params)?.Value as JsonObject;
        if (call.Params is not null && members?.Find(call.Params) is { Value: not (JsonObject or JsonNull) })
            return;
        var inner = ParametersOf(method, outer, call, item, parameters, beside);
        foreach (var violation in SpecValidator.Validate(set, method, inner))
        {
            var at = PathOf(violation.Path, method, call, key, members is null, path);
            if (!all.Exists(v => v.Path == at) || violation.Rule != Required)
                all.Add(violation with { Path = at, Code = null });
        }
    }

    /// <summary>The parameters of the method that an item calls: what it names goes where the method has it, the rest into the record.</summary>
    private static JsonObject ParametersOf(
        MethodSpec method, MethodSpec outer, NestedCall call, JsonNode item, JsonObject? given, JsonObject beside)
    {
        var content = method.Params.FirstOrDefault(static p => p.In == ParameterLocation.Content);
        var key = KeyOf(method);
        var (parameters, record) = (new List<JsonProperty>(), new List<JsonProperty>());
        foreach (var property in given?.Properties ?? [])
        {
            if (call.Params is null && property.Name == call.Key)
                continue;
            (content is not null && method.Params.All(p => p.Name != property.Name || p == content) ? record : parameters).Add(property);
        }

        // What stands beside the list holds for each of its calls.
        parameters.AddRange(beside.Properties.Where(p =>
            method.Params.Any(m => m.Name == p.Name && m != content) && outer.Params.Any(o => o.Name == p.Name && o.In == ParameterLocation.Path)));
        var id = item is not JsonObject members ? new JsonProperty(key ?? UsualKey, item.Range, item)
            : call.Key is { } name && members.Find(name) is { } named ? new JsonProperty(key ?? name, named.NameRange, named.Value)
            : null;
        if (id is not null && (key is not null || content is null))
            parameters.Add(id);
        else if (id is not null)
            record.Add(id);
        if (content is not null)
            parameters.Add(new(content.Name, item.Range, new JsonObject(given?.Range ?? item.Range, record) { Partial = given?.Partial ?? false }));
        return new JsonObject(given?.Range ?? item.Range, parameters) { Partial = given?.Partial ?? false };
    }

    private static string? KeyOf(MethodSpec method)
    {
        var key = method.Key ?? UsualKey;
        return method.Params.Any(p => p.Name == key) ? key : null;
    }

    /// <summary>Where in the outer call something of the inner one stands.</summary>
    private static string PathOf(string path, MethodSpec method, NestedCall call, string? key, bool isKey, string item)
    {
        if (isKey && path == key)
            return item;
        if (path == key && call.Key is { } name)
            return $"{item}.{name}";
        var within = call.Params is null ? item : $"{item}.{call.Params}";
        if (method.Params.FirstOrDefault(static p => p.In == ParameterLocation.Content) is { } content)
        {
            if (path == content.Name)
                return within;
            if (path.StartsWith(content.Name + ".", StringComparison.Ordinal))
                path = path.Substring(content.Name.Length + 1);
        }

        return path.Length == 0 ? within : $"{within}.{path}";
    }

    /// <summary>The method that an item calls; null where a part of its name is not given, or not known before the program runs.</summary>
    private static string? NameOf(string template, JsonObject? item, JsonObject beside)
    {
        var name = template;
        for (var open = name.IndexOf('{'); open >= 0; open = name.IndexOf('{'))
        {
            var close = name.IndexOf('}', open);
            if (close < 0)
                return null;
            var mark = name.Substring(open + 1, close - open - 1);
            if (TextOf((item?.Find(mark) ?? beside.Find(mark))?.Value) is not { Length: > 0 } text || text.IndexOf('{') >= 0)
                return null;
            name = name.Substring(0, open) + text + name.Substring(close + 1);
        }

        return name;
    }

    /// <summary>There is no such method: the first part of its name is reported, unless a part is known to be wrong already.</summary>
    private static void AddUnknown(
        SpecSet set, MethodSpec outer, NestedCall call, JsonObject? members, string name, string path, List<Violation> all)
    {
        var marks = call.Method.Split('{').Skip(1).Select(static m => m.Split('}')[0]).Where(m => members?.Find(m) is not null).ToList();
        if (marks.Count == 0 || marks.Exists(m => all.Exists(v => v.Path == $"{path}.{m}")))
            return;
        var unknown = SpecValidator.ValidateCall(set, outer.Api, name, null)[0];
        var part = members!.Find(marks[0])!;
        var suggestion = unknown.Suggestion is { } method && TextOf(part.Value) is { } given && !method.StartsWith(given + ".", StringComparison.Ordinal)
            ? method.Split('.')[0]
            : null;
        all.Add(unknown with { Path = $"{path}.{marks[0]}", Range = part.Value.Range, Suggestion = suggestion, Code = null });
    }

    private static string? TextOf(JsonNode? node) => node switch
    {
        JsonString text => text.Value,
        JsonNumber number => number.ToJsonText(),
        _ => null,
    };
}

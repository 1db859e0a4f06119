using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;

namespace Bitrix24.Gen.Paging.Tests;

/// <summary>A list method as some server has it: alone and in batches, with the oddities that are asked for.</summary>
internal sealed partial class ListServer : HttpMessageHandler
{
    private readonly string _host = $"{Guid.NewGuid():N}.bitrix24.test";

    public int Rows { get; init; } = 180;

    public int PageSize { get; init; } = 50;

    /// <summary>Where the list stands inside the result.</summary>
    public string? Wrapper { get; init; }

    /// <summary>How it answers the id.</summary>
    public string Answers { get; init; } = "ID";

    /// <summary>The condition it knows; another it does not look at.</summary>
    public string Condition { get; init; } = ">ID";

    /// <summary>The order it knows.</summary>
    public string Order { get; init; } = "ID";

    /// <summary>The id of a record.</summary>
    public Func<int, string> Spell { get; init; } = static i => i.ToString(CultureInfo.InvariantCulture);

    /// <summary>Records that the caller may not see: their pages are shorter.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [];

    /// <summary>Makes another answer of that.</summary>
    public Action<JsonObject> Change { get; init; } = static _ => { };

    /// <summary>It answers the first page whatever it is asked for.</summary>
    public bool IsStuck { get; init; }

    /// <summary>The command of a batch that fails, and with which error.</summary>
    public (int Command, string Code)? Failure { get; set; }

    /// <summary>What it was sent; of batches, the commands.</summary>
    public List<JsonObject> Asked { get; } = [];

    public List<string> Methods { get; } = [];

    public Portal Client(Func<Bitrix24ClientOptions, Bitrix24ClientOptions>? change = null)
    {
        var options = new Bitrix24ClientOptions { HttpClient = new(this, disposeHandler: false), RateLimit = new(1000, 1000) };
        return new(Bitrix24Credentials.AccessToken($"https://{_host}", "t"), change?.Invoke(options) ?? options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var method = request.RequestUri!.Segments[^1];
        Methods.Add(method);
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
        var answer = method == "batch" ? Batch(body) : List(body);
        return new(HttpStatusCode.OK) { Content = new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/json") };
    }

    private JsonObject Batch(JsonObject body)
    {
        var (results, errors, next, total) = (new JsonObject(), new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var (key, command) in body["cmd"]!.AsObject())
        {
            if (Failure is var (at, code) && results.Count == at)
            {
                errors[key] = new JsonObject { ["error"] = code, ["error_description"] = "" };
                Failure = null;
                break;
            }

            var answer = List(Parameters(((string)command!).Split('?')[1], results));
            results[key] = answer["result"]!.DeepClone();
            next[key] = answer["next"]?.DeepClone();
            total[key] = answer["total"]?.DeepClone();
        }

        return new() { ["result"] = new JsonObject { ["result"] = results, ["result_error"] = errors, ["result_next"] = next, ["result_total"] = total } };
    }

    private JsonObject List(JsonObject parameters)
    {
        Asked.Add(parameters);
        var start = long.Parse(parameters["start"]?.ToString() ?? "0", CultureInfo.InvariantCulture);
        var after = (parameters.FirstOrDefault(static p => p.Key.Equals("filter", StringComparison.OrdinalIgnoreCase)).Value as JsonObject)?[Condition];
        var ascending = (parameters["order"] as JsonObject)?.ContainsKey(Order) == true;
        var ids = Enumerable.Range(1, Rows);
        if (!ascending)
            ids = ids.Reverse();
        if (after is not null)
            ids = ids.Where(i => long.Parse(Spell(i), CultureInfo.InvariantCulture) > long.Parse(after.ToString(), CultureInfo.InvariantCulture));
        var from = IsStuck ? 0 : Math.Max(start, 0);
        var page = ids.Skip((int)from).Take(PageSize).ToList();
        var rows = new JsonArray([.. page.Where(i => !Hidden.Contains(i)).Select(i => (JsonNode)new JsonObject { [Answers] = Spell(i) })]);
        var more = start >= 0 && from + page.Count < ids.Count();
        var answer = new JsonObject
        {
            ["result"] = Wrapper is null ? rows : new JsonObject { [Wrapper] = rows },
            ["next"] = more ? from + page.Count : null,
            ["total"] = start < 0 ? 0 : ids.Count(),
        };
        Change(answer);
        return answer;
    }

    private static JsonObject Parameters(string query, JsonObject results)
    {
        var parameters = new JsonObject();
        var parsed = HttpUtility.ParseQueryString(query);
        foreach (var name in parsed.AllKeys)
        {
            var steps = name!.TrimEnd(']').Split(["][", "["], StringSplitOptions.None);
            var at = parameters;
            foreach (var step in steps[..^1])
                at = (at[step] ??= new JsonObject()).AsObject();
            var value = parsed[name]!;
            at[steps[^1]] = value.StartsWith("$result", StringComparison.Ordinal) ? Follow(value, results) : value;
        }

        return parameters;
    }

    private static string Follow(string reference, JsonObject results)
    {
        JsonNode at = results;
        foreach (Match step in Step().Matches(reference))
        {
            // What is not there ends the way; PHP takes a list for 1 where it wants a number.
            if (at is JsonArray list && int.Parse(step.Groups[1].Value, CultureInfo.InvariantCulture) >= list.Count)
                return "1";
            at = (at is JsonArray items ? items[int.Parse(step.Groups[1].Value, CultureInfo.InvariantCulture)] : at[step.Groups[1].Value])!;
        }

        return at.ToString();
    }

    [GeneratedRegex(@"\[([^\]]+)\]", RegexOptions.NonBacktracking)]
    private static partial Regex Step();
}

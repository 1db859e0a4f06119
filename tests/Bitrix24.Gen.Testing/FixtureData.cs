using System.Text.Json.Nodes;

namespace Bitrix24.Gen.Testing;

/// <summary>A request that a portal accepts.</summary>
/// <param name="Id">Method and number: <c>biconnector.dataset.add#1</c>.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Params">The parameters as JSON.</param>
public sealed record RequestFixture(string Id, string Method, string Params);

/// <summary>A body that a portal answers to a call that succeeds.</summary>
public sealed record ResponseFixture(string Id, string Method, int Status, string Body);

/// <summary>A body that a portal answers to a call that it refuses.</summary>
public sealed record ErrorFixture(string Method, string Code, string Message, int Status, string Body);

/// <summary>A violation that a mutation must raise.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Path">Where.</param>
/// <param name="Code">The server's code; null: the server lets it pass.</param>
/// <param name="Message">The server's text; null: it is not part of the claim.</param>
public sealed record ExpectedViolation(string Rule, string Path, string? Code, string? Message);

/// <summary>A request fixture with mistakes in it.</summary>
/// <param name="Id">Method and mistake; unique.</param>
/// <param name="Base">The request it was made of.</param>
/// <param name="Params">The parameters with the mistakes, as JSON.</param>
/// <param name="Expected">All violations, in the order in which the server meets them.</param>
public sealed record MutationFixture(string Id, RequestFixture Base, string Params, IReadOnlyList<ExpectedViolation> Expected)
{
    public string Method => Base.Method;

    /// <summary>The violation that the server answers; null: it accepts the request.</summary>
    public ExpectedViolation? Answered => Expected.FirstOrDefault(v => v.Code is not null);
}

/// <summary>A call of which everything that validates must find the same.</summary>
/// <param name="Id">What it shows; unique.</param>
/// <param name="Api">The API.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Params">The parameters as JSON.</param>
/// <param name="Expected">All violations with their codes; a message that is null is not part of the claim.</param>
public sealed record AgreementFixture(string Id, string Api, string Method, string Params, IReadOnlyList<ExpectedViolation> Expected)
{
    /// <summary>Whether calls expect the rule: that a method goes away is said of its name, whatever the call has.</summary>
    public static bool Expects(string rule) => rule is not ("B24114" or "B24120");

    /// <summary>The violations, each as <c>rule path</c>.</summary>
    public IEnumerable<string> Short => Expected.Select(static v => $"{v.Rule} {v.Path}");
}

/// <summary>A call as people write them.</summary>
public sealed record CallFixture(string Id, string Api, string Method, string Params);

/// <summary>The fixtures of tests/Fixtures.</summary>
public static class FixtureData
{
    private static readonly string Folder = RepositoryRoot.PathTo("tests", "Fixtures");

    public static IReadOnlyList<RequestFixture> Requests { get; } =
        [.. Lines("requests.jsonl").Select(static o => new RequestFixture(Text(o, "id"), Text(o, "method"), Json(o["params"])))];

    public static IReadOnlyList<ResponseFixture> Responses { get; } =
        [.. Lines("responses.jsonl").Select(static o => new ResponseFixture(Text(o, "id"), Text(o, "method"), (int)o["status"]!, Json(o["body"])))];

    public static IReadOnlyList<ErrorFixture> Errors { get; } =
        [.. Lines("errors.jsonl").Select(static o => new ErrorFixture(Text(o, "method"), Text(o, "code"), Text(o, "message"), (int)o["status"]!, Json(o["body"])))];

    public static IReadOnlyList<MutationFixture> Mutations { get; } = [.. Lines("mutations.jsonl").Select(ReadMutation)];

    public static IReadOnlyList<AgreementFixture> Agreements { get; } =
    [
        .. Lines("agreement.jsonl").Select(static o => new AgreementFixture(
            Text(o, "id"), Text(o, "api"), Text(o, "method"), Json(o["params"]), [.. o["expect"]!.AsArray().Select(static e => ReadExpected(e!.AsObject()))])),
    ];

    /// <summary>Calls of a file: that of the fixtures, or another of the same form.</summary>
    public static IReadOnlyList<CallFixture> Calls(string? path = null) =>
        [.. Lines(path ?? "calls.jsonl").Select(static o => new CallFixture(Text(o, "id"), (string?)o["api"] ?? "bitrix24", Text(o, "method"), Json(o["params"])))];

    /// <summary>The parameters of all requests, right and wrong.</summary>
    public static IEnumerable<(string Method, string Params)> AllParameters =>
        Requests.Select(static r => (r.Method, r.Params)).Concat(Mutations.Select(static m => (m.Method, m.Params)));

    public static RequestFixture Request(string id) => Requests.Single(r => r.Id == id);

    public static MutationFixture Mutation(string id) => Mutations.Single(m => m.Id == id);

    private static MutationFixture ReadMutation(JsonObject line)
    {
        var request = Request(Text(line, "base"));
        var parameters = JsonNode.Parse(request.Params)!;
        foreach (var edit in line["edits"]!.AsArray())
            Apply(parameters, edit!.AsObject());
        return new(Text(line, "id"), request, parameters.ToJsonString(), [.. line["expect"]!.AsArray().Select(static e => ReadExpected(e!.AsObject()))]);
    }

    private static ExpectedViolation ReadExpected(JsonObject expected) =>
        new(Text(expected, "rule"), Text(expected, "path"), (string?)expected["code"], (string?)expected["message"]);

    private static void Apply(JsonNode root, JsonObject edit)
    {
        var steps = Text(edit, "path").Split('/')[1..];
        var parent = steps[..^1].Aggregate(root, static (node, step) => node is JsonArray list ? list[int.Parse(step)]! : node[step]!);
        var value = edit["value"]?.DeepClone();
        switch (Text(edit, "op"), parent)
        {
            case ("remove", JsonArray list):
                list.RemoveAt(int.Parse(steps[^1]));
                break;
            case ("remove", JsonObject members):
                members.Remove(steps[^1]);
                break;
            case ("set", JsonArray list):
                list[int.Parse(steps[^1])] = value;
                break;
            case ("set", JsonObject members):
                members[steps[^1]] = value;
                break;
            default:
                throw new InvalidDataException($"Not an edit: {edit.ToJsonString()}");
        }
    }

    private static IEnumerable<JsonObject> Lines(string file) =>
        File.ReadLines(Path.Combine(Folder, file)).Select(static line => JsonNode.Parse(line)!.AsObject());

    private static string Text(JsonObject line, string name) => (string)line[name]!;

    private static string Json(JsonNode? node) => node?.ToJsonString() ?? "null";
}

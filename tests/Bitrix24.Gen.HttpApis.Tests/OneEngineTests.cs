using System.Text;
using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.HttpApis.Tests;

using JsonNode = System.Text.Json.Nodes.JsonNode;
using JsonObject = System.Text.Json.Nodes.JsonObject;

/// <summary>
/// The calls of tests/Fixtures/agreement.jsonl: validator, <c>b24-spec check</c>, client and emulator find what is written
/// there. The analyzers run the same file in tests/Bitrix24.Gen.Analyzers.Tests.
/// </summary>
public sealed class OneEngineTests : IAsyncLifetime
{
    private static readonly Dictionary<string, SpecSet> Sets =
        FixtureData.Agreements.Select(static a => a.Api).Distinct().ToDictionary(static api => api, SpecSets.Of);

    private PortalEmulator _portal = null!;

    public static TheoryData<string> Ids => [.. FixtureData.Agreements.Select(static a => a.Id)];

    public async Task InitializeAsync() => _portal = await PortalEmulator.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task All_find_the_same(string id)
    {
        var call = FixtureData.Agreements.Single(a => a.Id == id);
        var set = Sets[call.Api];

        var validated = SpecValidator.ValidateCall(set, call.Api, call.Method, JsonReader.Read(call.Params).Root);
        var found = validated.Where(static v => AgreementFixture.Expects(v.RuleId)).ToList();
        Assert.Equal(call.Expected.Select(Show), found.Select(static v => $"{v.RuleId} {v.Path} {v.Code}"));
        Assert.All(call.Expected.Zip(found), static p => Assert.Equal(p.First.Message ?? p.Second.Message, p.Second.Message));
        Assert.Equal(validated.Select(static v => $"{v.RuleId} {v.Path} {v.Code} {v.Message}"), Check(set, call));

        // A client knows the methods that it was generated with; of others it lets everything pass.
        var known = validated.Where(static v => v.RuleId != "B24101").ToList();
        var blocks = known.Exists(static v => v.Code is not null || v.Severity == Specs.RuleSeverity.Error);
        Assert.Equal(blocks ? known.Select(static v => $"{v.RuleId} {v.Path} {v.Code} {v.Message}") : [], await SendAsync(call, blocks));
        Assert.Equal(Arriving(call, set), await ArriveAsync(call));
    }

    private static string Show(ExpectedViolation v) => $"{v.Rule} {v.Path} {v.Code}";

    private static IEnumerable<string> Check(SpecSet set, AgreementFixture call)
    {
        var line = new JsonObject { ["id"] = 1, ["api"] = call.Api, ["method"] = call.Method, ["params"] = JsonNode.Parse(call.Params) };
        using var output = new StringWriter();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(line.ToJsonString()));
        new CallCheck(set, responses: false, text: false).Run(input, "", output, TextWriter.Null);
        return JsonNode.Parse(output.ToString())!["violations"]!.AsArray()
            .Select(static v => $"{(string)v!["rule"]!} {(string)v["path"]!} {(string?)v["code"]} {(string)v["message"]!}");
    }

    /// <summary>What the client says before it sends; where nothing holds the call back it is sent, and nothing is said.</summary>
    private async Task<IEnumerable<string>> SendAsync(AgreementFixture call, bool blocks)
    {
        var handler = new CannedHandler((200, "{}"));
        using var client = ClientOf(call, TestOptions.For(handler));
        try
        {
            await CallAsync(client, call);
        }
        catch (Bitrix24ValidationException e)
        {
            Assert.Empty(handler.Requests);
            return e.Violations.Select(static v => $"{v.Rule} {v.Path} {v.Code} {v.Message}");
        }
        catch (Bitrix24Exception) when (!blocks)
        {
            // The canned answer is no answer to this method.
        }

        Assert.Single(handler.Requests);
        return [];
    }

    /// <summary>What the emulator is expected to find, by command where the call is a batch.</summary>
    private static IEnumerable<string> Arriving(AgreementFixture call, SpecSet set)
    {
        // What a query carries is text when it arrives.
        if (set.FindMethod(call.Method, call.Api)?.Http?.Verb == "GET")
            return [];
        // The emulator looks methods up before it validates, a body that is no object does not get so far, and batches have a gateway of their own.
        return call.Expected
            .Where(static v => v.Rule is not ("B24101" or "B24115") && v.Path.Length > 0)
            .Where(v => call.Method != "batch" || v.Path.Contains('.', StringComparison.Ordinal))
            .Select(v => $"{v.Rule} {WithinCommand(v.Path, call)}");
    }

    private static string WithinCommand(string path, AgreementFixture call)
    {
        if (call.Method != "batch" || call.Api == "vibecode")
            return path;
        var start = call.Api == "bitrix24-v3" ? path.IndexOf(".query.", StringComparison.Ordinal) + ".query.".Length
            : path.StartsWith("cmd[", StringComparison.Ordinal) ? path.IndexOf('.', StringComparison.Ordinal) + 1
            : path.IndexOf('.', "cmd.".Length) + 1;
        return path[start..];
    }

    private async Task<IEnumerable<string>> ArriveAsync(AgreementFixture call)
    {
        var before = _portal.Requests.Count();
        using var client = ClientOf(call, TestOptions.Impatient with { ValidateBeforeSending = false });
        try
        {
            await CallAsync(client, call);
        }
        catch (Bitrix24Exception)
        {
            // What the portal answers is not the point; what it found is.
        }

        // What a query carries is text when it arrives, and a reference what the portal's records give.
        if (Sets[call.Api].FindMethod(call.Method, call.Api)?.Http?.Verb == "GET" || call.Params.Contains("$re", StringComparison.Ordinal))
            return [];
        return _portal.Requests.Skip(before).SelectMany(static r => r.Findings)
            .Where(static f => f.RuleId.StartsWith('B')).Select(static f => $"{f.RuleId} {f.Path}").Distinct();
    }

    private static Task CallAsync(Bitrix24Client client, AgreementFixture call) =>
        client.CallAsync(call.Api == "bitrix24-v3" ? "v3/" + call.Method : call.Method, call.Params);

    private Bitrix24Client ClientOf(AgreementFixture call, Bitrix24ClientOptions options) => call.Api switch
    {
        "vibecode" => new Vibe(Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl.TrimEnd('/')), options),
        "amocrm" => new Amo(Bitrix24Credentials.AmoCrm(_portal.PortalUrl.TrimEnd('/'), _portal.AccessToken), options),
        _ => new Classic(Bitrix24Credentials.AccessToken(_portal.PortalUrl, _portal.AccessToken), options),
    };
}

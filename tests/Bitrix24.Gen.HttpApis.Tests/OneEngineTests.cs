using System.Text;
using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.HttpApis.Tests;

using JsonNode = System.Text.Json.Nodes.JsonNode;
using JsonObject = System.Text.Json.Nodes.JsonObject;

/// <summary>The calls of tests/Fixtures/agreement.jsonl: validator, <c>b24-spec check</c>, client and emulator find what is written there.</summary>
public sealed class OneEngineTests : IAsyncLifetime
{
    private PortalEmulator _portal = null!;

    public static TheoryData<string> Ids => [.. FixtureData.Agreements.Select(static a => a.Id)];

    public async Task InitializeAsync() => _portal = await PortalEmulator.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task All_find_the_same(string id)
    {
        var call = FixtureData.Agreements.Single(a => a.Id == id);
        var set = Repository.Specs(call.Api);

        var validated = SpecValidator.ValidateCall(set, call.Api, call.Method, JsonReader.Read(call.Params).Root);
        Assert.Equal(call.Short, validated.Select(static v => $"{v.RuleId} {v.Path}"));
        Assert.All(call.Expected.Zip(validated), static p => Assert.Equal(p.First.Message ?? p.Second.Message, p.Second.Message));
        Assert.All(call.Expected.Zip(validated), static p => Assert.Equal(p.First.Code ?? p.Second.Code, p.Second.Code));
        Assert.Equal(validated.Select(static v => (v.RuleId, v.Path, v.Code, v.Message)), Check(set, call));
        Assert.Equal(validated.Select(static v => (v.RuleId, v.Path, v.Code, v.Message)), await SendAsync(call));
        // What a query carries is text when it arrives.
        if (set.FindMethod(call.Method, call.Api)!.Http!.Verb != "GET")
            Assert.Equal(call.Short, await ArriveAsync(call));
    }

    private static IEnumerable<(string, string, string?, string)> Check(SpecSet set, AgreementFixture call)
    {
        var line = new JsonObject { ["id"] = 1, ["api"] = call.Api, ["method"] = call.Method, ["params"] = JsonNode.Parse(call.Params) };
        using var output = new StringWriter();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(line.ToJsonString()));
        new CallCheck(set, responses: false, text: false).Run(input, "", output, TextWriter.Null);
        return JsonNode.Parse(output.ToString())!["violations"]!.AsArray()
            .Select(static v => ((string)v!["rule"]!, (string)v["path"]!, (string?)v["code"], (string)v["message"]!));
    }

    private async Task<IEnumerable<(string, string, string?, string)>> SendAsync(AgreementFixture call)
    {
        using var client = ClientOf(call, "https://example.amocrm.ru", TestOptions.For(new CannedHandler((200, "{}"))));
        try
        {
            await client.CallAsync(call.Method, call.Params);
            return [];
        }
        catch (Bitrix24ValidationException e)
        {
            return e.Violations.Select(static v => (v.Rule, v.Path, v.Code, v.Message));
        }
        catch (Bitrix24Exception)
        {
            return [];
        }
    }

    private async Task<IEnumerable<string>> ArriveAsync(AgreementFixture call)
    {
        using var client = ClientOf(call, _portal.PortalUrl.TrimEnd('/'), TestOptions.Impatient with { ValidateBeforeSending = false });
        try
        {
            await client.CallAsync(call.Method, call.Params);
        }
        catch (Bitrix24Exception)
        {
            // What the portal answers is not the point; what it found is.
        }

        return _portal.Requests.Last().Findings.Where(static f => f.RuleId.StartsWith('B')).Select(static f => $"{f.RuleId} {f.Path}");
    }

    private Bitrix24Client ClientOf(AgreementFixture call, string portal, Bitrix24ClientOptions options) => call.Api == "vibecode"
        ? new Vibe(Bitrix24Credentials.VibeCode(_portal.ApiKey, url: portal), options)
        : new Amo(Bitrix24Credentials.AmoCrm(portal, _portal.AccessToken), options);
}

using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>What the spec library finds in a request, a generated client finds as well, and sends only what is right.</summary>
public class AgreementTests
{
    public static TheoryData<string> Names => Exchange.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Client_checks_as_the_validator_does(string name)
    {
        var exchange = Exchange.Load(name);
        var set = SpecSets.Of(exchange.Api);
        var match = HttpRouteTable.Create(set, exchange.Api).Find(exchange.Verb, exchange.Path)!;
        var parameters = new HttpRequestReader(set).Read(match, exchange.Query, exchange.Body);
        var violations = SpecValidator.Validate(set, match.Method, parameters);
        var expected = violations.Select(static v => (v.RuleId, v.Path, v.Code, v.Message));

        var handler = new CannedHandler((exchange.Status, exchange.Answer?.ToJsonText()));
        using var client = ClientOf(exchange.Api, handler);
        var call = client.CallAsync(exchange.Method, parameters.ToJsonText());
        // What only warns is sent.
        if (violations.Any(static v => v.Code is not null || v.Severity.ToString() == nameof(RuleSeverity.Error)))
        {
            var refusal = await Assert.ThrowsAsync<Bitrix24ValidationException>(() => call);
            Assert.Equal(expected, refusal.Violations.Select(static v => (v.Rule, v.Path, v.Code, v.Message)));
            Assert.Empty(handler.Requests);
            return;
        }

        if (exchange.Status >= 400)
            await Assert.ThrowsAnyAsync<Bitrix24ApiException>(() => call);
        else
            await call;
        var sent = Assert.Single(handler.Requests);
        var again = HttpRouteTable.Create(set, exchange.Api).Find(sent.Verb, sent.Target.Split('?')[0])!;
        var arrived = new HttpRequestReader(set).Read(
            again, sent.Target.Contains('?', StringComparison.Ordinal) ? sent.Target[sent.Target.IndexOf('?', StringComparison.Ordinal)..] : "",
            sent.Body is null ? null : JsonReader.Read(sent.Body).Root);
        Assert.Equal(parameters.ToJsonText(), arrived.ToJsonText());
    }

    private static Bitrix24Client ClientOf(string api, CannedHandler handler) => api == "vibecode"
        ? new Vibe(Bitrix24Credentials.VibeCode("vibe_api_key"), TestOptions.For(handler))
        : new Amo(Bitrix24Credentials.AmoCrm("https://example.amocrm.ru", "token"), TestOptions.For(handler));
}

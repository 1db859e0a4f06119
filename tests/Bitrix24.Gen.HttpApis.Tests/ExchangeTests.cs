using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.HttpApis.Tests;

public class ExchangeTests
{
    private static readonly Dictionary<string, SpecSet> Sets = new[] { "amocrm", "vibecode" }
        .ToDictionary(static api => api, SpecSets.Of);

    public static TheoryData<string> Names => Exchange.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void Request_reaches_its_method_and_is_checked(string name)
    {
        var exchange = Exchange.Load(name);
        var set = Sets[exchange.Api];

        var match = HttpRouteTable.Create(set, exchange.Api).Find(exchange.Verb, exchange.Path);
        Assert.Equal(exchange.Method, match?.Method.Name);

        var parameters = new HttpRequestReader(set).Read(match!, exchange.Query, exchange.Body);
        var violations = SpecValidator.Validate(set, match!.Method, parameters);
        Assert.Equal(exchange.Violations, violations.Select(static v => $"{v.RuleId} {v.Path}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Answer_has_the_form_that_the_spec_gives_it(string name)
    {
        var exchange = Exchange.Load(name);
        var set = Sets[exchange.Api];
        if (exchange.Answer is null)
            return;

        var violations = SpecValidator.ValidateResponse(set, set.FindMethod(exchange.Method, exchange.Api)!, exchange.Answer);
        Assert.Equal([], violations.Select(static v => $"{v.RuleId} {v.Path} {v.Message}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Refusal_has_the_code_that_the_rule_names(string name)
    {
        var exchange = Exchange.Load(name);
        if (exchange.Api != "vibecode" || exchange.Status < 400 || exchange.Violations.Count == 0)
            return;

        var set = Sets[exchange.Api];
        var match = HttpRouteTable.Create(set, exchange.Api).Find(exchange.Verb, exchange.Path)!;
        var violations = SpecValidator.Validate(set, match.Method, new HttpRequestReader(set).Read(match, exchange.Query, exchange.Body));
        var error = (JsonObject)((JsonObject)exchange.Answer!).Find("error")!.Value;
        Assert.Equal(((JsonString)error.Find("code")!.Value).Value, violations[0].Code);
    }
}

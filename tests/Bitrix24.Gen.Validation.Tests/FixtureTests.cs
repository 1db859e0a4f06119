using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

public class FixtureTests
{
    public static TheoryData<string> RequestIds => [.. FixtureData.Requests.Select(r => r.Id)];

    public static TheoryData<string> MutationIds => [.. FixtureData.Mutations.Select(m => m.Id)];

    public static TheoryData<string> ResponseIds => [.. FixtureData.Responses.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(RequestIds))]
    public void Documented_requests_break_no_rule(string id)
    {
        var request = FixtureData.Request(id);

        Assert.Empty(Validate(request.Method, request.Params));
    }

    [Theory]
    [MemberData(nameof(MutationIds))]
    public void Mistakes_are_named_in_the_order_of_the_server(string id)
    {
        var mutation = FixtureData.Mutation(id);

        var found = Validate(mutation.Method, mutation.Params);

        Assert.Equal(
            mutation.Expected.Select(static v => (v.Rule, v.Path, v.Code)),
            found.Select(static v => (v.RuleId, v.Path, v.Code)));
        foreach (var (expected, violation) in mutation.Expected.Zip(found).Where(static p => p.First.Message is not null))
            Assert.Equal(expected.Message, violation.Message);
    }

    [Theory]
    [MemberData(nameof(MutationIds))]
    public void Codes_that_rules_raise_are_among_those_that_the_method_names(string id)
    {
        var mutation = FixtureData.Mutation(id);
        var named = PackagedSpecs.Method(mutation.Method).Errors.Select(static e => e.Code).ToHashSet();

        Assert.All(mutation.Expected.Where(static v => v.Code is not null), v => Assert.Contains(v.Code!, named));
    }

    [Theory]
    [MemberData(nameof(ResponseIds))]
    public void Documented_answers_fit_the_spec(string id)
    {
        var response = FixtureData.Responses.Single(r => r.Id == id);

        Assert.Empty(SpecValidator.ValidateResponse(PackagedSpecs.Set, PackagedSpecs.Method(response.Method), PackagedSpecs.Json(response.Body)));
    }

    [Fact]
    public void Documented_errors_fit_the_spec()
    {
        foreach (var error in FixtureData.Errors)
            Assert.Empty(SpecValidator.ValidateResponse(PackagedSpecs.Set, PackagedSpecs.Method(error.Method), PackagedSpecs.Json(error.Body)));
    }

    [Theory]
    [InlineData("biconnector.connector", 6)]
    [InlineData("biconnector.source", 6)]
    [InlineData("biconnector.dataset", 7)]
    [InlineData("landing.repowidget", 4)]
    [InlineData("landing.landing.favoriteBlock", 1)]
    public void Every_method_has_requests_answers_and_mistakes(string prefix, int count)
    {
        var methods = PackagedSpecs.Set.MethodNames().Where(name => (name + ".").StartsWith(prefix + ".", StringComparison.Ordinal)).ToList();

        Assert.Equal(count, methods.Count);
        Assert.All(methods, name =>
        {
            Assert.Contains(FixtureData.Requests, r => r.Method == name);
            Assert.Contains(FixtureData.Responses, r => r.Method == name);
            Assert.Contains(FixtureData.Mutations, m => m.Method == name);
        });
    }

    private static IReadOnlyList<SpecViolation> Validate(string method, string parameters) =>
        SpecValidator.ValidateCall(PackagedSpecs.Set, "bitrix24", method, PackagedSpecs.Json(parameters));
}

using System.Buffers;
using System.Text.Json;
using Bitrix24.Gen.Specs;
using Bitrix24.V3.Main;
using Bitrix24.V3.Tasks;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace Bitrix24.Gen.RestV3.Tests;

public class FilterTests
{
    [Fact]
    public void Conditions_are_triples_in_a_list()
    {
        Assert.Equal("""[["id",">",1000]]""", Written(t => t.Id > 1000));
        Assert.Equal(
            """[["guid","=","x"],["id","in",[1,2]],["id","between",[3,9]],["deadline",">=","2026-01-01"]]""",
            Written(t => t.Guid == "x" & t.Id.In(1, 2) & t.Id.Between(3, 9) & t.Deadline >= new DateOnly(2026, 1, 1)));
        Assert.Equal("""[["id","=",null],["guid","!=","x"]]""", Written(t => t.Id == null & t.Guid != "x"));
    }

    [Fact]
    public void Groups_say_how_they_are_joined_and_whether_they_are_meant_negatively()
    {
        Assert.Equal(
            """[["guid","=","x"],{"logic":"or","conditions":[["id","=",1],{"logic":"and","conditions":[["id",">",5],["id","<",9]]}]}]""",
            Written(t => t.Guid == "x" & t.Any(t.Id == 1, t.Id > 5 & t.Id < 9)));
        Assert.Equal(
            """[{"logic":"and","conditions":[["id","=",1]],"negative":true},{"logic":"or","conditions":[["id","=",2],["id","=",3]],"negative":true}]""",
            Written(t => t.Not(t.Id == 1) & t.Not(t.Any(t.Id == 2, t.Id == 3))));
        Assert.Equal("""[{"logic":"or","conditions":[["id","=",2]]}]""", Written(t => t.Not(t.Not(t.Any(t.Id == 2)))));
    }

    [Fact]
    public void Second_condition_on_the_same_field_is_not_dropped_silently() =>
        // b24jssdk#483: two parts of a filter met in one object, and one condition was lost.
        Assert.Equal("""[["id",">",1],["id",">",5]]""", Written(t => t.Id > 1 & t.Id > 5));

    [Fact]
    public void Raw_conditions_are_written_in_the_words_of_this_version()
    {
        Assert.Equal(
            """[["ufX",">=",5],["ufX","in",["a"]],["ufX","!=",1],{"logic":"and","conditions":[["ufX","in",["b"]]],"negative":true}]""",
            Written(_ => Filter.All(Filter.Raw(">=ufX", 5), Filter.Raw("@ufX", ["a"]), Filter.Raw("!ufX", 1), Filter.Raw("!@ufX", ["b"]))));
        Assert.Contains("'%'", Assert.Throws<InvalidOperationException>(() => Written(_ => Filter.Raw("%ufX", "a"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_operator_that_compiles_is_one_of_the_profile_and_the_other_way_round()
    {
        var moment = DateTimeOffset.UnixEpoch;
        var written = Written(t =>
            t.Id == 1 & t.Id != 1 & t.Id > 1 & t.Id >= 1 & t.Id < 1 & t.Id <= 1 & t.Id.In(1) & t.Id.Between(1, 2)
            & t.Guid == "x" & t.Guid != "x" & t.Guid.In("x") & t.Deadline.Between(moment, moment));
        var operators = JsonNode.Parse(written)!.AsArray().Select(static c => c![1]!.GetValue<string>()).Distinct();

        Assert.Equal(
            V3Specs.Set.Profile("bitrix24-v3").FilterOperators.Select(static o => o.Prefix).Order(StringComparer.Ordinal),
            operators.Order(StringComparer.Ordinal));
        Assert.Empty(new TaskListRequest { Filter = new TaskFilter().Id.In(1) & new TaskFilter().Id.Between(1, 2) }.Validate());
    }

    [Fact]
    public void Filter_of_the_older_version_does_not_understand_negation()
    {
        var request = new BiConnector.DatasetListRequest { Filter = Filter.Not(new BiConnector.DatasetFilter().Id == 1) };

        Assert.Throws<InvalidOperationException>(() => request.Validate());
    }

    [Fact]
    public async Task Raw_calls_of_this_version_are_checked_before_they_are_sent()
    {
        using var portal = new Portal(Bitrix24Credentials.Webhook("https://portal.example/rest/1/secret/"));

        var refused = await Assert.ThrowsAsync<Bitrix24ValidationException>(() =>
            portal.CallAsync("v3/tasks.task.list", """{ "filter": { ">id": 5 }, "select": ["responsible.stageId"] }"""));

        Assert.Equal(
            [
                ("B24112", "select[0]", "BITRIX_REST_V3_EXCEPTION_UNKNOWNDTOPROPERTYEXCEPTION"),
                ("B24111", "filter", "BITRIX_REST_V3_EXCEPTION_INVALIDFILTEREXCEPTION"),
            ],
            refused.Violations.Select(static v => (v.Rule, v.Path, v.Code)));
    }

    [Fact]
    public void Sorting_goes_by_fields_that_sort()
    {
        var request = new EventLogListRequest().With(q => q.OrderByDescending(e => e.Id).OrderBy(e => e.UserId).Select(e => e.Id, e => e.Description));

        Assert.Equal("""{"select":["id","description"],"order":{"id":"DESC","userId":"ASC"}}""", Json(request)[..^1].Split(",\"pagination\"")[0] + "}");
    }

    private static string Written(Func<TaskFilter, Filter> filter) =>
        JsonDocument.Parse(Json(new TaskListRequest { Filter = filter(default) })).RootElement.GetProperty("filter").GetRawText();

    private static string Json(IBitrix24Request request)
    {
        var buffer = new ArrayBufferWriter<byte>();
        request.WriteParameters(buffer);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

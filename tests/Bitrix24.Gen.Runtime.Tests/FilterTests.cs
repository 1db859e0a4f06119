using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class FilterTests
{
    [Fact]
    public void Second_condition_on_the_same_key_is_not_dropped_silently()
    {
        // b24jssdk#483: two parts of a filter met in one object, and one condition was lost.
        Assert.Equal("""{">id":1,"0":{">id":5}}""", Written(d => d.Id > 1 & d.Id > 5));
        Assert.Equal("""{">id":1,"<id":5}""", Written(d => d.Id > 1 & d.Id < 5));
        Assert.Equal("""{">id":1}""", Written(d => d.Id > 1 & d.Id > 1));

        var e = Assert.Throws<InvalidOperationException>(() => WrittenWithoutLogic(d => d.Id > 1 & d.Id > 5));
        Assert.Contains("'>id'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Conditions_of_which_one_is_enough_become_a_group()
    {
        Assert.Equal(
            """{"logic":"OR","0":{"=id":1},"1":{"%name":"x"}}""",
            Written(d => d.Any(d.Id == 1, d.Name.Contains("x"))));
        Assert.Equal(
            """{"<id":9,"0":{"logic":"OR","0":{"=id":1},"1":{">id":3,"<id":5}}}""",
            Written(d => d.Id < 9 & d.Any(d.Id == 1, d.Id > 3 & d.Id < 5)));
        Assert.Throws<InvalidOperationException>(() => WrittenWithoutLogic(d => d.Any(d.Id == 1, d.Id == 2)));
    }

    [Fact]
    public void Negation_is_the_opposite_condition()
    {
        Assert.Equal("""{"!=%name":"a%","<=id":5,"!@id":[1,2]}""", Written(d => !d.Name.Like("a%") & !(d.Id > 5) & !d.Id.In(1, 2)));
        Assert.Equal("""{"=name":"a"}""", Written(d => !(d.Name != "a")));
        Assert.Equal("""{"logic":"OR","0":{"<=id":1},"1":{"!%name":"x"}}""", Written(d => !(d.Id > 1 & d.Name.Contains("x"))));
        Assert.Equal("""{"<=id":1,"!%name":"x"}""", Written(d => !d.Any(d.Id > 1, d.Name.Contains("x"))));
        Assert.Throws<InvalidOperationException>(() => WrittenWithoutLogic(d => !(d.Id > 1 & d.Name.Contains("x"))));
    }

    [Fact]
    public void Truth_value_is_a_condition_by_itself()
    {
        var (open, closed) = (new BoolField("open"), new BoolField("closed"));

        Assert.Equal("""{"=open":true}""", Written(_ => open));
        Assert.Equal("""{"=open":true,"=closed":false,">id":1}""", Written(d => open & !closed & d.Id > 1));
        Assert.Equal("""{"=open":true,"=closed":true}""", Written(_ => open & closed));
    }

    [Fact]
    public void Values_take_the_form_of_their_field()
    {
        Assert.Equal("""{"@id":[1,2]}""", Written(d => d.Id.In(1, 2)));
        Assert.Equal("""{"!=name":"x"}""", Written(d => d.Name != "x"));
        Assert.Equal("""{"=description":null}""", Written(d => d.Description == null));
        Assert.Equal(
            """{">=dateCreate":"2025-03-21 07:30:00"}""",
            Written(d => d.DateCreate >= new DateTimeOffset(2025, 3, 21, 10, 30, 0, TimeSpan.FromHours(3))));
        Assert.Equal("""{"<dateCreate":"2025-03-21"}""", Written(d => d.DateCreate < new DateOnly(2025, 3, 21)));
        Assert.Equal("""{">=UF_X":5}""", Written(_ => Filter.Raw(">=UF_X", 5)));
        Assert.Equal("""{"@UF_X":["a"]}""", Written(_ => Filter.Raw("@UF_X", ["a"])));
    }

    [Fact]
    public void Query_adds_to_the_request_it_is_given()
    {
        var request = new DatasetListRequest { Filter = new DatasetFilter().Id > 1, Select = [new DatasetSelect().Id] };

        Assert.Equal(
            """{"select":["id","name"],"filter":{">id":1,"=name":"x"}}""",
            Json.Of(request.With(q => q.Where(d => d.Name == "x").Select(d => d.Name))));
    }

    [Fact]
    public void Sorting_twice_by_a_field_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => Json.Of(new DatasetListRequest { Order = [new("id"), new OrderField("id").Descending] }));

    private static string Written(Func<DatasetFilter, Filter> filter) =>
        Json.Of(new DatasetListRequest().With(q => q.Where(filter)))["{\"filter\":".Length..^1];

    private static void WrittenWithoutLogic(Func<DatasetFilter, Filter> filter)
    {
        using var buffer = new PooledBuffer();
        using var writer = new System.Text.Json.Utf8JsonWriter(buffer);
        FilterWriter.Write(writer, filter(default), new("filter", Infrastructure.ValueKind.Object));
    }
}

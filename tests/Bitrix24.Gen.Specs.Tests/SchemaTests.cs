namespace Bitrix24.Gen.Specs.Tests;

public class SchemaTests
{
    private static readonly JsonObject Definitions =
        (JsonObject)((JsonObject)JsonReader.Read(Spec.SchemaText).Root!).Find("$defs")!.Value;

    public static TheoryData<string> Tables => new(SpecKeys.All.Select(static t => t.Name));

    [Theory]
    [MemberData(nameof(Tables))]
    public void Schema_and_reader_know_the_same_keys(string table)
    {
        var definition = (JsonObject)Definitions.Find(table)!.Value;
        var keys = ((JsonObject)definition.Find("properties")!.Value).Properties.Select(static p => p.Name);

        Assert.Equal(SpecKeys.All.Single(t => t.Name == table).Keys.Order(), keys.Order());
        Assert.Equal("false", definition.Find("additionalProperties")!.Value.ToJsonText());
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void The_page_about_the_format_names_every_key(string table)
    {
        var page = Spec.FormatPage;

        Assert.All(
            SpecKeys.All.Single(t => t.Name == table).Keys,
            key => Assert.True(page.Contains($"`{key}`", StringComparison.Ordinal) || page.Contains($"\"{key}\"", StringComparison.Ordinal), key));
    }

    [Theory]
    [InlineData("field", "as", typeof(View))]
    [InlineData("field", "in", typeof(ParameterLocation))]
    [InlineData("method", "operation", typeof(Operation))]
    [InlineData("method", "paging", typeof(Paging))]
    [InlineData("method", "idempotency", typeof(Idempotency))]
    [InlineData("method", "access", typeof(Access))]
    public void Schema_and_model_know_the_same_words(string table, string key, Type words)
    {
        var property = (JsonObject)((JsonObject)((JsonObject)Definitions.Find(table)!.Value).Find("properties")!.Value).Find(key)!.Value;
        var listed = ((JsonArray)property.Find("enum")!.Value).Items.Select(static i => ((JsonString)i).Value);

        Assert.Equal(Enum.GetNames(words).Select(static n => char.ToLowerInvariant(n[0]) + n[1..]).Order(), listed.Order());
    }

    [Fact]
    public void Every_reference_of_the_schema_leads_somewhere()
    {
        var names = Definitions.Properties.Select(static p => p.Name).ToHashSet();

        Assert.All(References(Definitions), name => Assert.Contains(name, names));
    }

    private static IEnumerable<string> References(JsonNode node) => node switch
    {
        JsonObject value => value.Properties.SelectMany(static p =>
            p is { Name: "$ref", Value: JsonString target } ? [target.Value["#/$defs/".Length..]] : References(p.Value)),
        JsonArray value => value.Items.SelectMany(References),
        _ => [],
    };
}

using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Specs.Tests;

public partial class SchemaTests
{
    // Rows of that section which explain values of a key: of "as" and of "server".
    private static readonly string[] FieldValues =
    [
        .. Enum.GetNames<View>().Select(static n => char.ToLowerInvariant(n[0]) + n[1..]),
        "autoIncrement", "createdAt", "updatedAt", "createdBy", "updatedBy", "appCode", "const", "template", "parent", "param", "field", "record", "join",
    ];

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

    /// <summary>A key is explained where somebody looks for it, and no row explains a key that the reader refuses.</summary>
    [Theory]
    [InlineData("Top level", "file")]
    [InlineData("Types", "objectType")]
    [InlineData("Fields and parameters", "field")]
    [InlineData("Methods", "method")]
    [InlineData("Profile", "profile")]
    [InlineData("What a portal sends", "event", "placement", "callback", "payload", "callbackFailure")]
    [InlineData("Templates", "entity", "template")]
    public void Each_section_of_the_page_explains_the_keys_of_its_objects(string heading, params string[] tables)
    {
        var section = Section(heading);
        var keys = SpecKeys.All.Where(t => tables.Contains(t.Name)).SelectMany(static t => t.Keys).Where(static k => k != "comment").ToHashSet();
        var rows = section.Split('\n')
            .Where(static l => l.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(static l => Word().Matches(l.Split('|')[1]).Select(static m => m.Groups[1].Value))
            .Except(heading == "Fields and parameters" ? FieldValues : []);

        Assert.All(keys, key => Assert.True(section.Contains($"`{key}`", StringComparison.Ordinal) || section.Contains($"\"{key}\"", StringComparison.Ordinal), $"{key} is not explained"));
        Assert.All(rows, row => Assert.True(keys.Contains(row), $"{row} is no key"));
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

    private static string Section(string heading)
    {
        var start = Spec.FormatPage.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"no section {heading}");
        var end = Spec.FormatPage.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return Spec.FormatPage[start..(end < 0 ? Spec.FormatPage.Length : end)];
    }

    [GeneratedRegex(@"`([A-Za-z]+)", RegexOptions.None, 1000)]
    private static partial Regex Word();

    private static IEnumerable<string> References(JsonNode node) => node switch
    {
        JsonObject value => value.Properties.SelectMany(static p =>
            p is { Name: "$ref", Value: JsonString target } ? [target.Value["#/$defs/".Length..]] : References(p.Value)),
        JsonArray value => value.Items.SelectMany(References),
        _ => [],
    };
}

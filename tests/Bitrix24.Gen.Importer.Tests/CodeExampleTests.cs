using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>Calls in JavaScript and PHP examples are evidence as requests are: read as far as they are literal.</summary>
public class CodeExampleTests
{
    private const string Table = "#|\n|| **Name**\n`type` | **Description** ||\n|| **id***\n[`integer`](t.md) | Id ||\n|| **label**\n[`string`](t.md) | Label ||\n|#";

    private static RequestExample Only(string language, string code) =>
        Assert.Single(CodeRequests.Read(DocPage.Read("a.md", $"# Work on a Box shop.box.add\n\n## Code Examples\n\n```{language}\n{code}\n```\n")));

    private static Docs Import(string code) => Docs.Page(Table, """{"id": 1}""", after: $"## More\n\n```js\n{code}\n```\n");

    [Theory]
    [InlineData("js", "BX24.callMethod('shop.box.add', { id: 1, 'label': \"A\", list: [1, -2.5, true, null,], }, (r) => {});")]
    [InlineData("js", "const r = await $b24.callMethod<number>(\n  \"shop.box.add\", // add\n  {id: 1, label: `A`, /* all */ list: [1, -2.5, true, null]});")]
    [InlineData("ts", "await $b24.actions.v2.call.make<{ item: Item<number> }>({ method: 'shop.box.add', params: { id: 1, label: 'A', list: [1, -2.5, true, null] }, requestId: id() })")]
    [InlineData("php", "$result = CRest::call('shop.box.add', ['id' => 1, 'label' => 'A', 'list' => [1, -2.5, TRUE, null]]);")]
    [InlineData("php", "$r = $b24Service->core->call('shop.box.add', array(\"id\" => 1, # one\n\"label\" => 'A', 'list' => array(1, -2.5, true, null)));")]
    public void A_literal_is_read_as_it_stands(string language, string code)
    {
        var request = Only(language, code);

        Assert.Equal("shop.box.add", request.Method);
        Assert.Equal("""{"id":1,"label":"A","list":[1,-2.5,true,null]}""", request.Parameters!.ToJsonText());
    }

    [Theory]
    [InlineData("js", "BX24.callMethod('shop.box.add', { id: boxId, label: 'A' + name, when: now.toISOString({ a: [1] }), text: `x ${y}`, short, ok: 1 });", "id label when text short")]
    [InlineData("php", "CRest::call('shop.box.add', ['id' => $id, 'label' => 'A' . $name, 'when' => date('c', 5), 'text' => \"x $y\", 'ok' => 1]);", "id label when text")]
    public void What_only_the_program_knows_is_unknown(string language, string code, string unknown)
    {
        var parameters = Only(language, code).Parameters!;

        Assert.Equal(unknown, string.Join(' ', parameters.Properties.Where(static p => p.Value is JsonUnknown).Select(static p => p.Name)));
        Assert.IsType<JsonNumber>(parameters.Find("ok")!.Value);
        Assert.False(parameters.Partial);
    }

    [Theory]
    [InlineData("js", "BX24.callMethod('shop.box.add', { ...rest, [key]: 1, label: 'A' });")]
    [InlineData("php", "CRest::call('shop.box.add', [$key => 1, 'label' => 'A']);")]
    public void A_spread_or_a_computed_key_leaves_the_object_open(string language, string code)
    {
        var parameters = Only(language, code).Parameters!;

        Assert.True(parameters.Partial);
        Assert.Equal("label", Assert.Single(parameters.Properties).Name);
    }

    [Theory]
    [InlineData("BX24.callMethod('shop.box.add', params, cb);")]
    [InlineData("BX24.callMethod('shop.box.add', { id: 1")]
    [InlineData("BX24.callMethod('shop.box.add', { id: ) ; ] }")]
    [InlineData("BX24.callMethod('shop.box.add', { 'id")]
    [InlineData("actions.v2.call.make<{")]
    public void Code_without_a_whole_literal_gives_no_request(string code) =>
        Assert.Empty(CodeRequests.Read(DocPage.Read("a.md", $"# Box shop.box.add\n\n```js\n{code}\n```\n")));

    [Fact]
    public void A_name_that_only_code_gives_is_known_and_takes_any_value()
    {
        var docs = Import("BX24.callMethod('shop.box.add', { id: 1, colour: 'RED' });");

        Assert.True(docs.Parameter("colour").Guessed);
        Assert.Empty(SpecValidator.ValidateCall(docs.Set, "bitrix24", "shop.box.add", JsonReader.Read("""{"id": 1, "colour": 5}""").Root));
    }

    [Fact]
    public void An_object_of_which_the_page_says_nothing_stays_any_object()
    {
        var table = Table.Replace("|#", "|| **settings**\n[`object`](t.md) | Settings ||\n|#", StringComparison.Ordinal);
        static string Code(string settings) => $"## More\n\n```js\nBX24.callMethod('shop.box.add', {{ id: 1{settings} }});\n```\n";
        var plain = Docs.Page(table, """{"id": 1}""", after: Code(""));
        var shown = Docs.Page(table, """{"id": 1}""", after: Code(", settings: { lang: 'en', size: 5 }"));

        Assert.Equal(plain.Parameter("settings"), shown.Parameter("settings"));
        Assert.Empty(SpecValidator.ValidateCall(shown.Set, "bitrix24", "shop.box.add", JsonReader.Read("""{"id": 1, "settings": {"other": []}}""").Root));
    }

    [Fact]
    public void A_star_that_a_code_example_lacks_is_dropped_but_not_for_a_spread()
    {
        Assert.False(Import("BX24.callMethod('shop.box.add', { label: 'A' });").Parameter("id").Required);
        Assert.True(Import("BX24.callMethod('shop.box.add', { ...box, label: 'A' });").Parameter("id").Required);
        Assert.True(Import("BX24.callMethod('shop.box.add', { id: boxId, label: 'A' });").Parameter("id").Required);
    }

    [Fact]
    public void A_type_that_code_contradicts_warns_at_most_and_keeps_its_csharp_type()
    {
        var docs = Import("BX24.callMethod('shop.box.add', { id: true });");

        Assert.Equal(("long", "type"), (docs.Parameter("id").Type.ToString(), Assert.Single(docs.Parameter("id").Weak)));
        Assert.All(ExampleCheck.Run(docs.Set, docs.Result.Methods), static e => Assert.False(e.Fails));
    }

    [Fact]
    public void Mangled_code_ends_in_bounded_time()
    {
        const string Code = "BX24.callMethod('shop.box.add', { id: 1, 'a': [1, {b: `c`}], ...d, [e]: f(g, h => { i }), j });\nCRest::call('shop.box.add', ['a' => array(1), $b => \"c$d\"]);";
        const string Marks = "{}[]()'\"`,:;=>.#/*\\$ \n";
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var text = Code.ToCharArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                text[random.Next(text.Length)] = Marks[random.Next(Marks.Length)];
            foreach (var language in new[] { "js", "php" })
                _ = CodeRequests.Read(DocPage.Read("a.md", $"# Box shop.box.add\n\n~~~{language}\n{new string(text)}\n~~~\n\n```{language}\n{new string(text).Replace('`', '\'')}\n```\n"));
        }
    }
}

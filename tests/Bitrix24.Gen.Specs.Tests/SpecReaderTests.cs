namespace Bitrix24.Gen.Specs.Tests;

public class SpecReaderTests
{
    [Fact]
    public void Every_packaged_file_is_without_a_fault()
    {
        var documents = Spec.Packaged.Select(static f => SpecReader.Read(f.Path, f.Text)).ToArray();

        Assert.NotEmpty(documents);
        Assert.Equal("", Spec.Show(Spec.Problems(documents)));
    }

    [Theory]
    [InlineData("", "B24001", "")]
    [InlineData("[]", "B24001", "")]
    [InlineData("""{ "api": "bitrix24", }""", "B24001", "")]
    [InlineData("{}", "B24002", "")]
    [InlineData("""{ "api": 1 }""", "B24002", "/api")]
    [InlineData("""{ "api": "bitrx24" }""", "B24002", "/api")]
    [InlineData("""{ "api": "bitrix24", "type": {} }""", "B24002", "/type")]
    [InlineData("""{ "api": "bitrix24", "profile": {} }""", "B24002", "/profile")]
    [InlineData("""{ "api": "bitrix24", "scope": "" }""", "B24002", "/scope")]
    [InlineData("""{ "api": "bitrix24", "scope": "a", "scope": "b" }""", "B24004", "/scope")]
    [InlineData("""{ "api": "bitrix24", "failure": { "envelope": "reslt" } }""", "B24002", "/failure/envelope")]
    [InlineData("""{ "api": "bitrix24", "failure": { "status": 20 } }""", "B24005", "/failure/status")]
    [InlineData("""{ "api": "bitrix24", "types": { "int": { "fields": {} } } }""", "B24004", "/types/int")]
    [InlineData("""{ "api": "bitrix24", "types": { "a b": { "fields": {} } } }""", "B24002", "/types/a b")]
    [InlineData("""{ "api": "bitrix24", "types": { "T": {} } }""", "B24002", "/types/T")]
    [InlineData("""{ "api": "bitrix24", "types": { "T": { "type": "string", "fields": {} } } }""", "B24004", "/types/T/type")]
    [InlineData("""{ "api": "bitrix24", "types": { "T": { "fields": {} }, "T": { "fields": {} } } }""", "B24004", "/types/T")]
    [InlineData("""{ "api": "bitrix24", "methods": { "other.add": {} } }""", "B24002", "/methods/other.add")]
    [InlineData("""{ "api": "bitrix24", "methods": { "demo.itemize": {} } }""", "B24002", "/methods/demo.itemize")]
    [InlineData("""{ "api": "bitrix24", "methods": { "demo.item.a b": {} } }""", "B24002", "/methods/demo.item.a b")]
    [InlineData("""{ "api": "bitrix24", "methods": { "demo.item.add": {}, "demo.item.ADD": {} } }""", "B24004", "/methods/demo.item.ADD")]
    [InlineData("""{ "api": "bitrix24", "comment": 5 }""", "B24002", "/comment")]
    public void Faults_of_a_file_are_found(string text, string id, string pointer) =>
        AssertFound(SpecReader.Read(Spec.Path, text), id, pointer);

    [Theory]
    [InlineData(""" "a": 5 """, "B24002", "/a")]
    [InlineData(""" "a": {} """, "B24002", "/a")]
    [InlineData(""" "": { "type": "int" } """, "B24002", "/")]
    [InlineData(""" "a/b~c": { "typ": "int" } """, "B24002", "/a~1b~0c/typ")]
    [InlineData(""" "a": { "type": "int[" } """, "B24003", "/a/type")]
    [InlineData(""" "a": { "type": "int", "fields": {} } """, "B24004", "/a/fields")]
    [InlineData(""" "a": { "type": "int", "required": "yes" } """, "B24002", "/a/required")]
    [InlineData(""" "a": { "type": "int", "as": "updat" } """, "B24002", "/a/as")]
    [InlineData(""" "a": { "type": "string", "maxLength": 1.5 } """, "B24002", "/a/maxLength")]
    [InlineData(""" "a": { "type": "string", "maxLength": -1 } """, "B24005", "/a/maxLength")]
    [InlineData(""" "a": { "type": "string", "minLength": 3, "maxLength": 2 } """, "B24005", "/a/minLength")]
    [InlineData(""" "a": { "type": "int", "min": 3, "max": 2 } """, "B24005", "/a/min")]
    [InlineData(""" "a": { "type": "int[]", "minItems": 3, "maxItems": 2 } """, "B24005", "/a/minItems")]
    [InlineData(""" "a": { "type": "int", "pattern": "^1$" } """, "B24005", "/a/pattern")]
    [InlineData(""" "a": { "type": "string", "max": 5 } """, "B24005", "/a/max")]
    [InlineData(""" "a": { "type": "bool", "maxLength": 5 } """, "B24005", "/a/maxLength")]
    [InlineData(""" "a": { "type": "string", "uniqueBy": ["b"] } """, "B24005", "/a/uniqueBy")]
    [InlineData(""" "a": { "type": "string", "minItems": 5 } """, "B24005", "/a/minItems")]
    [InlineData(""" "a": { "type": "string", "enum": ["x", "y"], "default": "z" } """, "B24005", "/a/default")]
    [InlineData(""" "a": { "type": "int", "default": "1" } """, "B24005", "/a/default")]
    [InlineData(""" "a": { "type": "int", "min": 3, "default": 1 } """, "B24005", "/a/default")]
    [InlineData(""" "a": { "type": "int[]", "default": [1, "b"] } """, "B24005", "/a/default")]
    [InlineData(""" "a": { "type": "string", "maxLength": 2, "default": "abc" } """, "B24005", "/a/default")]
    [InlineData(""" "a": { "type": "int", "enum": [1, "x"] } """, "B24005", "/a/enum")]
    [InlineData(""" "a": { "type": "string", "enum": [] } """, "B24002", "/a/enum")]
    [InlineData(""" "a": { "type": "string", "enum": ["x", {}] } """, "B24002", "/a/enum/1")]
    [InlineData(""" "a": { "type": "string", "enum": ["x", "x"] } """, "B24004", "/a/enum/1")]
    [InlineData(""" "a": { "type": "string", "pattern": "[" } """, "B24005", "/a/pattern")]
    [InlineData(""" "a": { "type": "string", "server": "autoincrement" } """, "B24005", "/a/server")]
    [InlineData(""" "a": { "type": "string", "server": "join:x:y" } """, "B24005", "/a/server")]
    [InlineData(""" "a": { "type": "string", "csharp": "my-name" } """, "B24002", "/a/csharp")]
    [InlineData(""" "a": { "type": "string", "errors": { "patern": "X" } } """, "B24005", "/a/errors/patern")]
    [InlineData(""" "a": { "type": "string", "errors": { "pattern": 5 } } """, "B24002", "/a/errors/pattern")]
    [InlineData(""" "a": { "type": "string", "errors": { "pattern": { "message": "x" } } } """, "B24002", "/a/errors/pattern")]
    [InlineData(""" "a": { "type": "string", "requiredIf": { "values": [1] } } """, "B24002", "/a/requiredIf")]
    [InlineData(""" "a": { "type": "string", "requiredIf": { "field": "b" } } """, "B24003", "/a/requiredIf")]
    [InlineData(""" "a": { "type": "string", "oneOf": ["b"] } """, "B24003", "/a/oneOf")]
    [InlineData(""" "a": { "type": "int", "references": "int" } """, "B24003", "/a/references")]
    [InlineData(""" "a": { "type": "string", "required": true, "default": "x" } """, "B24006", "/a/default")]
    [InlineData(""" "a": { "type": "string", "readOnly": true, "default": "x" } """, "B24006", "/a/default")]
    [InlineData(""" "b": { "type": "int" }, "a": { "type": "int", "required": true, "oneOf": ["b"] } """, "B24006", "/a/oneOf")]
    [InlineData(""" "b": { "type": "int" }, "a": { "type": "int", "readOnly": true, "requiredIf": { "field": "b" } } """, "B24006", "/a/requiredIf")]
    [InlineData(""" "a": { "type": "json", "logic": true } """, "B24006", "/a/logic")]
    [InlineData(""" "a": { "type": "json", "in": "query" } """, "B24006", "/a/in")]
    [InlineData(""" "a": { "type": "json", "list": true } """, "B24006", "/a/list")]
    public void Faults_of_fields_are_found(string fields, string id, string pointer) =>
        AssertFound(Spec.ReadFields(fields), id, "/types/T/fields" + pointer);

    [Theory]
    [InlineData(""" "operation": "create" """, "B24002", "/operation")]
    [InlineData(""" "paging": "pages" """, "B24002", "/paging")]
    [InlineData(""" "auth": ["webhok"] """, "B24002", "/auth")]
    [InlineData(""" "auth": [] """, "B24002", "/auth")]
    [InlineData(""" "order": ["fields.name.patern"] """, "B24005", "/order")]
    [InlineData(""" "http": "get /v1" """, "B24005", "/http")]
    [InlineData(""" "http": "GET v1" """, "B24005", "/http")]
    [InlineData(""" "http": "GET /v1/{id}" """, "B24005", "/http")]
    [InlineData(""" "http": "GET /v1/{id" """, "B24005", "/http")]
    [InlineData(""" "http": "GET /v1", "params": { "id": { "type": "int", "in": "path" } } """, "B24005", "/http")]
    [InlineData(""" "result": "T" """, "B24002", "/result")]
    [InlineData(""" "result": { "at": "item" } """, "B24002", "/result")]
    [InlineData(""" "result": { "type": "T", "nulable": true } """, "B24002", "/result/nulable")]
    [InlineData(""" "errors": "X" """, "B24002", "/errors")]
    [InlineData(""" "errors": { "X": 5 } """, "B24002", "/errors/X")]
    [InlineData(""" "errors": { "X": { "status": 1000 } } """, "B24005", "/errors/X/status")]
    [InlineData(""" "errors": { "X": [] } """, "B24002", "/errors/X")]
    [InlineData(""" "of": "int" """, "B24003", "/of")]
    [InlineData(""" "replacement": "demo.item.do" """, "B24006", "/replacement")]
    [InlineData(""" "pageSize": 10 """, "B24006", "/pageSize")]
    [InlineData(""" "items": "x" """, "B24006", "/items")]
    [InlineData(""" "positional": true, "openParams": true """, "B24006", "/openParams")]
    [InlineData(""" "params": { "a": { "type": "int", "readOnly": true } } """, "B24006", "/params/a/readOnly")]
    public void Faults_of_methods_are_found(string members, string id, string pointer) =>
        AssertFound(Spec.ReadMethod(members), id, "/methods/demo.item.do" + pointer);

    [Theory]
    [InlineData(""" "filterOperators": { "!": "noteEquals" } """, "B24002", "/profile/filterOperators/!")]
    [InlineData(""" "envelope": {} """, "B24002", "/profile/envelope")]
    [InlineData(""" "envelope": { "style": "soap" } """, "B24002", "/profile/envelope/style")]
    [InlineData(""" "rateLimits": { "a": { "capacity": 1 } } """, "B24002", "/profile/rateLimits/a")]
    [InlineData(""" "rateLimits": { "a": { "capacity": 1, "perSecond": 0 } } """, "B24005", "/profile/rateLimits/a/perSecond")]
    [InlineData(""" "rateLimits": { "a": { "requests": 1 } } """, "B24002", "/profile/rateLimits/a")]
    [InlineData(""" "rateLimits": { "a": { "requests": 1, "seconds": 0 } } """, "B24005", "/profile/rateLimits/a/seconds")]
    [InlineData(""" "rateLimits": { "a": { "requests": 1, "seconds": 1, "capacity": 1 } } """, "B24005", "/profile/rateLimits/a/capacity")]
    [InlineData(""" "naming": { "crm": "crm" } """, "B24002", "/profile/naming/crm")]
    [InlineData(""" "orderForms": ["text"] """, "B24002", "/profile/orderForms")]
    [InlineData(""" "pageSize": 0 """, "B24005", "/profile/pageSize")]
    public void Faults_of_profiles_are_found(string members, string id, string pointer) =>
        AssertFound(Spec.Read("\"profile\": {" + members + "}", "specs/bitrix24/api.b24.json"), id, pointer);

    [Theory]
    [InlineData(""" "a": { "type": "int", "reqired": true } """, "required")]
    [InlineData(""" "a": { "type": "int", "as": "updat" } """, "update")]
    [InlineData(""" "a": { "type": "string", "server": "autoincrement" } """, "autoIncrement")]
    [InlineData(""" "a": { "type": "string", "errors": { "patern": "X" } } """, "pattern")]
    [InlineData(""" "ab": { "type": "int" }, "b": { "type": "int", "oneOf": ["abc"] } """, "ab")]
    public void What_was_probably_meant_is_offered(string fields, string expected)
    {
        var diagnostic = Assert.Single(Spec.ReadFields(fields).Diagnostics);

        Assert.Contains($"Did you mean \"{expected}\"?", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_member_is_dropped_and_the_rest_is_kept()
    {
        var document = Spec.ReadFields("""
            "bad": { "type": "int[" },
            "good": { "type": "string", "pattern": "(?=x)", "maxLength": 5, "nonsense": 1 }
            """);

        Assert.Equal(3, document.Diagnostics.Count);
        var field = Assert.Single(Assert.Single(document.File!.Types).Fields);
        Assert.Equal(("good", null, 5), (field.Name, field.Pattern, field.MaxLength));
    }

    [Fact]
    public void A_diagnostic_names_place_pointer_and_severity()
    {
        var document = SpecReader.Read(Spec.Path, "{\n  \"api\": \"bitrix24\",\n  \"typs\": {}\n}");

        var diagnostic = Assert.Single(document.Diagnostics);
        Assert.Equal(("B24002", RuleSeverity.Error, Spec.Path, "/typs"), (diagnostic.Id, diagnostic.Severity, diagnostic.Path, diagnostic.Pointer));
        Assert.Equal(new TextRange(25, 6, 2, 2, 2, 8), diagnostic.Range);
        Assert.Equal("/typs: a spec file has no key \"typs\". Did you mean \"types\"?", diagnostic.Message);
        Assert.Equal(document.Locate("/typs"), diagnostic.Range);
    }

    [Fact]
    public void Data_may_be_called_like_keys()
    {
        var document = Spec.ReadFields("""
            "comment": { "type": "string", "comment": "A field of that name." }, "fields": { "type": "int" }, "type": { "type": "int" }
            """);

        Assert.Empty(document.Diagnostics);
        Assert.Equal(["comment", "fields", "type"], document.File!.Types[0].Fields.Select(static f => f.Name));
    }

    [Fact]
    public void Hostile_text_cannot_break_messages()
    {
        var document = Spec.ReadFields("\"a\": { \"type\": \"int\", \"\\n\\u001b[31m\\ud800" + new string('x', 1000) + "\": 1 }");

        var diagnostic = Assert.Single(document.Diagnostics);
        Assert.DoesNotContain(diagnostic.Message, char.IsControl);
        Assert.True(diagnostic.Message.Length < 1000);
    }

    [Theory]
    [InlineData("crm.deal.b24.json")]
    [InlineData("biconnector.dataset.b24.json")]
    [InlineData("event.b24.json")]
    [InlineData("api.b24.json")]
    public void Message_of_any_spec_is_one_line_that_shows_what_it_is(string file)
    {
        var (path, text) = Spec.Packaged.First(f => f.Path.EndsWith("/" + file, StringComparison.Ordinal));
        // Every string of the file, one after the other, names and values alike; long files at 200 places.
        var strings = System.Text.RegularExpressions.Regex.Matches(text, "\"[^\"\\\\]*\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
        var messages = 0;
        foreach (var match in strings.Where((_, i) => i % Math.Max(1, strings.Count / 200) == 0))
        {
            var hostile = $"{text[..match.Index]}\"{HostileText.Json}\"{text[(match.Index + match.Length)..]}";
            foreach (var diagnostic in Spec.Problems(SpecReader.Read(path, hostile)))
            {
                messages++;
                Assert.True(HostileText.IsClean(diagnostic.Message), diagnostic.Message);
                Assert.DoesNotContain("\n", diagnostic.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(messages, 20, int.MaxValue);
    }

    private static void AssertFound(SpecDocument document, string id, string pointer)
    {
        var diagnostic = document.Diagnostics.FirstOrDefault(d => d.Id == id && d.Pointer == pointer);

        Assert.True(diagnostic is not null, Spec.Show(document.Diagnostics));
        Assert.Equal(RuleIds.SeverityOf(id), diagnostic.Severity);
        Assert.InRange(diagnostic.Range.End, diagnostic.Range.Start, document.Text.Length);
    }
}

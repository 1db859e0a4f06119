using System.Globalization;

namespace Bitrix24.Gen.Specs.Tests;

/// <summary>Makes valid spec texts that use every key there is; one seed, one text.</summary>
internal sealed class SpecGenerator(int seed)
{
    private static readonly string[] Hostile = ["class", "2fa", "a\"b", "*/", "</summary>", "line\nbreak", "é😀", "UF_CRM_1", "a.b", "{x}", "x/y~z"];

    private readonly Random _random = new(seed);
    private int _depth;

    public string File(bool profile) => "{ \"api\": \"bitrix24\""
        + Some("scope", Quote("demo")) + Some("docs", Quote("https://example.com")) + Some("comment", Quote("c"))
        + Some("queryCase", Quote(Pick("exact", "any", "free"))) + Some("failure", """{ "envelope": "result", "status": 200 }""")
        + Some("messages", """{ "A": "a", "B": { "message": "b", "status": 404 }, "C": ["c1", "c2"] }""")
        + Member("types", Map(["One", "Two", "Three"], TypeOf))
        + (profile ? Member("profile", Profile()) : "")
        + Member("methods", Map([profile ? "api.do" : "demo.item.do", profile ? "api.get" : "demo.item.get"], _ => Method()))
        + Some("events", Map(["ONDEMOADD", "ON_DEMO:2"], Event)) + Some("placements", Map(["DEMO_TAB", "DEMO_{id}_TAB"], _ => Placement())) + Some("callbacks", Map(["demo.item.urlA", "x"], _ => Callback()))
        + " }";

    private string Event(string code) => "{ \"docs\": \"d\"" + (code == "ONDEMOADD" ? Some("name", Quote("onDemoAdd")) : "") + Some("scope", Quote("demo")) + Some("csharp", Quote("E" + _random.Next(1000)))
        + Some("description", Quote(Word())) + Some("deprecated", "true") + Some("data", Payload()) + " }";

    private string Placement() => "{ \"docs\": \"d\"" + Some("scope", Quote("demo")) + Some("csharp", Quote("P" + _random.Next(1000)))
        + Some("description", Quote(Word())) + Some("deprecated", "true") + Some("options", Payload()) + Some("bindOptions", Payload()) + " }";

    private string Callback() => "{ \"docs\": \"d\"" + Some("csharp", Quote("C" + _random.Next(1000))) + Some("description", Quote(Word())) + Some("of", Quote("One"))
        + Some("field", Quote("f")) + Some("timeout", "250") + Some("request", Payload()) + Some("result", """{ "type": "Two[]", "nullable": true }""") + " }";

    private string Payload() => Pick("""{ "type": "One" }""", """{ "type": "map<json>" }""", "{ \"fields\": " + Fields() + Some("list", Bool()) + Some("open", Bool()) + " }");

    private string TypeOf(string name) => name == "Three"
        ? $$"""{ "type": {{Quote(Pick("string", "int", "int[]"))}}{{Some("csharp", Quote("Third"))}}{{Some("docs", Quote("d"))}}{{Some("description", Quote(Word()))}}{{Some("errors", RuleErrors())}} }"""
        : $$"""{ "fields": {{Fields()}}{{Some("open", "true")}}{{Some("undescribed", "true")}}{{Some("docs", Quote("d"))}}{{Some("csharp", Quote("Name" + name))}}{{Some("errors", RuleErrors())}}{{Some("description", Quote(Word()))}} }""";

    private string Fields()
    {
        _depth++;
        var names = Enumerable.Range(0, _random.Next(_depth > 3 ? 1 : 5)).Select(i => _random.Next(3) == 0 ? Hostile[_random.Next(Hostile.Length)] : "f" + i).Distinct();
        var fields = Map(names, _ => Field());
        _depth--;
        return fields;
    }

    private string Field()
    {
        var common = Some("nullable", Bool()) + Some("deprecated", Bool()) + Some("filterable", Bool()) + Some("sortable", Bool())
            + Some("selectable", Bool()) + Some("guessed", Bool()) + Some("answered", Bool()) + Some("aliases", "[\"a1\", \"A1\"]") + Some("weak", "[\"readOnly\", \"type\"]") + Some("hints", "[\"x\", \"y\"]") + Some("unique", Bool()) + Some("immutable", "false") + Some("csharp", Quote("C" + _random.Next(1000)))
            + Some("description", Quote(Word())) + Some("use", Quote("demo.item.get")) + Some("references", Quote("One"))
            + Some("server", Quote(Pick("autoIncrement", "const:X", "template:rest_{a}", "join:a.b:c:d"))) + Some("errors", RuleErrors());
        var kind = _random.Next(8);
        return "{ " + (kind switch
        {
            0 => "\"type\": \"string\"" + Some("pattern", Quote("^[a-z\\\\]+$")) + Some("minLength", "1") + Some("maxLength", "30") + Some("enum", """["x", "y"]""") + Some("default", Quote("x")),
            1 => "\"type\": \"int\"" + Some("min", "-1.50") + Some("max", "7e2") + Some("enum", "[1, -2, 0]"),
            2 => "\"type\": " + Quote(Pick("One[]", "demo.other/X[]", "map<Two>")) + Some("minItems", "1") + Some("maxItems", "5") + Some("uniqueBy", """["a", "b"]"""),
            3 => "\"type\": " + Quote(Pick("datetime", "date")) + Some("format", Quote("yyyy-MM-dd")) + Some("required", "true"),
            4 => "\"type\": " + Quote(Pick("int|string", "(int|One)[]", "json", "yn", "file", "decimal", "long", "bool", "double")) + Some("readOnly", "true"),
            5 => "\"fields\": " + Fields() + Some("list", Bool()) + Some("open", Bool()) + Some("undescribed", Bool()),
            6 => "\"type\": \"int\", \"multiple\": true",
            _ => "\"type\": \"One\"" + Some("as", Quote(Pick("read", "create", "update", "filter", "select", "order"))) + Some("default", """{ "a": [1, null, "x"] }"""),
        }) + common + " }";
    }

    private string Method() => "{ \"operation\": " + Quote(Pick("action", "add", "get", "list", "update", "delete", "count"))
        + Some("scope", Quote("other")) + Some("docs", Quote("d")) + Some("csharp", Quote("M" + _random.Next(1000))) + Some("description", Quote(Word()))
        + Some("access", Quote(Pick("user", "administrator", "sectionAdministrator", "permission", "participant", "application"))) + Some("auth", Pick("""["application"]""", """["webhook"]""", """["webhook", "application"]""")) + Some("batchable", Bool())
        + Some("idempotency", Quote(Pick("read", "safe", "unsafe"))) + Some("of", Quote("One")) + Some("verify", Quote("a.b"))
        + Some("paging", Quote(Pick("none", "start", "page", "offset", "cursor", "link", "limit")))
        + Some("errors", Pick("""["A", "C", "Z"]""", """{ "A": "other", "B": {}, "D": { "status": 403 }, "E": ["e1", { "message": "e2", "status": 500 }] }"""))
        + Some("ruleErrors", RuleErrors()) + Some("order", """["fields.name.pattern", "a.uniqueBy.x", "*.required", "verify"]""")
        + (_random.Next(2) == 0 ? Member(Pick("deprecated", "superseded"), "true") + Some("replacement", Quote("demo.item.get")) : "")
        + (_random.Next(2) == 0 ? Some("http", Quote("PATCH /v1/things")) : Some("positional", "true"))
        + Member("params", $$"""{ "id": { "type": "int"{{Some("required", "true")}} }, "q": { "type": "One", "as": "filter"{{Some("logic", "true")}}{{Some("in", Quote(Pick("query", "header", "body", "content")))}} }, "o": { "fields": {{Fields()}}{{Some("oneOf", """["id"]""")}}{{Some("requiredIf", """{ "field": "id", "values": [1, "x", null] }""")}} } }""")
        + Some("result", _random.Next(2) == 0 ? """{ "type": "Two[]", "at": "a.b", "nullable": true }""" : "{ \"fields\": " + Fields() + Some("list", Bool()) + " }")
        + " }";

    private string Profile() => """{ "envelope": { "style": "bitrix24", "result": "result" }""" + Some("title", Quote(Word())) + Some("docs", Quote("d"))
        + Some("nameCase", Quote(Pick("exact", "any", "free"))) + Some("modules", """{ "demo": { "nameCase": "free", "queryCase": "free" }, "api.do": { "positional": true } }""")
        + Some("filterOperators", """{ "": "equals", "!": "notEquals" }""") + Some("filterKeys", """{ "$gte": "greaterOrEqual" }""")
        + Some("orderDirections", """["ASC", "DESC"]""") + Some("orderForms", """["object", "string"]""") + Some("commonParams", """["auth"]""")
        + Some("pageSize", "10") + Some("batchLimit", "20") + Some("rateLimits", """{ "a": { "capacity": 5, "perSecond": 0.50 }, "b": { "requests": 60, "seconds": 60, "path": "/v1/search" } }""")
        + Some("naming", """{ "crm": "CRM" }""") + Some("errors", """{ "X": { "message": "m", "status": 500 }, "Y": "y" }""") + Some("ruleErrors", RuleErrors()) + " }";

    private string RuleErrors() => Pick(
        """{ "pattern": "BAD" }""", """{ "*.required": { "code": "0", "message": "{field} is missing" }, "uniqueBy.x": "U" }""", "{}");

    private string Word() => Hostile[_random.Next(Hostile.Length)];

    private string Bool() => _random.Next(2) == 0 ? "true" : "false";

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private string Some(string key, string value) => _random.Next(3) == 0 ? Member(key, value) : "";

    private static string Member(string key, string value) => string.Create(CultureInfo.InvariantCulture, $", \"{key}\": {value}");

    private static string Map(IEnumerable<string> names, Func<string, string> value) =>
        "{ " + string.Join(", ", names.Select(n => Quote(n) + ": " + value(n))) + " }";

    private static string Quote(string text) => new JsonString(default, text).ToJsonText();
}

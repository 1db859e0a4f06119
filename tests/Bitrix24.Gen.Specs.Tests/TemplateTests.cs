namespace Bitrix24.Gen.Specs.Tests;

public class TemplateTests
{
    private const string Profile = """
        "profile": { "envelope": { "style": "vibeCode" } },
        "types": { "Sum": { "fields": { "total": { "type": "int" } } } },
        "templates": { "entity": { "methods": {
          "{entity}.get": { "operation": "get", "http": "GET /v1/{path}/{id}", "params": { "id": { "type": "int", "min": 1 } }, "result": { "type": "{Type}" } },
          "{entity}.list": { "operation": "list", "http": "GET /v1/{path}", "result": { "fields": { "items": { "type": "{Type}[]" }, "sum": { "type": "api/Sum" } } } } } } }
        """;

    private static readonly SpecDocument Api = Spec.Read(Profile, "specs/bitrix24/api.b24.json");

    [Fact]
    public void Entities_get_the_methods_of_their_template()
    {
        var deals = Deals(""" "entities": { "deals": { "template": "entity", "type": "Deal", "path": "crm/deals" } } """);
        var set = SpecSet.Create([Api, deals]);

        Assert.Equal("", Spec.Show(Spec.Problems(Api, deals)));
        Assert.Equal(["deals.get", "deals.list"], set.MethodNames());
        var get = set.FindMethod("deals.get")!;
        Assert.Equal(("GET", "/v1/crm/deals/{id}", "deals"), (get.Http!.Verb, get.Http.Path, get.File));
        Assert.Equal(ParameterLocation.Path, get.Params[0].In);
        Assert.Equal("Deal", set.ResolveType(get.Result!.Type)!.Name);
        var list = set.ResolveType(set.FindMethod("deals.list")!.Result!.Type)!;
        Assert.Equal(["deals/Deal[]", "api/Sum"], list.Fields.Select(static f => f.Type.ToString()));
    }

    [Fact]
    public void A_method_of_the_file_changes_the_one_of_the_template()
    {
        var deals = Deals("""
            "entities": { "deals": { "template": "entity", "type": "Deal", "params": { "lang": { "type": "string" } }, "except": ["list"] } },
            "methods": { "deals.get": { "params": { "id": { "min": null, "max": 9 } }, "deprecated": true } }
            """);
        var set = SpecSet.Create([Api, deals]);

        Assert.Equal("", Spec.Show(Spec.Problems(Api, deals)));
        Assert.Equal(["deals.get"], set.MethodNames());
        var get = set.FindMethod("deals.get")!;
        Assert.True(get.Deprecated);
        Assert.Equal(["lang", "id"], get.Params.Select(static p => p.Name));
        Assert.Equal((null, 9m, ParameterLocation.Query), (get.Params[1].Min, get.Params[1].Max, get.Params[0].In));
    }

    [Fact]
    public void An_unknown_template_is_reported_with_the_nearest()
    {
        var deals = Deals(""" "entities": { "deals": { "template": "entty", "type": "Deal" } } """);

        var diagnostic = Assert.Single(Spec.Problems(Api, deals));
        Assert.Equal((RuleIds.SpecReference, "/entities/deals/template"), (diagnostic.Id, diagnostic.Pointer));
        Assert.Contains("\"entity\"", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_resolve_in_an_expanded_method_is_reported_at_its_entity()
    {
        var deals = Deals(""" "entities": { "deals": { "template": "entity", "type": "Dael", "except": ["list"] } } """);

        var diagnostic = Assert.Single(Spec.Problems(Api, deals));
        Assert.Equal((RuleIds.SpecReference, deals.Path, "/entities/deals"), (diagnostic.Id, diagnostic.Path, diagnostic.Pointer));
    }

    [Fact]
    public void A_fault_of_a_template_is_reported_once_in_the_profile()
    {
        var api = Spec.Read(Profile.Replace("\"min\"", "\"mni\"", StringComparison.Ordinal), "specs/bitrix24/api.b24.json");
        var deals = Deals(""" "entities": { "deals": { "template": "entity", "type": "Deal" } } """);

        var diagnostic = Assert.Single(Spec.Problems(api, deals));
        Assert.Equal((api.Path, "/templates/entity/methods/{entity}.get/params/id/mni"), (diagnostic.Path, diagnostic.Pointer));
    }

    [Fact]
    public void Entities_cannot_grow_a_file_beyond_measure()
    {
        var methods = string.Join(",", Enumerable.Range(0, 300).Select(static i => $"\"{{entity}}.m{i}\": {{ \"params\": {{ \"{{Type}}\": {{ \"type\": \"{{Type}}\" }} }} }}"));
        var api = Spec.Read("\"profile\": {}, \"templates\": { \"t\": { \"methods\": {" + methods + "} } }", "specs/bitrix24/api.b24.json");
        var entities = string.Join(",", Enumerable.Range(0, 3000).Select(static i => $"\"deals.e{i}\": {{ \"template\": \"t\", \"type\": \"int\" }}"));
        var deals = Spec.Read("\"entities\": {" + entities + "}", "specs/bitrix24/deals.b24.json");
        var set = SpecSet.Create([api, deals]);

        Assert.InRange(set.MethodNames().Count, 300, 100_000);
        Assert.Contains(set.Diagnostics, static d => d.Id == RuleIds.SpecRule);
    }

    [Fact]
    public void Templates_belong_to_the_profile() =>
        Assert.Equal("/templates", Assert.Single(Spec.Read(""" "templates": {} """).Diagnostics).Pointer);

    private static SpecDocument Deals(string members) => Spec.Read(
        """ "types": { "Deal": { "fields": { "id": { "type": "int" } } } }, """ + members, "specs/bitrix24/deals.b24.json");
}

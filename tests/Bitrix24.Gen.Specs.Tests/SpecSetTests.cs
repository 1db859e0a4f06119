using System.Runtime.CompilerServices;

namespace Bitrix24.Gen.Specs.Tests;

public class SpecSetTests
{
    private const string Source = """
        "types": { "Source": { "fields": { "id": { "type": "int" } } }, "Code": { "type": "string", "maxLength": 9 } }
        """;

    [Fact]
    public void Types_resolve_within_a_file_and_across_files()
    {
        var set = SpecSet.Create(
        [
            Spec.Read("""
                "types": { "Item": { "fields": { "source": { "type": "demo.source/Source" }, "all": { "type": "map<Item[]>|int" } } } }
                """),
            Spec.Read(Source, "specs/bitrix24/demo.source.b24.json"),
        ]);

        Assert.Equal("", Spec.Show(set.Diagnostics));
        var item = Assert.Single(set.FindFile("demo.item")!.Types);
        Assert.Equal("Source", set.ResolveType(item.Fields[0].Type)!.Name);
        Assert.Equal("map<demo.item/Item[]>|int", item.Fields[1].Type.ToString());
    }

    [Theory]
    [InlineData(""" "type": "Sourc" """, "Did you mean \"Source\"?", "type")]
    [InlineData(""" "type": "integer" """, "Did you mean \"int\"?", "type")]
    [InlineData(""" "type": "Code" """, "Did you mean \"demo.source/Code\"?", "type")]
    [InlineData(""" "type": "demo.sourc/Source" """, "Did you mean \"demo.source\"?", "type")]
    [InlineData(""" "type": "demo.source/Sorce[]" """, "Did you mean \"Source\"?", "type")]
    [InlineData(""" "type": "int", "references": "Sourc" """, "Did you mean \"Source\"?", "references")]
    [InlineData(""" "type": "int", "use": "demo.item.gett" """, "Did you mean \"demo.item.get\"?", "use")]
    [InlineData(""" "type": "Source[]", "uniqueBy": ["idd"] """, "Did you mean \"id\"?", "uniqueBy")]
    public void A_name_that_does_not_resolve_is_reported_where_it_stands_and_dropped_unless_it_is_a_methods(string field, string hint, string key)
    {
        var document = Spec.Read($$"""
            "types": { "Source": { "fields": { "id": { "type": "int" } } }, "Item": { "fields": { "a": { {{field}} } } } },
            "methods": { "demo.item.get": {} }
            """);
        var set = SpecSet.Create([document, Spec.Read(Source, "specs/bitrix24/demo.source.b24.json")]);

        var diagnostic = Assert.Single(set.Diagnostics, static d => d.Id == RuleIds.SpecReference);
        Assert.Contains(hint, diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal("/types/Item/fields/a/" + key, diagnostic.Pointer);
        Assert.Equal($"\"{key}\"", Spec.Pointed(document, diagnostic));
        var bound = set.FindFile("demo.item")!.Types[1].Fields[0];
        Assert.Null(bound.References);
        Assert.Equal(key == "use" ? "demo.item.gett" : null, bound.Use);
        Assert.Empty(bound.UniqueBy);
        if (key == "type")
            Assert.DoesNotContain("Sourc", bound.Type.ToString().Replace("Source", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Views_are_of_objects_only()
    {
        var document = Spec.ReadMethod(""" "params": { "a": { "type": "int[]", "as": "create" }, "b": { "type": "T[]", "as": "create" } } """);

        var diagnostic = Assert.Single(SpecSet.Create([document]).Diagnostics);
        Assert.Equal((RuleIds.SpecRule, "/methods/demo.item.do/params/a/as"), (diagnostic.Id, diagnostic.Pointer));
    }

    [Fact]
    public void A_scalar_type_cannot_be_made_of_itself()
    {
        var document = Spec.Read(""" "types": { "A": { "type": "B[]" }, "B": { "type": "map<A>|int" }, "C": { "type": "D" }, "D": { "type": "int" } } """);
        var set = SpecSet.Create([document]);

        Assert.Equal(["/types/A/type", "/types/B/type"], set.Diagnostics.Select(static d => d.Pointer));
        Assert.All(set.Files[0].Types.Take(2), static t => Assert.Equal(TypeKind.Json, t.Scalar!.Type.Kind));
    }

    [Fact]
    public void Inline_objects_become_types_named_from_where_they_stand()
    {
        var document = Spec.Read("""
            "types": { "Item": { "fields": {
              "meta": { "fields": { "inner": { "list": true, "open": true, "fields": { "x": { "type": "int" } } } } } } } },
            "methods": { "demo.item.add": {
              "params": { "options": { "fields": { "y": { "type": "int" } } } },
              "result": { "fields": { "id": { "type": "int" } } } } }
            """);
        var set = SpecSet.Create([document]);

        Assert.Equal("", Spec.Show(Spec.Problems(document)));
        var file = set.FindFile("demo.item")!;
        Assert.Equal(["Item", "ItemMetaInner", "ItemMeta", "ItemAddOptions", "ItemAddResult"], file.Types.Select(static t => t.Name));
        Assert.Equal([false, true, true, true, true], file.Types.Select(static t => t.Inline));
        Assert.True(file.Types[1].Open);
        Assert.Equal("ItemMetaInner", set.ResolveType(file.Types[2].Fields[0].Type.Element!)!.Name);
        Assert.Equal("ItemAddResult", set.ResolveType(set.FindMethod("DEMO.ITEM.ADD")!.Result!.Type)!.Name);
    }

    [Fact]
    public void An_inline_object_steps_aside_for_a_named_type()
    {
        var file = Spec.Read("""
            "types": { "Item": { "fields": { "meta": { "fields": { "a": { "type": "int" } } } } }, "ItemMeta": { "fields": {} } }
            """).File!;

        Assert.Equal(["Item", "ItemMeta", "ItemMeta2"], file.Types.Select(static t => t.Name));
        Assert.Equal("ItemMeta2", file.Types[0].Fields[0].Type.Name);
    }

    [Fact]
    public void Naming_hints_reach_the_names_of_inline_objects()
    {
        var api = Spec.Read(""" "profile": { "naming": { "repowidget": "RepoWidget", "metadata": "MetaData" } } """, "specs/bitrix24/api.b24.json");
        var widget = Spec.Read("""
            "methods": { "demo.repowidget.get": { "result": { "fields": { "metadata": { "fields": { "x_y": { "list": true, "fields": {} } } } } } } }
            """, "specs/bitrix24/demo.repowidget.b24.json");
        var types = SpecSet.Create([api, widget]).FindFile("demo.repowidget")!.Types;

        Assert.Equal(["RepoWidgetGetResultMetadataXY", "RepoWidgetGetResultMetadata", "RepoWidgetGetResult"], types.Select(static t => t.Name));
        Assert.Equal(["RepoWidgetXY", "RepoWidgetMetaData", "RepoWidgetGetResult"], types.Select(static t => t.CSharpName ?? t.Name));
    }

    [Fact]
    public void Problems_inside_inline_objects_are_reported_there()
    {
        var document = Spec.ReadFields(""" "a": { "fields": { "b": { "list": true, "fields": { "c": { "type": "Nowhere" } } } } } """);

        var diagnostic = Assert.Single(SpecSet.Create([document]).Diagnostics);
        Assert.Equal("/types/T/fields/a/fields/b/fields/c/type", diagnostic.Pointer);
    }

    [Fact]
    public void A_method_stands_in_one_file()
    {
        var other = Spec.Read(""" "methods": { "demo.item.get": {}, "demo.item.add": {} } """);
        var nested = Spec.Read(""" "methods": { "Demo.Item.Add": {} } """, "specs/bitrix24/demo.b24.json");
        var set = SpecSet.Create([other, nested]);

        var diagnostic = Assert.Single(set.Diagnostics);
        Assert.Equal((RuleIds.SpecConflict, other.Path, "/methods/demo.item.add"), (diagnostic.Id, diagnostic.Path, diagnostic.Pointer));
        Assert.Equal(["Demo.Item.Add", "demo.item.get"], set.MethodNames());
    }

    [Fact]
    public void Apis_do_not_see_each_other()
    {
        var set = SpecSet.Create(
        [
            SpecReader.Read("x/deals.b24.json", """{ "api": "one", "types": { "D": { "fields": {} } }, "methods": { "deals.get": {} } }"""),
            SpecReader.Read("y/deals.b24.json", """{ "api": "two", "types": { "E": { "fields": { "d": { "type": "D" } } } }, "methods": { "deals.get": {} } }"""),
        ]);

        Assert.Equal("/types/E/fields/d/type", Assert.Single(set.Diagnostics).Pointer);
        Assert.Null(set.FindMethod("deals.get"));
        Assert.Equal("two", set.FindMethod("deals.get", "two")!.Api);
        Assert.Equal(50, set.Profile("two").PageSize);
    }

    [Fact]
    public void A_document_names_the_files_it_refers_to()
    {
        var document = Spec.Read("""
            "types": { "A": { "fields": { "b": { "type": "map<x.b/B[]>|A" }, "c": { "type": "int", "references": "x.c/C" } } }, "S": { "type": "x.s/S" } },
            "methods": { "demo.item.get": { "of": "x.d/D", "result": { "type": "x.e/E[]" }, "params": { "p": { "type": "x.f/F" } } } },
            "entities": { "g": { "template": "t", "type": "x.g/G" } }
            """);

        Assert.Equal(["api", "x.b", "x.c", "x.d", "x.e", "x.f", "x.g", "x.s"], document.References);
    }

    [Theory]
    [InlineData(""" "types": { "T": { "fields": { "date_create": { "type": "int" }, "dateCreate": { "type": "int" } } } } """, "/types/T/fields/dateCreate")]
    [InlineData(""" "types": { "my_type": { "fields": {} }, "MyType": { "fields": {} } } """, "/types/MyType")]
    [InlineData(""" "methods": { "demo.item.a_b": {}, "demo.item.a-b": {} } """, "/methods/demo.item.a-b")]
    [InlineData(""" "methods": { "demo.item.do": { "params": { "x-y": { "type": "int" }, "x_y": { "type": "int" } } } } """, "/methods/demo.item.do/params/x_y")]
    public void Names_that_become_one_in_CSharp_are_reported(string members, string pointer)
    {
        var document = Spec.Read(members);

        var diagnostic = Assert.Single(SpecSet.Create([document]).Diagnostics);
        Assert.Equal((RuleIds.SpecName, pointer), (diagnostic.Id, diagnostic.Pointer));
    }

    [Fact]
    public void A_CSharp_name_keeps_two_names_apart()
    {
        var document = Spec.ReadFields(""" "date_create": { "type": "int", "csharp": "Created" }, "dateCreate": { "type": "int" } """);

        Assert.Equal("", Spec.Show(Spec.Problems(document)));
    }

    [Fact]
    public void Types_of_one_area_share_a_namespace()
    {
        var set = SpecSet.Create(
        [
            Spec.Read(""" "types": { "Item": { "fields": {} } } """),
            Spec.Read(""" "types": { "Item": { "fields": {} } } """, "specs/bitrix24/demo.other.b24.json"),
            Spec.Read(""" "types": { "Item": { "fields": {} } } """, "specs/bitrix24/else.b24.json"),
        ]);

        Assert.Equal("specs/bitrix24/demo.other.b24.json", Assert.Single(set.Diagnostics).Path);
    }

    [Fact]
    public void A_flood_of_faults_is_cut_off()
    {
        var fields = string.Join(",", Enumerable.Range(0, 5000).Select(static i => $"\"f{i}\": {{ \"type\": \"Nowhere{i}\", \"nonsense\": 1 }}"));
        var document = Spec.ReadFields(fields);
        var set = SpecSet.Create([document]);

        Assert.Equal(500, document.Diagnostics.Count);
        Assert.Equal(500, set.Diagnostics.Count);
        Assert.All(set.Files[0].Types[0].Fields, static f => Assert.Equal(TypeKind.Json, f.Type.Kind));
    }

    [Fact]
    public void The_order_of_documents_does_not_matter()
    {
        var documents = Spec.Packaged.Select(static f => SpecReader.Read(f.Path, f.Text)).ToList();
        var one = SpecSet.Create(documents);
        documents.Reverse();
        var other = SpecSet.Create(documents);

        Assert.Equal(one.Files, other.Files);
        Assert.Equal(one.Diagnostics, other.Diagnostics);
    }

    [Fact]
    public void Documents_do_not_keep_the_sets_that_were_made_of_them()
    {
        var document = Spec.ReadMethod(""" "params": { "fields": { "type": "T" } }, "result": { "type": "T" } """);
        var set = Lowered(document);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(set.IsAlive);
        GC.KeepAlive(document);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Lowered(SpecDocument document)
    {
        var set = SpecSet.Create([document]);
        Assert.NotEmpty(set.Contract.Method(set.FindMethod("demo.item.do")!).Parameters.Fields);
        foreach (var file in set.Files)
            Assert.All(file.Types, type => Assert.NotEmpty(set.Contract.Type(type, "bitrix24").Fields));
        return new(set);
    }
}

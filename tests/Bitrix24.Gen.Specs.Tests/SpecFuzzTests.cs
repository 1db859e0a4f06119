using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;
using Generate = FsCheck.Fluent.Gen;

namespace Bitrix24.Gen.Specs.Tests;

/// <summary>Whatever a spec file holds, reading it ends without an exception and what is wrong has a place in the text.</summary>
public class SpecFuzzTests(ITestOutputHelper output)
{
    private const int Mutations = 24_000;

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "false", "0", "-1", "1e999", "1.5", "\"\"", "{}", "[]", "\"type\"",
        "\"fields\"", "\"params\"", "\"int[]\"", "\"map<\"", "\"A|B\"", "\"overlay\": true,", "\"entities\": {},", "\uFEFF", "\ud800", "\0", "\\u0000",
        "\"(a+)+\"", "\"$schema\"", "\u2028", "\"comment\"", "\"profile\"", "\"templates\"", "\"errors\"", "999999999999999999999",
    ];

    [Fact]
    public void No_text_makes_reading_throw_and_every_fault_has_a_place()
    {
        var texts = Spec.Packaged.Where(static f => f.Text.Length < 20_000).ToList();
        for (var seed = 0; seed < 40; seed++)
            texts.Add((seed % 5 == 0 ? "specs/bitrix24/api.b24.json" : Spec.Path, new SpecGenerator(seed).File(profile: seed % 5 == 0)));
        texts.Add(("specs/bitrix24/deals.b24.json", """{ "api": "bitrix24", "entities": { "deals": { "template": "entity", "type": "T" } }, "types": { "T": { "fields": { "id": { "type": "int" } } } } }"""));
        texts.Add(("specs/bitrix24/api.b24.json", """{ "api": "bitrix24", "profile": {}, "templates": { "entity": { "methods": { "{entity}.get": { "http": "GET /{path}", "result": { "type": "{Type}" } } } } } }"""));

        var faulty = 0;
        ByteFuzz.Check(SpecPair.Of(texts), Mutations, seed: 20261121, pair =>
        {
            var mutated = pair.Mutated;
            var document = SpecReader.Read(pair.Path, mutated, user: pair.User);
            var second = SpecReader.Read(pair.Overlay ? pair.Path.Replace(".b24.", ".overlay.b24.", StringComparison.Ordinal) : "more/" + pair.OtherPath, pair.Other);
            var set = SpecSet.Create([document, second]);
            if (document.File is null)
                Assert.NotEmpty(document.Diagnostics);
            foreach (var diagnostic in document.Diagnostics)
                AssertPlaced(diagnostic, mutated);
            foreach (var diagnostic in set.Diagnostics)
                AssertPlaced(diagnostic, diagnostic.Path == pair.Path ? mutated : pair.Other);
            foreach (var file in set.Files)
                AssertResolved(set, file);
            faulty += document.Diagnostics.Count > 0 ? 1 : 0;
        });

        output.WriteLine($"{Mutations} mutations, {faulty} faulty");
        Assert.InRange(faulty, Mutations / 2, Mutations);
    }

    /// <summary>A file with changes in it, each made from a seed of its own, beside another file. A case that fails is shrunk to fewer changes.</summary>
    private sealed record SpecPair(string Path, string Text, int[] Changes, string OtherPath, string Other, bool User, bool Overlay)
    {
        public string Mutated => Changes.Aggregate(Text, static (text, seed) => Mutate(text, new Random(seed)));

        public static Arbitrary<SpecPair> Of(IReadOnlyList<(string Path, string Text)> texts) => Arb.From(
            from file in Generate.Elements<(string Path, string Text)>(texts)
            from count in Generate.Choose(1, 3)
            from changes in Generate.ArrayOf(Generate.Choose(0, int.MaxValue - 1), count)
            from other in Generate.Elements<(string Path, string Text)>(texts)
            from user in Generate.Frequency((1, Generate.Constant(true)), (6, Generate.Constant(false)))
            from overlay in Generate.Frequency((1, Generate.Constant(true)), (2, Generate.Constant(false)))
            select new SpecPair(file.Path, file.Text, changes, other.Path, other.Text, user, overlay),
            static failing => failing.Changes.Length == 1
                ? []
                : failing.Changes.Select((_, left) => failing with { Changes = [.. failing.Changes.Where((_, i) => i != left)] }));

        public override string ToString() => $"{Path}{(User ? " of the user" : "")}, beside {OtherPath}{(Overlay ? " as its overlay" : "")}:\n{Mutated}";
    }

    private static string Mutate(string text, Random random)
    {
        if (text.Length == 0)
            return Tokens[random.Next(Tokens.Length)];
        var at = random.Next(text.Length);
        switch (random.Next(8))
        {
            case 0: // a character becomes another
                return text[..at] + (char)random.Next(random.Next(4) == 0 ? 0x10000 : 0x7f) + text[(at + 1)..];
            case 1: // a stretch goes
                return text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at));
            case 2: // a token comes in
                return text.Insert(at, Tokens[random.Next(Tokens.Length)]);
            case 3: // the text ends early
                return text[..at];
            case 4: // a stretch stands twice
                var length = Math.Min(random.Next(1, 200), text.Length - at);
                return text.Insert(at, text.Substring(at, length));
            default:
                return JsonReader.Read(text).Root is { } root ? MutateValue(root, text, random) : text;
        }
    }

    /// <summary>Replaces one value by another value of the same text, or by a token, so that the text stays JSON.</summary>
    private static string MutateValue(JsonNode root, string text, Random random)
    {
        var values = new List<JsonNode>();
        var names = new List<TextRange>();
        Collect(root);
        if (names.Count > 0 && random.Next(3) == 0)
        {
            var name = names[random.Next(names.Count)];
            var other = names[random.Next(names.Count)];
            return new StringBuilder(text).Remove(name.Start, name.Length).Insert(name.Start, text.Substring(other.Start, other.Length)).ToString();
        }

        var value = values[random.Next(values.Count)].Range;
        var from = values[random.Next(values.Count)].Range;
        var replacement = random.Next(2) == 0 ? text.Substring(from.Start, from.Length) : Tokens[random.Next(8, 19)];
        return text.Length > 100_000 ? text : text.Remove(value.Start, value.Length).Insert(value.Start, replacement);

        void Collect(JsonNode node)
        {
            values.Add(node);
            if (node is JsonArray list)
            {
                foreach (var item in list.Items)
                    Collect(item);
            }
            else if (node is JsonObject map)
            {
                foreach (var property in map.Properties)
                {
                    names.Add(property.NameRange);
                    Collect(property.Value);
                }
            }
        }
    }

    private static void AssertPlaced(SpecDiagnostic diagnostic, string text)
    {
        Assert.NotEqual("", diagnostic.Message);
        Assert.NotEqual("", diagnostic.Path);
        Assert.InRange(diagnostic.Range.Start, 0, text.Length);
        Assert.InRange(diagnostic.Range.End, diagnostic.Range.Start, text.Length);
        Assert.InRange(diagnostic.Range.Line, 0, diagnostic.Range.EndLine);
        Assert.True(diagnostic.Range.Column >= 0);
    }

    /// <summary>A set is safe to build on: every type named in it is there.</summary>
    private static void AssertResolved(SpecSet set, SpecFile file)
    {
        foreach (var type in file.Types.SelectMany(static t => t.Fields).Concat(file.Methods.SelectMany(static m => m.Params)).Select(static f => f.Type)
            .Concat(file.Types.Where(static t => t.Scalar is not null).Select(static t => t.Scalar!.Type))
            .Concat(file.Methods.Where(static m => m.Result is not null).Select(static m => m.Result!.Type)))
        {
            AssertResolved(set, file.Api, type);
        }
    }

    private static void AssertResolved(SpecSet set, string api, TypeRef type)
    {
        Assert.NotEqual(TypeKind.Unstated, type.Kind);
        if (type.Kind == TypeKind.Named)
            Assert.NotNull(set.ResolveType(type, api));
        if (type.Element is not null)
            AssertResolved(set, api, type.Element);
        foreach (var alternative in type.Alternatives)
            AssertResolved(set, api, alternative);
    }
}

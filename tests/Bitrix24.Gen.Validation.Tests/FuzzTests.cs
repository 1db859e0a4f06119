using System.Text;
using Bitrix24.Gen.Fixtures;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

/// <summary>Whatever is sent, the validator answers.</summary>
public class FuzzTests
{
    private static readonly string[] Words =
    [
        "fields", "id", "name", "title", "settings", "filter", "select", "order", "page", "logic", "AND", "0", "1", "type", "code",
        "add", "update", "delete", "visible", "externalCode", "WIDGET_PARAMS", "lang", "meta", "section", ">=id", "%=name", "@sourceId",
        "", "*", "UF_1", "\ud83d", "a.b", "~", "auth", "ASC", "Y", "1e999", "-0", "\u0000",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_json_never_breaks_the_validator(int seed)
    {
        var random = new Random(seed);
        var methods = PackagedSpecs.Set.MethodNames().Select(PackagedSpecs.Method).ToArray();
        for (var i = 0; i < 5_000; i++)
        {
            var method = methods[random.Next(methods.Length)];
            var text = Json(random, 0);
            var json = PackagedSpecs.Json(text);

            AssertSound(SpecValidator.Validate(PackagedSpecs.Set, method, json), text);
            AssertSound(SpecValidator.ValidateResponse(PackagedSpecs.Set, method, json), text);
        }
    }

    [Fact]
    public void Requests_with_a_part_replaced_never_break_the_validator()
    {
        var random = new Random(5);
        foreach (var request in FixtureData.Requests.Concat(FixtureData.Mutations.Select(m => m.Base with { Params = m.Params })))
        {
            var method = PackagedSpecs.Method(request.Method);
            for (var i = 0; i < 40; i++)
            {
                var text = Mutate(random, PackagedSpecs.Json(request.Params), 0);
                AssertSound(SpecValidator.Validate(PackagedSpecs.Set, method, PackagedSpecs.Json(text)), text);
            }
        }
    }

    private static void AssertSound(IReadOnlyList<Violation> violations, string text)
    {
        foreach (var violation in violations)
        {
            Assert.NotNull(RuleCatalog.Find(violation.RuleId));
            Assert.NotEmpty(violation.Message);
            Assert.InRange(violation.Range.Start, 0, text.Length);
            Assert.InRange(violation.Range.Start + violation.Range.Length, violation.Range.Start, text.Length);
        }
    }

    private static string Json(Random random, int depth) => random.Next(depth > 5 ? 6 : 9) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(-3, 100).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => "1e" + new string('9', random.Next(1, 5)),
        4 or 5 => Text(random),
        6 => "[" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => Json(random, depth + 1))) + "]",
        _ => "{" + string.Join(",", Enumerable.Range(0, random.Next(6)).Select(_ => Text(random) + ":" + Json(random, depth + 1))) + "}",
    };

    private static string Mutate(Random random, JsonNode node, int depth)
    {
        if (random.Next(12) == 0)
            return Json(random, depth);
        switch (node)
        {
            case JsonObject members:
                var parts = members.Properties
                    .Where(_ => random.Next(15) != 0)
                    .Select(p => (random.Next(20) == 0 ? Text(random) : Text(p.Name)) + ":" + Mutate(random, p.Value, depth + 1));
                return "{" + string.Join(",", parts) + "}";
            case JsonArray list:
                return "[" + string.Join(",", list.Items.Select(item => Mutate(random, item, depth + 1))) + "]";
            default:
                return node.ToJsonText();
        }
    }

    private static string Text(Random random) => Text(Words[random.Next(Words.Length)]);

    private static string Text(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
            text.Append(c is '"' or '\\' or < ' ' or > '~' ? "\\u" + ((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture) : c.ToString());
        return text.Append('"').ToString();
    }
}

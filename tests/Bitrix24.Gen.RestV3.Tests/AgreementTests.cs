using System.Text.Json;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.RestV3.Tests;

/// <summary>One spec, enforced everywhere: the specs' validator and the generated code say the same of a filter.</summary>
public class AgreementTests
{
    private static readonly string[] Requests =
    [
        """{ "filter": [["id", ">", 5], ["title", "in", ["a", "b"]], ["id", "between", [1, 5]], { "logic": "or", "conditions": [["id", 1], ["responsible.name", "=", "x"]], "negative": true }] }""",
        """{ "filter": [["idd", "~", 5], ["id", "in", []], ["id", "between", [1]], { "logic": "xor" }], "select": ["id", "nothing", "responsible.nothing", "group.image.src"] }""",
        """{ "filter": { "0": ["id", "five"], "1": ["status", "new"] }, "order": { "id": "ASC", "x": "UP" }, "pagination": { "limit": 5, "page": "x" } }""",
        """{ "filter": [{ "conditions": [{ "conditions": [["group.id", "=", 1], ["group.x", "=", 1]] }, []] }, 5, null, "id"], "select": ["*"] }""",
    ];

    [Fact]
    public void Requests_are_the_same_to_both_however_they_are_changed()
    {
        var fuzz = new JsonFuzz(11);
        foreach (var request in Requests)
        {
            AssertAgree(request);
            for (var i = 0; i < 400; i++)
            {
                var changed = fuzz.Mutate(request);
                if (changed.StartsWith('{'))
                    AssertAgree(changed);
            }
        }
    }

    private static void AssertAgree(string parameters)
    {
        foreach (var method in new[] { "tasks.task.list", "main.eventlog.list", "main.eventlog.tail", "timeman.record.list" })
        {
            var expected = SpecValidator.Validate(V3Specs.Set, V3Specs.Set.FindMethod(method, V3Specs.Api)!, JsonReader.Read(parameters).Root)
                .Select(static v => (v.RuleId, v.Path, v.Code, v.Message));
            var actual = Generated(method, parameters).Select(static v => (v.Rule, v.Path, v.Code, v.Message));

            Assert.True(
                expected.SequenceEqual(actual),
                $"{method} {parameters}\nvalidator: {string.Join("; ", expected)}\ngenerated: {string.Join("; ", actual)}");
        }
    }

    private static IReadOnlyList<Violation> Generated(string method, string parameters)
    {
        using var portal = new Portal(Bitrix24Credentials.Webhook("https://portal.example/rest/1/secret/"));
        return new JsonRequest(portal.Method(method), parameters).Validate();
    }
}

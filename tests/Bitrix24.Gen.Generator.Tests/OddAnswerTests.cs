using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>Documented answers with odd values in place of theirs: nothing throws, every other value is read, and what its field cannot hold is kept.</summary>
[Collection(AnswerReading.Collection)]
public class OddAnswerTests(ITestOutputHelper output)
{
    // Places that are changed at once lie this far apart, so that what stands between them shows whether it is still read.
    private const int Stride = 3;

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("false")]
    [InlineData("[null]")]
    public Task Nothing(string odd) => ReadsAsync(odd, kept: null);

    [Theory]
    [InlineData("17.25")]
    [InlineData("-3000000001")]
    [InlineData("98765432109876543210")]
    [InlineData("1e300")]
    [InlineData("\"31415\"")]
    [InlineData("\"2,718,281\"")]
    [InlineData("\"yesterday at noon\"")]
    [InlineData("\"25/05/2024 14:30:00\"")]
    [InlineData("{\"unheardOf\":\"kept\"}")]
    [InlineData("[\"kept\"]")]
    public Task Something(string odd) => ReadsAsync(odd, JsonNode.Parse(odd) switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value => value.ToJsonString(),
        _ => "kept",
    });

    [Fact]
    public async Task Lists_as_objects_with_numbers_for_keys()
    {
        var lost = new List<string>();
        foreach (var (method, original) in Answers)
        {
            var body = (JsonObject)original.DeepClone();
            body["result"] = Keyed(body["result"]);
            var read = await AnswerReading.Shared.ReadAsync(method, body);
            lost.AddRange(AnswerReading.Leaves(body["result"]).Where(v => !read.Contains(v)).Select(v => $"{method}: {v}"));
        }

        Assert.True(lost.Count == 0, $"{lost.Count} lost:\n{string.Join("\n", lost.Take(40))}");
    }

    private static IEnumerable<(string Method, JsonObject Body)> Answers => AnswerReading.Shared.Answers.Where(static a => a.Body["result"] is JsonObject or JsonArray);

    private async Task ReadsAsync(string odd, string? kept)
    {
        var (changed, lost) = (0, new List<string>());
        foreach (var (method, original) in Answers)
        {
            var values = AnswerNodes.Descendants(original["result"]).OfType<JsonValue>().Count();
            for (var first = 0; first < Math.Min(Stride, values); first++)
            {
                var body = (JsonObject)original.DeepClone();
                var all = AnswerNodes.Descendants(body["result"]).OfType<JsonValue>().ToList();
                for (var i = first; i < all.Count; i += Stride, changed++)
                    all[i].ReplaceWith(JsonNode.Parse(odd));
                HashSet<string> read;
                try
                {
                    read = await AnswerReading.Shared.ReadAsync(method, body);
                }
                catch (Bitrix24Exception e)
                {
                    lost.Add($"{method}: {e.GetType().Name}: {e.Message}");
                    continue;
                }

                var others = all.Where((_, i) => i % Stride != first).Where(static v => v.GetValueKind() is JsonValueKind.String or JsonValueKind.Number);
                lost.AddRange(AnswerReading.Leaves(new JsonArray([.. others.Select(static v => v.DeepClone())])).Where(v => !read.Contains(v)).Select(v => $"{method}: {v}"));
                // A number, and a date of day and month, are moments where one is expected.
                var places = AnswerNodes.Descendants(original["result"]).OfType<JsonValue>().Where((_, i) => i % Stride == first).ToList();
                if (kept is not null && !read.Contains(kept) && !places.TrueForAll(AnswerReading.IsMoment))
                    lost.Add($"{method}: {kept} in place of {string.Join(", ", places.Take(3).Select(static v => v.GetPath()))}");
            }
        }

        output.WriteLine($"{changed} values replaced by {odd}, {lost.Count} lost.");
        Assert.True(changed > 10_000);
        Assert.True(lost.Count == 0, $"{lost.Count} lost:\n{string.Join("\n", lost.Take(60))}");
    }

    // PHP writes a list with gaps as an object.
    private static JsonNode? Keyed(JsonNode? node) => node switch
    {
        JsonArray { Count: > 0 } list => new JsonObject(list.Select(static (item, i) => KeyValuePair.Create((i * 3).ToString(CultureInfo.InvariantCulture), Keyed(item)))),
        JsonObject obj => new JsonObject(obj.Select(static p => KeyValuePair.Create(p.Key, Keyed(p.Value)))),
        _ => node?.DeepClone(),
    };
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>Every documented answer is read by its generated, compiled reader: nothing throws, nothing is lost.</summary>
[Collection(AnswerReading.Collection)]
public class DocumentedAnswerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EveryDocumentedAnswer_IsReadWithAllItsValues()
    {
        var (values, misfits, lost) = (0, new List<string>(), new List<string>());
        foreach (var (method, body) in AnswerReading.Shared.Answers)
        {
            var read = await AnswerReading.Shared.ReadAsync(method, body);
            var all = AnswerReading.Leaves(body["result"]).ToArray();
            values += all.Length;
            lost.AddRange(all.Where(v => !read.Contains(v)).Select(v => $"{method}: {v}"));
            if (await AnswerReading.Shared.MisfitAsync(method, body) is { } misfit)
                misfits.Add($"{method}: {misfit}");
        }

        output.WriteLine($"{AnswerReading.Shared.Answers.Count} answers of {AnswerReading.Shared.Requests} methods read, {values} values, {lost.Count} lost; {misfits.Count} answers hold a value of another form than the spec says.");
        foreach (var misfit in misfits)
            output.WriteLine("  " + misfit);
        Assert.True(AnswerReading.Shared.Answers.Count > 1_500);
        Assert.True(lost.Count == 0, string.Join("\n", lost.Take(40)));
        Assert.True(misfits.Count * 100 <= AnswerReading.Shared.Answers.Count, string.Join("\n", misfits.Take(40)));
    }

    [Fact]
    public async Task EveryNumberAFraction_IsReadWithAllItsValues()
    {
        var (numbers, lost) = (0, new List<string>());
        foreach (var (method, original) in AnswerReading.Shared.Answers.Where(static a => a.Body["result"] is JsonObject or JsonArray))
        {
            var body = Replaced(original, static v => v.GetValueKind() == JsonValueKind.Number, static v => JsonValue.Create(decimal.Parse(v.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) + 0.25m));
            var read = await AnswerReading.Shared.ReadAsync(method, body);
            var all = AnswerNodes.Descendants(body["result"]).OfType<JsonValue>().Where(static v => v.GetValueKind() == JsonValueKind.Number).Select(static v => v.ToJsonString()).ToArray();
            numbers += all.Length;
            lost.AddRange(all.Where(n => !read.Contains(n)).Select(n => $"{method}: {n}"));
        }

        output.WriteLine($"{numbers} fractions in place of numbers, {lost.Count} lost.");
        Assert.True(lost.Count == 0, string.Join("\n", lost.Take(40)));
    }

    [Fact]
    public async Task EveryDateAnOddOne_IsRead()
    {
        var dates = 0;
        foreach (var (method, original) in AnswerReading.Shared.Answers)
        {
            foreach (var odd in AnswerNodes.OddDates)
            {
                var body = Replaced(original, static v => AnswerReading.IsMoment(v), _ =>
                {
                    dates++;
                    return JsonValue.Create(odd);
                });
                await AnswerReading.Shared.ReadAsync(method, body, collect: false);
            }
        }

        output.WriteLine($"{dates} odd dates read.");
        Assert.True(dates > 3_000);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("false")]
    public async Task EveryObjectNothing_IsRead(string nothing)
    {
        var objects = 0;
        foreach (var (method, original) in AnswerReading.Shared.Answers)
        {
            for (var i = 0; i < AnswerNodes.Descendants(original["result"]).OfType<JsonObject>().Count(); i++, objects++)
            {
                var body = (JsonObject)original.DeepClone();
                AnswerNodes.Descendants(body["result"]).OfType<JsonObject>().ElementAt(i).ReplaceWith(JsonNode.Parse(nothing));
                await AnswerReading.Shared.ReadAsync(method, body, collect: false);
            }
        }

        output.WriteLine($"{objects} objects read as {nothing}.");
        Assert.True(objects > 3_000);
    }

    private static JsonObject Replaced(JsonObject body, Func<JsonValue, bool> where, Func<JsonValue, JsonNode?> with)
    {
        var copy = (JsonObject)body.DeepClone();
        foreach (var value in AnswerNodes.Descendants(copy["result"]).OfType<JsonValue>().Where(where).ToList())
            value.ReplaceWith(with(value));
        return copy;
    }
}

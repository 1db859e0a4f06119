using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>Answers that portals have really given, in their forms, are read whole.</summary>
[Collection(AnswerReading.Collection)]
public class RealAnswerTests(ITestOutputHelper output)
{
    /// <summary>
    /// The answers of the file that <c>B24_ANSWERS</c> names, one JSON object <c>{"method", "answer"}</c> a line; without it those of the tests'
    /// own file. Methods of the REST 3.0 version start with <c>v3/</c>.
    /// </summary>
    [Fact]
    public async Task EveryRealAnswer_IsReadWithAllItsValues()
    {
        var reading = AnswerReading.Shared;
        var path = Environment.GetEnvironmentVariable("B24_ANSWERS") ?? Path.Combine(AppContext.BaseDirectory, "RealAnswers.jsonl");
        var (answers, whole, findings) = (0, 0, new List<string>());
        foreach (var line in File.ReadLines(path).Where(static l => l.StartsWith('{')).Select(static l => (JsonObject)JsonNode.Parse(l)!))
        {
            var name = line["method"]!.GetValue<string>();
            var method = name.StartsWith("v3/", StringComparison.Ordinal) ? AnswerReading.Key("bitrix24-v3", name[3..]) : AnswerReading.Key("bitrix24", name);
            answers++;
            var before = findings.Count;
            if (!reading.Knows(method))
            {
                findings.Add($"{name}: unknown method");
                continue;
            }

            try
            {
                var unread = new List<string>();
                var body = (JsonObject)line["answer"]!.DeepClone();
                var read = await reading.ReadAsync(method, body, unread);
                findings.AddRange(AnswerReading.Leaves(body["result"]).Where(v => !read.Contains(v)).Select(v => $"{name}: lost: {v}"));
                findings.AddRange(unread.Select(u => $"{name}: {u}"));
                if (await reading.MisfitAsync(method, body) is { } misfit)
                    findings.Add($"{name}: misfit: {misfit}");
            }
            catch (Exception e) when (Environment.GetEnvironmentVariable("B24_ANSWERS") is not null)
            {
                findings.Add($"{name}: {e.GetType().Name}: {e.Message}");
            }

            whole += findings.Count == before ? 1 : 0;
        }

        output.WriteLine($"{answers} answers, {whole} read whole, {findings.Count} findings.");
        foreach (var finding in findings.Distinct())
            output.WriteLine("  " + finding);
        Assert.True(answers > 0);
        Assert.True(findings.Count == 0, string.Join("\n", findings.Distinct()));
    }
}

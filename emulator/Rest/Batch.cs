using System.Globalization;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>The <c>batch</c> call: commands one after another, each with an outcome of its own.</summary>
internal sealed class Batch(Func<string, JsonObject, CallTime, CancellationToken, Task<Answer>> run, TimeProvider clock, int limit)
{
    /// <summary>The name under which the gateway takes batches.</summary>
    public const string Method = "batch";

    private static readonly string[] NotInBatch = [Method, "download", "upload"];

    private readonly Dictionary<string, JsonObject> _answers = new(StringComparer.Ordinal)
    {
        ["result"] = [],
        ["error"] = [],
        ["total"] = [],
        ["next"] = [],
        ["time"] = [],
    };

    public async Task<Answer> RunAsync(JsonObject parameters, CancellationToken cancellationToken)
    {
        var halt = IsTrue(JsonValues.Member(parameters, "halt"));
        var count = 0;
        foreach (var (key, command) in Commands(JsonValues.Member(parameters, "cmd")))
        {
            if (++count > limit)
                _answers["error"][key] = SystemErrors.BatchTooLong.ToJson();
            else if (command is JsonValue value && value.TryGetValue<string>(out var text))
                await RunAsync(key, text, cancellationToken);
            if (halt && _answers["error"].ContainsKey(key))
                break;
        }

        return new Success(new JsonObject
        {
            ["result"] = Map(_answers["result"]),
            ["result_error"] = Map(_answers["error"]),
            ["result_total"] = Map(_answers["total"]),
            ["result_next"] = Map(_answers["next"]),
            ["result_time"] = Map(_answers["time"]),
        });
    }

    private async Task RunAsync(string key, string command, CancellationToken cancellationToken)
    {
        var question = command.IndexOf('?', StringComparison.Ordinal);
        var method = question < 0 ? command : command[..question];
        var query = question < 0 ? [] : PhpQueryReader.Parse(command[(question + 1)..]);
        var time = new CallTime(clock);
        var answer = NotInBatch.Contains(method, StringComparer.OrdinalIgnoreCase)
            ? SystemErrors.NotInBatch
            : await run(method, new BatchReferences(_answers).Resolve(query), time, cancellationToken);
        switch (answer)
        {
            case Failure { InResult: true } failure:
                _answers["result"][key] = new JsonObject { ["error"] = failure.ToJson() };
                _answers["time"][key] = time.ToJson();
                break;
            case Failure failure:
                _answers["error"][key] = failure.ToJson();
                break;
            case Success success:
                _answers["result"][key] = success.Result;
                _answers["time"][key] = time.ToJson();
                if (success.Total is { } total)
                    _answers["total"][key] = total;
                if (success.Next is { } next)
                    _answers["next"][key] = next;
                break;
        }
    }

    private static IEnumerable<(string Key, JsonNode? Command)> Commands(JsonNode? cmd) => cmd switch
    {
        JsonObject named => named.Select(c => (c.Key, c.Value)),
        JsonArray listed => listed.Select((c, at) => (at.ToString(CultureInfo.InvariantCulture), c)),
        _ => [],
    };

    /// <summary>Truth as PHP sees it: the text "false" is true.</summary>
    private static bool IsTrue(JsonNode? node) => node switch
    {
        null => false,
        JsonObject members => members.Count > 0,
        JsonArray items => items.Count > 0,
        _ => JsonValues.Text(node) is not ("" or "0"),
    };

    /// <summary>PHP writes a map without entries, or with keys that count from 0, as a list.</summary>
    private static JsonNode Map(JsonObject map) =>
        map.Select((entry, at) => entry.Key == at.ToString(CultureInfo.InvariantCulture)).All(listed => listed)
            ? new JsonArray([.. map.Select(entry => entry.Value?.DeepClone())])
            : map.DeepClone();
}

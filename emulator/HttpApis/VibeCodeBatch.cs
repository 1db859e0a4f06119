using System.Globalization;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>Runs the calls of VibeCode's batches one by one; a call that is refused does not stop the others.</summary>
internal sealed class VibeCodeBatch(
    Func<MethodSpec, JsonObject, CancellationToken, Task<Answer>> run, Func<string, MethodSpec?> find)
{
    /// <summary>Calls over several entities: results and errors by the calls' ids.</summary>
    public async Task<JsonObject> RunCallsAsync(JsonArray calls, CancellationToken cancellationToken)
    {
        var (results, errors) = (new JsonObject(), new JsonObject());
        for (var i = 0; i < calls.Count; i++)
        {
            var call = calls[i]!.AsObject();
            var id = JsonValues.Text(call["id"]) ?? i.ToString(CultureInfo.InvariantCulture);
            var name = $"{JsonValues.Text(call["entity"])}.{JsonValues.Text(call["action"])}";
            if (find(name) is not { } method)
            {
                errors[id] = Error(new Failure("ENTITY_NOT_FOUND", $"There is no {name}.", 404));
                continue;
            }

            switch (await run(method, Parameters(method, call["entityId"], call["params"] as JsonObject ?? []), cancellationToken))
            {
                case Failure failure:
                    errors[id] = Error(failure);
                    break;
                case Success success:
                    results[id] = success.Result?.DeepClone();
                    break;
            }
        }

        return new JsonObject { ["results"] = results, ["errors"] = errors };
    }

    /// <summary>One action on many records of an entity.</summary>
    public async Task<JsonArray> RunItemsAsync(string entity, JsonObject parameters, CancellationToken cancellationToken)
    {
        var action = JsonValues.Text(parameters["action"]);
        var method = find($"{entity}.{action}")!;
        // What stands in the path of the batch belongs to each of its calls.
        var shared = parameters.Where(p => p.Key is not ("action" or "items" or "ids") && method.Params.Any(m => m.Name == p.Key)).ToList();
        var results = new JsonArray();
        var items = parameters["items"] as JsonArray ?? [];
        var ids = parameters["ids"] as JsonArray ?? [];
        foreach (var item in items.Concat(ids))
        {
            var fields = item as JsonObject ?? [];
            var call = Parameters(method, item is JsonObject ? fields["id"] : item, new JsonObject(fields
                .Where(f => f.Key != "id")
                .Concat(shared)
                .Select(static f => KeyValuePair.Create(f.Key, f.Value?.DeepClone()))));
            var answer = await run(method, call, cancellationToken);
            results.Add(answer is Failure failure ? new JsonObject { ["error"] = Error(failure) } : ((Success)answer).Result?.DeepClone());
        }

        return results;
    }

    public static JsonObject Error(Failure failure)
    {
        var error = new JsonObject { ["code"] = failure.Code, ["message"] = failure.Message };
        if (failure.RetryAfter is { } wait)
            error["retryAfter"] = Seconds(wait);
        return error;
    }

    /// <summary>Whole seconds, enough of them.</summary>
    public static int Seconds(TimeSpan wait) => (int)Math.Ceiling(wait.TotalSeconds);

    /// <summary>A command's parameters as those of the method: the record goes where the method wants it.</summary>
    private static JsonObject Parameters(MethodSpec method, JsonNode? id, JsonObject given)
    {
        var content = method.Params.FirstOrDefault(static p => p.In == ParameterLocation.Content);
        var parameters = new JsonObject();
        var record = new JsonObject();
        foreach (var (name, value) in given)
        {
            if (content is not null && method.Params.All(p => p.Name != name || p == content))
                record[name] = value?.DeepClone();
            else
                parameters[name] = value?.DeepClone();
        }

        if (content is not null)
            parameters[content.Name] = record;
        if (id is not null)
            parameters["id"] = id.DeepClone();
        return parameters;
    }
}

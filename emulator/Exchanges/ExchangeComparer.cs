using System.Net.Http.Headers;
using System.Text;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.Exchanges;

/// <summary>Plays recorded calls to an emulated portal and says where its answers have another form than the real portal's.</summary>
internal static class ExchangeComparer
{
    /// <summary>The differences, a line each.</summary>
    /// <exception cref="InvalidDataException">A line of the file is no exchange.</exception>
    public static async Task<IReadOnlyList<string>> CompareAsync(PortalEmulator portal, string file, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var differences = new List<string>();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
        {
            number++;
            if (JsonBodyReader.Read(Encoding.UTF8.GetBytes(line)) is not JsonObject exchange || JsonValues.Text(exchange["method"]) is not { } method)
                throw new InvalidDataException($"{PrintedLine.Of(file)}({number}): a recorded exchange is expected, {{ \"method\": …, \"params\": …, \"status\": …, \"answer\": … }}.");
            using var content = new StringContent(exchange["params"]?.ToJsonString() ?? "{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            using var answer = await http.PostAsync(new Uri(portal.WebhookUrl + method), content, cancellationToken);
            var emulated = JsonBodyReader.Read(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            var recorded = exchange["answer"];
            if ((recorded as JsonObject)?["error"] is { } error && JsonValues.Text((emulated as JsonObject)?["error"]) != JsonValues.Text(error))
                differences.Add($"{method}: the portal answers {JsonValues.Text(error)}, the emulator {JsonValues.Text((emulated as JsonObject)?["error"]) ?? "a result"}");
            else
                Compare($"{method} result", (recorded as JsonObject)?["result"], (emulated as JsonObject)?["result"], differences);
        }

        return [.. differences.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Of lists the first items are compared: what the real portal keeps, the emulated one does not have.</summary>
    private static void Compare(string path, JsonNode? recorded, JsonNode? emulated, List<string> differences)
    {
        switch (recorded, emulated)
        {
            case (null, _) or (_, null):
                break;
            case (JsonObject expected, JsonObject actual):
                foreach (var (name, value) in expected)
                {
                    if (!actual.ContainsKey(name))
                        differences.Add($"{path}.{name}: the emulator has none");
                    else
                        Compare($"{path}.{name}", value, actual[name], differences);
                }

                break;
            case (JsonArray { Count: > 0 } expected, JsonArray { Count: > 0 } actual):
                Compare($"{path}[]", expected[0], actual[0], differences);
                break;
            case (JsonArray { Count: 0 }, JsonArray or JsonObject) or (JsonArray or JsonObject, JsonArray { Count: 0 }):
                break;
            case var _ when KindOf(recorded) != KindOf(emulated):
                differences.Add($"{path}: the portal answers {KindOf(recorded)}, the emulator {KindOf(emulated)}");
                break;
        }
    }

    private static string KindOf(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        JsonValueKind.Array => "a list",
        _ => "an object",
    };
}

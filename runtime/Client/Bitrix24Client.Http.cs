using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

public abstract partial class Bitrix24Client
{
    /// <summary>Calls an HTTP-style API by verb and path; answers the value in its envelope.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="path">The path from the root of the host, with its query: <c>/v1/deals?limit=5</c>.</param>
    /// <param name="body">The JSON body; null: none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<JsonElement> CallAsync(
        HttpMethod verb,
        string path,
        JsonNode? body = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(verb);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path[0] != '/' || path.StartsWith("//", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal))
            throw new ArgumentException("A path begins with one slash, and has no backslash.", nameof(path));
        if (_credentials is not HttpApiCredentials { Api: var api })
            throw new InvalidOperationException("Methods of this API have names; call them by name.");
        var method = new MethodDescriptor($"{verb} {LogText.Path(path)}", static () => [new("body", ValueKind.Json) { In = ParameterLocation.Content }])
        {
            Api = api,
            Verb = verb.Method,
            Path = path,
            ResultNullable = true,
            Idempotency = verb == HttpMethod.Get || verb == HttpMethod.Head ? Idempotency.Read : Idempotency.Unsafe,
        };
        return SendAsync(new RawRequest(method, writer => WriteBody(writer, body)), cancellationToken);
    }

    private static void WriteBody(Utf8JsonWriter writer, JsonNode? body)
    {
        writer.WriteStartObject();
        if (body is not null)
        {
            writer.WritePropertyName("body");
            body.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}

extern alias runtime;
using System.Text;
using System.Text.Json;
using Bitrix24.Gen.Specs;
using runtime::Bitrix24;
using ApiDescriptor = runtime::Bitrix24.Infrastructure.ApiDescriptor;
using JsonArray = Bitrix24.Gen.Specs.JsonArray;
using JsonNode = Bitrix24.Gen.Specs.JsonNode;
using JsonObject = Bitrix24.Gen.Specs.JsonObject;
using MethodDescriptor = runtime::Bitrix24.Infrastructure.MethodDescriptor;

namespace Bitrix24.Gen.Importer.Portal;

/// <summary>A portal that is only read, unless writing is allowed: a method that the specs do not know to read is not called.</summary>
/// <param name="specs">Say which methods read.</param>
/// <param name="credentials">Who calls.</param>
/// <param name="options">How calls are made.</param>
internal sealed class PortalAccess(SpecSet specs, Bitrix24Credentials credentials, Bitrix24ClientOptions? options = null) : IDisposable
{
    private const int PageSize = 50;
    private const int MostPages = 400;

    private readonly Client _client = new(specs, credentials, options);

    /// <summary>Whose portal it is, for messages; no secret.</summary>
    public string Host => credentials.Portal.IsDefaultPort ? credentials.Portal.Host : credentials.Portal.Authority;

    /// <summary>How many calls were made.</summary>
    public int Calls { get; private set; }

    /// <summary>Other methods may be called too.</summary>
    public bool AllowWrites { get; init; }

    /// <summary>Calls a reading method; answers its result, without the credentials, should the portal repeat them.</summary>
    /// <exception cref="InvalidOperationException">The method is not known to only read.</exception>
    public async Task<JsonNode> CallAsync(string method, object? parameters = null, CancellationToken cancellationToken = default)
    {
        var (api, name) = SpecSelector.OfCall(method);
        if (!AllowWrites && specs.FindMethod(name, api) is not { Idempotency: Idempotency.Read, Calls: null } && !Documents.Contains(method))
            throw new InvalidOperationException($"{method} is not known to only read; it is not called.");
        Calls++;
        var answer = await _client.CallAsync(method, parameters, cancellationToken).ConfigureAwait(false);
        return JsonReader.Read(Redacted(answer)).Root!;
    }

    /// <summary>Methods beside those of the specs that only read.</summary>
    public IReadOnlySet<string> Documents { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Every record of a list. Servers that ignore the position answer all at once.</summary>
    /// <param name="method">The list method.</param>
    /// <param name="parameters">Its parameters, without a position.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(
        string method, IReadOnlyDictionary<string, object?>? parameters = null, CancellationToken cancellationToken = default)
    {
        var records = new List<JsonObject>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 0; page < MostPages; page++)
        {
            var given = new Dictionary<string, object?>(parameters ?? new Dictionary<string, object?>());
            if (page > 0)
                given.Add("start", page * PageSize);
            var items = Records(await CallAsync(method, given, cancellationToken).ConfigureAwait(false)).ToList();
            var fresh = items.Where(i => seen.Add(i.ToJsonText())).ToList();
            records.AddRange(fresh);
            if (items.Count < PageSize || fresh.Count < items.Count)
                break;
        }

        return records;
    }

    public void Dispose() => _client.Dispose();

    // Each text by itself: JSON has many forms of one.
    private string Redacted(JsonElement answer)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            WriteRedacted(writer, answer);
        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private void WriteRedacted(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(credentials.Secrets.Redact(member.Name));
                    WriteRedacted(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    WriteRedacted(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(credentials.Secrets.Redact(value.GetString()));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    // The list itself, or the first list within: {"types": […]}.
    private static IEnumerable<JsonObject> Records(JsonNode result) => result switch
    {
        JsonArray list => list.Items.OfType<JsonObject>(),
        JsonObject map => map.Properties.Select(static p => p.Value).OfType<JsonArray>().FirstOrDefault()?.Items.OfType<JsonObject>() ?? [],
        _ => [],
    };

    /// <summary>Knows of each method whether it reads: what reads may be sent again when the connection breaks.</summary>
    private sealed class Client(SpecSet specs, Bitrix24Credentials credentials, Bitrix24ClientOptions? options) : Bitrix24Client(credentials, options)
    {
        protected override MethodDescriptor? FindMethod(string name) => Reading(name, SpecSet.DefaultApi, ApiDescriptor.Unknown);

        protected override MethodDescriptor? FindV3Method(string name) => Reading(name, SpecSelector.V3Api, ApiDescriptor.UnknownV3);

        private MethodDescriptor? Reading(string name, string api, ApiDescriptor descriptor) =>
            specs.FindMethod(name, api) is { Idempotency: Specs.Idempotency.Read, Calls: null } method
                ? new MethodDescriptor(method.WireName, static () => []) { OpenParameters = true, Idempotency = runtime::Bitrix24.Infrastructure.Idempotency.Read, Api = descriptor }
                : null;
    }
}

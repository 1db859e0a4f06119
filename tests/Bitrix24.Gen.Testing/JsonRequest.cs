using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24.Gen.Testing;

/// <summary>A request whose parameters are JSON.</summary>
public sealed class JsonRequest : Bitrix24Request<JsonElement>
{
    public JsonRequest(MethodDescriptor method, string parameters)
        : base(method, JsonRead.Json)
    {
        foreach (var (name, value) in JsonNode.Parse(parameters) as JsonObject ?? [])
            Extra.Add(name, value?.DeepClone());
    }
}

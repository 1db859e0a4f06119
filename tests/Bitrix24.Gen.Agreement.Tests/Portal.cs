using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24;
using Bitrix24.Infrastructure;

namespace Bitrix24.Gen.Agreement.Tests;

/// <summary>A client of all methods that the fixtures are about.</summary>
[Bitrix24Client("biconnector", "landing.repowidget", "landing.landing.favoriteBlock", "crm.deal")]
public partial class Portal
{
    public MethodDescriptor Method(string name) =>
        FindMethod(name) ?? throw new ArgumentException($"Nothing is generated for {name}.", nameof(name));
}

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

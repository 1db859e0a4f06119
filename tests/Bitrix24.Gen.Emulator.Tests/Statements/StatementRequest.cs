using System.Text;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Tests.Statements;

using JsonArray = System.Text.Json.Nodes.JsonArray;
using JsonNode = System.Text.Json.Nodes.JsonNode;
using JsonObject = System.Text.Json.Nodes.JsonObject;

/// <summary>A call of an HTTP-style API as a request, written by hand as a user of curl would.</summary>
internal static class StatementRequest
{
    /// <summary>The request; null: the path needs a parameter that is not given.</summary>
    public static HttpRequestMessage? Of(PortalEmulator portal, MethodSpec method, JsonObject parameters)
    {
        var path = method.Http!.Path;
        foreach (var (name, value) in parameters.ToList().Where(p => path.Contains($"{{{p.Key}}}", StringComparison.Ordinal)))
        {
            path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value!.ToString()), StringComparison.Ordinal);
            parameters.Remove(name);
        }

        if (path.Contains('{', StringComparison.Ordinal))
            return null;
        var isBody = method.Http.Verb is "POST" or "PATCH" or "PUT";
        var query = new List<string>();
        foreach (var (name, value) in parameters.ToList().Where(p => !isBody || method.Params.FirstOrDefault(f => f.Name == p.Key)?.In == ParameterLocation.Query))
        {
            Add(query, name, value);
            parameters.Remove(name);
        }

        var request = new HttpRequestMessage(
            new HttpMethod(method.Http.Verb), portal.PortalUrl + path + (query.Count > 0 ? "?" + string.Join('&', query) : ""));
        if (isBody)
        {
            var content = method.Params.FirstOrDefault(static p => p.In == ParameterLocation.Content);
            var body = content is null ? parameters : parameters[content.Name];
            request.Content = new StringContent(body?.ToJsonString() ?? "{}", Encoding.UTF8, "application/json");
        }

        if (method.Api == "vibecode")
            request.Headers.Add("X-Api-Key", portal.ApiKey);
        else
            request.Headers.Authorization = new("Bearer", portal.AccessToken);
        return request;
    }

    private static void Add(List<string> query, string name, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (var (key, member) in members)
                    Add(query, $"{name}[{key}]", member);
                break;
            case JsonArray items:
                query.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(string.Join(',', items.Select(static i => i!.ToString())))}");
                break;
            default:
                query.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value?.ToString() ?? "")}");
                break;
        }
    }
}

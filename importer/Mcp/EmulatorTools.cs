using System.ComponentModel;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Mcp;

/// <summary>Calls on a portal that is emulated in this process, started by the first of them and kept as long as the session.</summary>
/// <param name="set">The specs.</param>
/// <param name="specs">A folder of spec files beside the packaged ones; null: none.</param>
internal sealed class EmulatorTools(SpecSet set, string? specs) : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private PortalEmulator? _portal;

    public async Task<string> SimulateAsync(
        [Description("The method's name.")] string method,
        [Description("The parameters as a JSON object.")] JsonElement parameters,
        [Description("bitrix24 or bitrix24-v3.")] string api = SpecSet.DefaultApi,
        [Description("Forget the records of earlier calls first.")] bool reset = false,
        CancellationToken cancellationToken = default)
    {
        if (api is not (SpecSet.DefaultApi or SpecSelector.V3Api))
            return ReportJson.Serialize(new { error = $"simulate calls methods of {SpecSet.DefaultApi} and {SpecSelector.V3Api}." });
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var portal = _portal ??= await PortalEmulator.StartAsync(new() { SpecFolders = specs is null ? [] : [specs] }, cancellationToken).ConfigureAwait(false);
            if (reset)
                portal.Reset();
            var before = portal.Requests.Count;
            var (status, body, shapeOnly) = await SendAsync(portal, method, parameters, api, cancellationToken).ConfigureAwait(false);
            var findings = portal.Requests.Skip(before).SelectMany(static c => c.Findings).Select(static f => new { rule = f.RuleId, path = f.Path, message = f.Message, code = f.Code }).ToArray();
            return ReportJson.Serialize(new
            {
                status,
                answer = Parse(body),
                findings,
                note = shapeOnly ? "The emulator keeps no records for this method: the answer has the documented form and made-up values." : null,
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_portal is not null)
            await _portal.DisposeAsync().ConfigureAwait(false);
        _gate.Dispose();
    }

    private async Task<(int Status, string Body, bool ShapeOnly)> SendAsync(
        PortalEmulator portal, string method, JsonElement parameters, string api, CancellationToken cancellationToken)
    {
        var byWebhook = set.FindMethod(method, api)?.AllowWebhook ?? true;
        var root = byWebhook ? portal.WebhookUrl : portal.RestUrl;
        if (api == SpecSelector.V3Api)
            root = root.Replace("/rest/", "/rest/api/", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, root + Uri.EscapeDataString(method));
        request.Content = new StringContent(SpecTools.Node(parameters)?.ToJsonText() ?? "{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        // Some methods are an application's only.
        if (!byWebhook)
            request.Headers.Authorization = new("Bearer", portal.AccessToken);
        using var answer = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false), answer.Headers.Contains("X-Emulator"));
    }

    private static JsonElement? Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(body);
        }
    }
}

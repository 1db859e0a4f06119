using System.Text.Json;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>
/// Judges the JSON of a call against what the spec says of its method: whether a typed request wrote it or a raw call.
/// </summary>
internal static class RequestValidator
{
    public static IReadOnlyList<Violation> Validate(IBitrix24Request request)
    {
        using var body = new PooledBuffer();
        JsonBody.Write(body, request);
        return Validate(request.Method, body.Memory, request.Method.Access);
    }

    /// <summary>Judges the parameters of a call, and whether credentials may make it.</summary>
    public static IReadOnlyList<Violation> Validate(MethodDescriptor method, ReadOnlyMemory<byte> parameters, MethodAccess access)
    {
        var findings = new Findings(method);
        if ((method.Access & access) == 0)
        {
            findings.AddCall("auth", access == MethodAccess.Webhook
                ? "The method is for applications; a webhook cannot call it."
                : "The method is for webhooks; an application cannot call it.");
        }

        using var document = JsonDocument.Parse(parameters);
        new RequestJudge(method, findings).Judge(document.RootElement);
        return findings.Sorted;
    }
}

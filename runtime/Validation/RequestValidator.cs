using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// Judges the JSON of a call against what the spec says of its method: whether a typed request wrote it or a raw call.
/// </summary>
internal static class RequestValidator
{
    public static IReadOnlyList<Violation> Validate(IBitrix24Request request)
    {
        using var body = new PooledBuffer();
        request.WriteParameters(body);
        return Validate(request.Method, body.Memory, request.Method.Access);
    }

    /// <summary>Judges a call of a batch. What it takes from earlier answers is not known yet, and not judged.</summary>
    public static IReadOnlyList<Violation> Validate(BatchItem item, MethodAccess access)
    {
        var violations = Validate(item.Request.Method, item.Parameters, access, inBatch: true);
        return item.Bindings.Count == 0 ? violations : [.. violations.Where(v => !item.Bindings.Exists(b => Covers(b.Path, v.Path)))];
    }

    private static bool Covers(string bound, string path) => CoversPlace(bound, path.Replace("]", "", StringComparison.Ordinal).Replace('[', '.'));

    private static bool CoversPlace(string bound, string path) =>
        path.StartsWith(bound, StringComparison.Ordinal) && (path.Length == bound.Length || path[bound.Length] == '.');

    /// <summary>Judges the parameters of a call, and whether credentials may make it.</summary>
    public static IReadOnlyList<Violation> Validate(MethodDescriptor method, ReadOnlyMemory<byte> parameters, MethodAccess access, bool inBatch = false)
    {
        var findings = new Findings(method);
        if (inBatch && method.NotBatchable)
            findings.AddCall("batch", "The method may not stand in a batch.");
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

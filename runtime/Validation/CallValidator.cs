using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// Validates the JSON of a call against what the spec says of its method, whether a typed request wrote it or a raw call,
/// and whether the credentials may make it.
/// </summary>
internal static class CallValidator
{
    public static IReadOnlyList<Violation> Validate(IBitrix24Request request)
    {
        using var body = new PooledBuffer();
        return Write(request, body, request.Method.Access);
    }

    /// <summary>Writes the parameters of a call, and validates them.</summary>
    public static IReadOnlyList<Violation> Write(IBitrix24Request request, PooledBuffer body, MethodAccess access)
    {
        var holds = WriteAndCheck(request, body);
        return holds && (request.Method.Access & access) != 0 ? [] : Validate(request.Method, body.Memory, access);
    }

    /// <summary>Writes the parameters of a call; true: they break no rule. Else they may.</summary>
    public static bool WriteAndCheck(IBitrix24Request request, PooledBuffer body)
    {
        var check = body.Check = WriteCheck.Begin(request.Method);
        request.WriteParameters(body);
        body.Check = null;
        return check.End();
    }

    /// <summary>Validates a call of a batch, as it was when it was added. What it takes from earlier answers is not known yet.</summary>
    public static IReadOnlyList<Violation> Validate(BatchItem item, MethodAccess access) =>
        item.Holds && !item.Request.Method.NotBatchable && (item.Request.Method.Access & access) != 0 ? [] : Validate(item.Request.Method, item.WithReferences(), access, inBatch: true);

    /// <summary>Validates the parameters of a call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Its parameters as JSON.</param>
    /// <param name="access">Which credentials make the call.</param>
    /// <param name="inBatch">It is a command of a batch: references to answers of earlier commands are no literals.</param>
    /// <param name="isQuery">The parameters come from a query string, in which every value is text.</param>
    public static IReadOnlyList<Violation> Validate(
        MethodDescriptor method, ReadOnlyMemory<byte> parameters, MethodAccess access, bool inBatch = false, bool isQuery = false)
    {
        var tokens = JsonTokens.Read(parameters, inBatch);
        try
        {
            return RequestValidator<JsonRuleValue>.Validate(method, new(tokens), suggests: false, isQuery, Refusals(method, access, inBatch), Describe);
        }
        finally
        {
            tokens.Return();
        }
    }

    /// <summary>Whether a call with the violation is held back: not where the server may be newer than the spec.</summary>
    public static bool Blocks(Violation violation) => violation.Code is not null || violation.Severity == RuleSeverity.Error;

    private static Violation Describe(Finding<JsonRuleValue> finding) =>
        new(finding.RuleId, finding.Path, finding.Code, finding.Message) { Severity = finding.Severity };

    private static Action<ValidationContext<JsonRuleValue>>? Refusals(MethodDescriptor method, MethodAccess access, bool inBatch) =>
        (inBatch && method.NotBatchable) || (method.Access & access) == 0 ? AddRefusals(access, inBatch) : null;

    private static Action<ValidationContext<JsonRuleValue>> AddRefusals(MethodAccess access, bool inBatch) => context =>
    {
        var method = context.Method;
        if (inBatch && method.NotBatchable)
            context.AddNotBatchable();
        if ((method.Access & access) == 0)
        {
            context.AddCall("auth", new(method.Name, Value: access == MethodAccess.Webhook
                ? "The method is for applications; a webhook cannot call it."
                : "The method is for webhooks; an application cannot call it."));
        }
    };
}

using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Validates and writes what an application answers to a callback.</summary>
public static class CallbackAnswer
{
    /// <summary>What the spec says against an answer; empty: nothing.</summary>
    /// <remarks>Paths in an object begin with its members; paths in a list, or of a single value, with <c>answer</c>.</remarks>
    /// <typeparam name="TRequest">The callback's record.</typeparam>
    /// <typeparam name="TAnswer">What is answered.</typeparam>
    /// <param name="answer">The answer.</param>
    public static IReadOnlyList<Violation> Validate<TRequest, TAnswer>(TAnswer answer)
        where TRequest : ICallbackRequest<TAnswer>
    {
        using var body = new PooledBuffer();
        Write<TRequest, TAnswer>(body, answer);
        return Validate<TRequest, TAnswer>(body.Memory);
    }

    /// <summary>Writes an answer as JSON.</summary>
    /// <typeparam name="TRequest">The callback's record.</typeparam>
    /// <typeparam name="TAnswer">What is answered.</typeparam>
    /// <param name="answer">The answer.</param>
    /// <exception cref="CallbackAnswerException">It breaks a rule of the spec; the portal would not take it.</exception>
    public static byte[] ToJson<TRequest, TAnswer>(TAnswer answer)
        where TRequest : ICallbackRequest<TAnswer>
    {
        using var body = new PooledBuffer();
        Write<TRequest, TAnswer>(body, answer);
        var wrong = Validate<TRequest, TAnswer>(body.Memory).Where(CallValidator.Blocks).ToList();
        if (wrong.Count > 0)
            throw new CallbackAnswerException(TRequest.Code, wrong);
        var json = Unwrap(body.Memory, TRequest.Answer);
        return json.IsEmpty ? "null"u8.ToArray() : json.ToArray();
    }

    private static IReadOnlyList<Violation> Validate<TRequest, TAnswer>(ReadOnlyMemory<byte> body)
        where TRequest : ICallbackRequest<TAnswer>
    {
        var envelope = TRequest.Answer;
        var json = Unwrap(body, envelope);
        // The members of an object are validated as the parameters of a call are.
        return envelope.FieldArray[0] is { Kind: ValueKind.Object, Type: { } type } field && !field.Has(FieldFlags.List | FieldFlags.Map) && json.Span is [(byte)'{', ..]
            ? CallValidator.Validate(new(TRequest.Code, () => type.FieldArray) { OpenParameters = type.Open }, json, MethodAccess.Application)
            : CallValidator.Validate(new(TRequest.Code, () => envelope.FieldArray), body, MethodAccess.Application);
    }

    private static void Write<TRequest, TAnswer>(PooledBuffer body, TAnswer answer)
        where TRequest : ICallbackRequest<TAnswer>
    {
        var writer = new FieldWriter(body);
        try
        {
            writer.Object(new Envelope<TRequest, TAnswer>(answer));
            writer.Flush();
        }
        catch (Exception e) when (CallbackAnswerException.IsUnwritable(e))
        {
            throw new CallbackAnswerException(TRequest.Code, e);
        }
    }

    // What stands after the name of the one field; nothing where there is no answer.
    private static ReadOnlyMemory<byte> Unwrap(ReadOnlyMemory<byte> body, TypeDescriptor envelope)
    {
        var start = envelope.FieldArray[0].Name.Length + 4;
        return body.Length > start ? body[start..^1] : default;
    }

    private sealed class Envelope<TRequest, TAnswer>(TAnswer answer) : Bitrix24Input
        where TRequest : ICallbackRequest<TAnswer>
    {
        protected override TypeDescriptor Descriptor => TRequest.Answer;

        protected override void WriteFields(ref FieldWriter writer) => TRequest.WriteAnswer(ref writer, answer);
    }
}

/// <summary>What was to be answered to a callback is not what its spec says. The text names paths and rules, and quotes no value of the request.</summary>
public sealed class CallbackAnswerException : Bitrix24Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="code">The callback.</param>
    /// <param name="violations">What is wrong.</param>
    public CallbackAnswerException(string code, IReadOnlyList<Violation> violations)
        : base($"The answer to {code} is wrong: {string.Join(" ", violations.Select(static v => $"{v.Rule} {v.Path}: {v.Message}"))}") => Violations = violations;

    /// <summary>Makes the exception.</summary>
    /// <param name="code">The callback.</param>
    /// <param name="error">Why the answer cannot be written as JSON.</param>
    public CallbackAnswerException(string code, Exception error)
        : base($"The answer to {code} cannot be written as JSON: {error.Message}", error) => Violations = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Violation> Violations { get; }

    /// <summary>Infinite numbers, too deep a nesting, values of a kind that JSON lacks.</summary>
    internal static bool IsUnwritable(Exception error) => error is ArgumentException or InvalidOperationException or NotSupportedException or System.Text.Json.JsonException;
}

/// <summary>How a portal learns that an application could not answer.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="body">The answer as JSON; null: it is empty.</param>
public sealed class CallbackFailure(int status, string? body)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The answer as JSON; null: it is empty.</summary>
    public string? Body { get; } = body;
}

using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Checks and writes what an application answers to a callback.</summary>
public static class CallbackAnswer
{
    /// <summary>What the spec says against an answer; empty: nothing.</summary>
    /// <typeparam name="TRequest">The callback's record.</typeparam>
    /// <param name="answer">The answer.</param>
    public static IReadOnlyList<Violation> Validate<TRequest>(Bitrix24Input answer)
        where TRequest : IIncomingType
    {
        ArgumentNullException.ThrowIfNull(answer);
        using var body = new PooledBuffer();
        Write(body, answer);
        // The members of the answer are looked at as the parameters of a call are.
        var method = new MethodDescriptor(TRequest.Code, () => answer.FieldArray) { OpenParameters = true };
        return CallValidator.Validate(method, body.Memory, MethodAccess.Application);
    }

    /// <summary>Writes an answer as JSON.</summary>
    /// <typeparam name="TRequest">The callback's record.</typeparam>
    /// <param name="answer">The answer.</param>
    /// <exception cref="CallbackAnswerException">It breaks a rule of the spec; the portal would not take it.</exception>
    public static byte[] ToJson<TRequest>(Bitrix24Input answer)
        where TRequest : IIncomingType
    {
        var wrong = Validate<TRequest>(answer).Where(CallValidator.Blocks).ToList();
        if (wrong.Count > 0)
            throw new CallbackAnswerException(TRequest.Code, wrong);
        using var body = new PooledBuffer();
        Write(body, answer);
        return body.Memory.ToArray();
    }

    private static void Write(PooledBuffer body, Bitrix24Input answer)
    {
        using var writer = new Utf8JsonWriter(body);
        RawValues.Write(writer, answer, "", 0);
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

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Violation> Violations { get; }
}

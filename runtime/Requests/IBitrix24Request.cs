using System.Buffers;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A call: a method and its parameters.</summary>
public interface IBitrix24Request
{
    /// <summary>The method.</summary>
    MethodDescriptor Method { get; }

    /// <summary>Dotted path of the value inside <c>result</c>; null: <c>result</c> itself.</summary>
    string? ResultPath => Method.ResultPath;

    /// <summary>Writes the parameters as a JSON object.</summary>
    /// <param name="buffer">Takes the JSON text.</param>
    void WriteParameters(IBufferWriter<byte> buffer);
}

/// <summary>A call and how its answer is read.</summary>
/// <typeparam name="TResult">What the method answers.</typeparam>
public interface IBitrix24Request<out TResult> : IBitrix24Request
{
    /// <summary>Reads the current value.</summary>
    /// <param name="reader">The reader.</param>
    TResult ReadResult(ref FieldReader reader);
}

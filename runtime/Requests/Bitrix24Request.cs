using System.Buffers;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A call of a method of the spec.</summary>
/// <typeparam name="TResult">What the method answers.</typeparam>
/// <param name="method">The method.</param>
/// <param name="result">Reads what it answers.</param>
public abstract class Bitrix24Request<TResult>(MethodDescriptor method, JsonItemReader<TResult> result)
    : Bitrix24Input, IBitrix24Request<TResult>
{
    /// <summary>The method.</summary>
    public MethodDescriptor Method => method;

    /// <inheritdoc/>
    protected sealed override TypeDescriptor Descriptor => method.Parameters;

    /// <summary>Lists what the server would refuse, in the server's order.</summary>
    public IReadOnlyList<Violation> Validate() => CallValidator.Validate(this);

    void IBitrix24Request.WriteParameters(IBufferWriter<byte> buffer)
    {
        var writer = new FieldWriter(buffer);
        writer.Object(this);
        writer.Flush();
    }

    TResult IBitrix24Request<TResult>.ReadResult(ref FieldReader reader) => result(ref reader);
}

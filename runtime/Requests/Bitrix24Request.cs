using System.Text.Json;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>A call of a method of the spec.</summary>
/// <typeparam name="TResult">What the method answers.</typeparam>
public abstract class Bitrix24Request<TResult> : Bitrix24Input, IBitrix24Request<TResult>
{
    /// <summary>The method.</summary>
    public abstract MethodDescriptor Method { get; }

    /// <inheritdoc/>
    protected sealed override TypeDescriptor Descriptor => Method.Parameters;

    /// <summary>Lists what the server would refuse, in the server's order.</summary>
    public IReadOnlyList<Violation> Validate() => RequestValidator.Validate(this);

    void IBitrix24Request.WriteParameters(Utf8JsonWriter writer) => WriteTo(writer);

    TResult IBitrix24Request<TResult>.ReadResult(ref Utf8JsonReader reader) => ReadResult(ref reader);

    /// <summary>Reads the value at which the reader stands.</summary>
    /// <param name="reader">The reader.</param>
    protected abstract TResult ReadResult(ref Utf8JsonReader reader);
}

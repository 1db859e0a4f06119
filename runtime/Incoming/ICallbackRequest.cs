using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A record of what a portal sends to a callback that takes an answer. Generated records have it.</summary>
/// <typeparam name="TAnswer">What is answered: an object, a list, a map or a single value.</typeparam>
public interface ICallbackRequest<TAnswer> : IIncomingType
{
    /// <summary>What is known of the answer, as the one field of an envelope.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    static abstract TypeDescriptor Answer { get; }

    /// <summary>Writes the answer as that field.</summary>
    /// <param name="writer">Knows the field.</param>
    /// <param name="answer">The answer.</param>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    static abstract void WriteAnswer(ref FieldWriter writer, TAnswer answer);
}

/// <summary>A record of what a portal sends to a callback together with the application token, as events have it.</summary>
public interface ISignedCallback : IIncomingType;

using System.Runtime.CompilerServices;

namespace Bitrix24.Infrastructure;

public ref partial struct FieldReader
{
    // Of a value of unknown shape, for each brace, bracket or comma: two tokens of System.Text.Json's index.
    private const int TokenCost = 24;

    // A document of its own, and its place in a dictionary.
    private const int ElementCost = 320;

    /// <summary>A reader whose values may take so much memory, whatever the length of the text.</summary>
    /// <param name="json">The text, in UTF-8.</param>
    /// <param name="budget">Bytes of memory; 0: any number.</param>
    /// <param name="strict">A value that does not fit what it is read as is an error.</param>
    internal FieldReader(ReadOnlySpan<byte> json, long budget, bool strict)
    {
        _json = json;
        _strict = strict;
        _budget = budget;
        // Texts are kept in twice their length.
        _spent = 2L * json.Length;
    }

    /// <summary>What the values that were read take, about.</summary>
    internal readonly long Spent => _spent;

    /// <summary>Counts memory that a value takes.</summary>
    /// <exception cref="Bitrix24ProtocolException">There is no more.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Charge(int bytes)
    {
        _spent += bytes;
        if (_spent > _budget && _budget > 0)
            throw TooLarge();
    }

    /// <summary>What a value of unknown shape takes, about.</summary>
    internal static long CostOf(ReadOnlySpan<byte> json) =>
        json.Length + ElementCost + ((long)TokenCost * (json.Count((byte)',') + json.Count((byte)'{') + json.Count((byte)'[')));

    private void ChargeElement(ReadOnlySpan<byte> json)
    {
        _spent += CostOf(json);
        if (_spent > _budget && _budget > 0)
            throw TooLarge();
    }

    private readonly Bitrix24ProtocolException TooLarge() => new($"the answer would take more than {_budget} bytes of memory ({nameof(Bitrix24ClientOptions.MaxResponseMemory)})");
}

using System.Text.Json;

namespace Bitrix24.Infrastructure;

public ref partial struct FieldReader
{
    /// <summary>A reader before the first token.</summary>
    /// <param name="json">The text, in UTF-8.</param>
    /// <param name="strict">
    /// A value that does not fit what it is read as is an error. Otherwise it is read as nothing, and the object around it keeps
    /// the value as it came in <see cref="Bitrix24Object.Extra"/>.
    /// </param>
    public FieldReader(ReadOnlySpan<byte> json, bool strict)
        : this(json) => _strict = strict;

    /// <summary>How many values did not fit.</summary>
    internal readonly int Misfits => _misfits;

    /// <summary>Where the first of them begins.</summary>
    internal readonly int FirstMisfit => _firstMisfit;

    /// <summary>Why the first of them did not fit.</summary>
    internal readonly string FirstReason => _firstReason ?? "";

    /// <summary>A value did not fit and is kept nowhere yet.</summary>
    internal readonly bool HasMisfit => _hasMisfit;

    /// <summary>
    /// Puts aside a misfit that belongs to what is around the value that is read next: an earlier item of the same list, say. Give the
    /// answer to <see cref="Rejoin"/> after it.
    /// </summary>
    internal bool SetAside()
    {
        var around = _hasMisfit;
        _hasMisfit = false;
        return around;
    }

    /// <summary>Ends what <see cref="SetAside"/> began.</summary>
    internal void Rejoin(bool around) => _hasMisfit |= around;

    /// <summary>Notes that the current value does not fit what it is read as, and moves to its last token.</summary>
    /// <param name="expected">What was expected: <c>a whole number</c>.</param>
    /// <exception cref="Bitrix24ProtocolException">The reader is strict.</exception>
    internal void Misfit(string expected)
    {
        if (_strict)
            throw JsonRead.Unexpected(in this, expected);
        if (_misfits++ == 0)
        {
            _firstMisfit = _start;
            _firstReason = JsonRead.Unexpected(in this, expected).Message;
        }

        _hasMisfit = true;
        Skip();
    }

    /// <summary>The value that begins somewhere and has just been read, as it came.</summary>
    internal JsonElement TakeMisfit(int start)
    {
        _hasMisfit = false;
        return ElementOf(_json[start.._next]);
    }
}

namespace Bitrix24;

/// <summary>An enumeration that keeps values which the spec does not know yet.</summary>
/// <typeparam name="TSelf">The enumeration itself.</typeparam>
public interface IBitrix24Enum<TSelf>
    where TSelf : struct, IBitrix24Enum<TSelf>
{
    /// <summary>The value on the wire.</summary>
    string Value { get; }

    /// <summary>Makes a value.</summary>
    /// <param name="value">The value on the wire.</param>
    static abstract implicit operator TSelf(string value);
}

namespace Bitrix24;

/// <summary>A value of an enumeration.</summary>
public interface IBitrix24Enum
{
    /// <summary>The value on the wire.</summary>
    string Value { get; }
}

/// <summary>An enumeration that keeps values which the spec does not know yet.</summary>
/// <typeparam name="TSelf">The enumeration itself.</typeparam>
public interface IBitrix24Enum<TSelf> : IBitrix24Enum
    where TSelf : struct, IBitrix24Enum<TSelf>
{
    /// <summary>Makes a value.</summary>
    /// <param name="value">The value on the wire.</param>
    static abstract implicit operator TSelf(string value);
}

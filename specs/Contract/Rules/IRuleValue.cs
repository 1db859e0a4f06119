#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>The form of a JSON value.</summary>
internal enum ValueForm : byte
{
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,

    /// <summary>A value that is known only later: present, and right by every rule.</summary>
    Unknown,
}

/// <summary>
/// A JSON value as the engine sees it: over a document of System.Text.Json in the runtime, over a node that knows where it
/// stands in its source in the specs.
/// </summary>
/// <typeparam name="TSelf">The adapter; a struct, so that the engine is compiled for it and nothing is boxed.</typeparam>
internal interface IRuleValue<TSelf>
    where TSelf : struct, IRuleValue<TSelf>
{
    ValueForm Form { get; }

    /// <summary>There may be more members or items than those listed.</summary>
    bool IsPartial { get; }

    /// <summary>Members of an object, items of a list; 0 of anything else.</summary>
    int Count { get; }

    /// <summary>Of a member its name; else empty.</summary>
    string Name { get; }

    /// <summary>A text, a number as it is written, <c>true</c> or <c>false</c>; empty of anything else.</summary>
    string Text { get; }

    /// <summary>Characters of <see cref="Text"/> as PHP counts them.</summary>
    int Length { get; }

    bool NameIs(FieldDescriptor field);

    /// <summary>Whether <see cref="Text"/> is this.</summary>
    bool TextIs(string text);

    /// <summary>Whether the texts of both are the same.</summary>
    bool HasTextOf(TSelf other);

    /// <summary>A hash of <see cref="Text"/>: the same for values of which <see cref="HasTextOf"/> is true.</summary>
    int TextHash { get; }

    /// <summary>Whether <see cref="Text"/> matches the pattern of the rules.</summary>
    bool Matches(FieldRules rules);

    /// <summary>Reads a number that a decimal can hold.</summary>
    bool TryDecimal(out decimal number);

    /// <summary>The member of an object; the last one where a name stands twice.</summary>
    bool TryMember(string name, out TSelf member);

    /// <summary>Adds the items of a list, in order.</summary>
    void AddItems(ValueStack<TSelf> to);

    /// <summary>Adds the members of an object, in order.</summary>
    void AddMembers(ValueStack<TSelf> to);
}

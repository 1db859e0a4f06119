#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Which member of an object is the value of a field: the number of the member, and whether it has another name than the field.</summary>
internal static class MemberSlot
{
    public const int NotGiven = -1;

    /// <summary>What another part of the call has, and answers for.</summary>
    public const int Elsewhere = -2;

    public static int Of(int member, bool renamed) => (member << 1) | (renamed ? 1 : 0);

    public static int Member(int slot) => slot >> 1;

    public static bool IsRenamed(int slot) => (slot & 1) != 0;
}

/// <summary>An object that is being validated.</summary>
/// <typeparam name="TValue">The adapter of values.</typeparam>
/// <param name="Type">Its fields.</param>
/// <param name="Owner">The type to which its fields belong; null: they are parameters.</param>
/// <param name="Value">The object.</param>
/// <param name="View">What it carries.</param>
/// <param name="Slot">Where the context's slots say which member is which field.</param>
/// <param name="First">Where its members begin among the context's values.</param>
/// <param name="End">Where they end.</param>
internal readonly record struct ObjectMembers<TValue>(TypeDescriptor Type, TypeDescriptor? Owner, TValue Value, View View, int Slot, int First, int End)
    where TValue : struct, IRuleValue<TValue>;

using System.Runtime.CompilerServices;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <content>What generated code says of a type.</content>
public sealed partial class TypeDescriptor
{
    /// <summary>A type that generated code describes.</summary>
    /// <param name="fields">The fields, in the generator's notation.</param>
    /// <param name="types">The types of fields that are objects.</param>
    /// <param name="name">The name in the spec: that of the member which holds the descriptor, unless it is given.</param>
    /// <param name="facts">What else is known, in the generator's notation.</param>
    public TypeDescriptor(string fields, Func<TypeDescriptor[]>? types = null, [CallerMemberName] string name = "", string facts = "")
        : this(name, () => NotationReader.Fields(fields, types?.Invoke() ?? []))
    {
        foreach (var (fact, values) in NotationReader.Facts(facts))
        {
            switch (fact)
            {
                case "open":
                    Open = true;
                    break;
                case "undescribed":
                    Undescribed = true;
                    break;
                case "anyCase":
                    AnyCase = true;
                    break;
                case "errors":
                    Errors = NotationReader.RuleErrors(values);
                    break;
                default:
                    throw new FormatException($"There is no fact '{fact}'.");
            }
        }
    }
}

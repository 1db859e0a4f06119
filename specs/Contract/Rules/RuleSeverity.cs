#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs;
#else
namespace Bitrix24;
#endif

/// <summary>How much a violation weighs.</summary>
public enum RuleSeverity : byte
{
    /// <summary>Advice.</summary>
    Info,

    /// <summary>The server may accept it.</summary>
    Warning,

    /// <summary>It cannot work.</summary>
    Error,
}

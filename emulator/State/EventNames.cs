using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>Codes of events that handlers are bound to.</summary>
internal static class EventNames
{
    /// <summary>The specs have the event; one for a single kind of items ends with its number: <c>ONCRMDYNAMICITEMADD_147</c>.</summary>
    public static bool IsKnown(SpecSet specs, string? code)
    {
        if (string.IsNullOrEmpty(code))
            return false;
        var kind = code.LastIndexOf('_');
        var general = kind > 0 && code.AsSpan(kind + 1).ContainsAnyExceptInRange('0', '9') == false ? code[..kind] : code;
        return specs.Files.Where(static f => f.Api == SpecSet.DefaultApi).SelectMany(static f => f.Events)
            .Any(e => e.Code.Equals(code, StringComparison.OrdinalIgnoreCase) || e.Code.Equals(general, StringComparison.OrdinalIgnoreCase));
    }
}

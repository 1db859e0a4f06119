using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Collects the error codes of an area.</summary>
internal static class ErrorConstants
{
    /// <summary>The codes that rules of an API and of its types raise.</summary>
    public static HashSet<string> OfTypes(ProfileSpec profile, IEnumerable<SpecFile> files) => new(
        profile.RuleErrors
            .Concat(files.SelectMany(static f => f.Types).SelectMany(static t => t.Errors.Concat(t.Fields.SelectMany(static f => f.Errors))))
            .Select(static e => e.Code),
        StringComparer.Ordinal);

    /// <summary>The codes that rules raise in calls of a file's methods.</summary>
    public static EquatableArray<string> OfRules(SpecFile file, HashSet<string> ofTypes) => ofTypes
        .Concat(file.Methods.SelectMany(static m => m.RuleErrors.Concat(m.Params.SelectMany(static p => p.Errors))).Select(static e => e.Code))
        .Distinct(StringComparer.Ordinal)
        .OrderBy(static c => c, StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>The codes that methods of an area and rules of its types may answer.</summary>
    public static IEnumerable<ErrorConstant> Of(AreaNames area, IReadOnlyList<MethodSpec> methods, Reachability reach, ProfileSpec profile)
    {
        var byCode = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var error in methods.SelectMany(static m => m.Errors))
        {
            if (!byCode.TryGetValue(error.Code, out var message) || message is null)
                byCode[error.Code] = error.Message;
        }

        var rules = methods
            .SelectMany(static m => m.RuleErrors.Concat(m.Params.SelectMany(static p => p.Errors)))
            .Concat(area.Files
                .SelectMany(static f => f.Types)
                .Where(t => reach.Types.ContainsKey((t.File, t.Name)))
                .SelectMany(static t => t.Errors.Concat(t.Fields.SelectMany(static f => f.Errors))));
        foreach (var rule in rules)
        {
            if (!byCode.ContainsKey(rule.Code))
                byCode.Add(rule.Code, rule.Message);
        }

        var names = CSharpNames.Constants(byCode.Keys, area.ErrorsName, profile);
        return byCode.Select((e, i) => new ErrorConstant(names[i], e.Key, e.Value));
    }
}

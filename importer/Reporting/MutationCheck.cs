using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>Breaks documented requests in every way that the specs know, and counts what the specs catch.</summary>
public static class MutationCheck
{
    public static MutationReport Run(SpecSet set, IReadOnlyList<MethodDoc> methods)
    {
        var counts = new SortedDictionary<string, MutationCounts>(StringComparer.Ordinal);
        var unbroken = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var missed = new List<MissedMutation>();
        var requests = 0;
        foreach (var method in methods)
        {
            if (set.FindMethod(method.Name, method.Api) is not { } spec)
                continue;
            foreach (var request in method.Requests.Where(r => r is { Strict: true, Parameters: not null } && MethodReader.Matches(r, method)))
            {
                requests++;
                var before = Found(set, spec, request.Parameters!);
                foreach (var mutant in new Mutator(set, spec, reason => unbroken[reason] = unbroken.GetValueOrDefault(reason) + 1).Mutants(request.Parameters!))
                {
                    // A request that breaks the rule there already proves nothing.
                    if (before.Contains((mutant.RuleId, mutant.Path)))
                    {
                        unbroken["the documented request breaks the rule there already"] = unbroken.GetValueOrDefault("the documented request breaks the rule there already") + 1;
                        continue;
                    }

                    var after = Found(set, spec, mutant.Parameters);
                    var caught = after.Contains((mutant.RuleId, mutant.Path));
                    var known = counts.GetValueOrDefault(mutant.Rule) ?? new MutationCounts(0, 0);
                    counts[mutant.Rule] = new MutationCounts(known.Made + 1, known.Caught + (caught ? 1 : 0));
                    if (!caught)
                        missed.Add(new MissedMutation(method.Page.Path, request.Line, method.Name, mutant.Rule, mutant.Path,
                            [.. after.Except(before).Select(static f => $"{f.RuleId} {f.Path}".TrimEnd()).Order(StringComparer.Ordinal)]));
                }
            }
        }

        return new MutationReport(requests, counts.Values.Sum(static c => c.Made), counts.Values.Sum(static c => c.Caught), counts, unbroken, missed);
    }

    private static HashSet<(string RuleId, string Path)> Found(SpecSet set, MethodSpec method, JsonObject parameters) =>
        [.. SpecValidator.Validate(set, method, parameters).Select(static v => (v.RuleId, v.Path))];
}

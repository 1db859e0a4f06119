using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Finds the typed forms of methods whose lists hold calls of other methods.</summary>
internal static class NestedCalls
{
    /// <summary>The methods that items of lists call, where they are selected and work on one type of records.</summary>
    public static IEnumerable<NestedModel> Of(MethodSpec method, SpecSet set, HashSet<string> selected, ValueResolver values)
    {
        foreach (var list in method.Params)
        {
            if (list.Call is not { Params: null } call
                || method.Params.FirstOrDefault(p => p.Enum.Count > 0 && call.Method.EndsWith($".{{{p.Name}}}", StringComparison.Ordinal)) is not { } selector)
            {
                continue;
            }

            foreach (var value in selector.Enum)
            {
                var name = call.Method.Replace($"{{{selector.Name}}}", value);
                if (!selected.Contains(name) || set.FindMethod(name, method.Api) is not { Of: { } of } inner || inner.File != method.File)
                    continue;
                var content = inner.Params.FirstOrDefault(static p => p.In == ParameterLocation.Content);
                // A list of keys is for what takes no record, a list of records for what does.
                if (content is null == (call.Key is null) && values.Resolve(of) is { Shape: ValueShape.Object } record)
                    yield return new(list.Name, selector.Name, value, call.Key, content is null ? null : values.Resolve(content.Type), content?.As ?? View.Create, record);
            }
        }
    }
}

using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>A method that the items of a list call.</summary>
/// <param name="List">The parameter that has the list.</param>
/// <param name="Selector">The parameter that says which method.</param>
/// <param name="Value">Its value.</param>
/// <param name="Method">The method that is called.</param>
/// <param name="Record">The record that it works on.</param>
/// <param name="Content">The parameter that has the record; null: it takes none.</param>
internal sealed record NestedCall(FieldSpec List, FieldSpec Selector, string Value, MethodSpec Method, TypeRef Record, FieldSpec? Content)
{
    /// <summary>The member of the group client that makes such calls.</summary>
    public string MemberName => CSharpNames.Pascal(Value) + "ManyAsync";
}

/// <summary>Finds the typed forms of methods whose lists hold calls of other methods.</summary>
internal static class NestedCalls
{
    /// <summary>The methods that items of lists call, where they are selected and work on one type of records.</summary>
    public static IEnumerable<NestedModel> Of(MethodSpec method, SpecSet set, HashSet<string> selected, ValueResolver values)
    {
        foreach (var call in Find(method, set, selected))
        {
            if (values.Resolve(call.Record) is { Shape: ValueShape.Object } record)
            {
                yield return new(
                    call.List.Name, call.Selector.Name, call.Value, call.MemberName, call.List.Call!.Key,
                    call.Content is { } content ? values.Resolve(content.Type) : null, call.Content?.As ?? View.Create, record);
            }
        }
    }

    /// <summary>The calls, in the specs.</summary>
    public static IEnumerable<NestedCall> Find(MethodSpec method, SpecSet set, HashSet<string> selected)
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
                if (content is null == (call.Key is null))
                    yield return new(list, selector, value, inner, of, content);
            }
        }
    }
}

using System.Globalization;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>What REST 3.0 says of names in a filter and in a selection: which field of which object it does not know.</summary>
internal static class UnknownProperties
{
    private const string Property = "property";

    private static readonly string[] Carriers = ["filter[", "select["];

    /// <summary>The violation in the words of the API, which names the related object where the field is one of that.</summary>
    public static SpecViolation Worded(MethodCall call, SpecViolation violation)
    {
        if (violation.Rule != Property || NameAt(call.Parameters, violation.Path) is not { } name || call.Method.Of is not { } of)
            return violation;
        var (owner, type) = (of.Name ?? "", call.Specs.ResolveType(of, call.Method.Api));
        var shown = owner;
        var steps = name.Split('.');
        var field = steps[0];
        for (var i = 0; i < steps.Length; i++)
        {
            field = steps[i];
            if (i == steps.Length - 1 || type?.Fields.FirstOrDefault(f => f.Name == field) is not { } related)
                break;
            var inner = related.Type.Element ?? related.Type;
            type = call.Specs.ResolveType(inner, call.Method.Api);
            var own = Listed(call, field) ?? inner.Name ?? field;
            shown = own.Length > owner.Length && own.StartsWith(owner, StringComparison.Ordinal) ? own[owner.Length..] : own;
        }

        var said = shown == owner ? call.Method.Errors.FirstOrDefault(e => e.Code == violation.Code)?.Message : null;
        return violation with
        {
            Message = said?.Contains('{', StringComparison.Ordinal) == true ? ErrorText.Filled(said, field, field)! : $"Unknown field `{field}` for entity `{shown}Dto`",
        };
    }

    /// <summary>The name of the type of such a field where the pages list one; an example gives it one after itself.</summary>
    private static string? Listed(MethodCall call, string field) => call.Specs.FindFile(call.Method.File, call.Method.Api)?.Types.SelectMany(static t => t.Fields)
        .Where(f => f.Name == field).Select(static f => (f.Type.Element ?? f.Type).Name).FirstOrDefault(n => n?.EndsWith(field, StringComparison.OrdinalIgnoreCase) == false);

    /// <summary>The name that a condition is about, or that a selection lists, at a path as <c>filter[0].conditions[1]</c>; null: the path leads to none.</summary>
    public static string? NameAt(JsonObject parameters, string path)
    {
        if (!path.EndsWith(']') || !Array.Exists(Carriers, c => path.StartsWith(c, StringComparison.Ordinal)))
            return null;
        JsonNode? node = parameters;
        foreach (var step in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'))
        {
            node = node switch
            {
                JsonObject members => members[step],
                JsonArray items when int.TryParse(step, CultureInfo.InvariantCulture, out var at) && at >= 0 && at < items.Count => items[at],
                _ => null,
            };
        }

        return JsonValues.Text(node is JsonArray { Count: > 0 } condition ? condition[0] : node);
    }
}

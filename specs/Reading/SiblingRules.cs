namespace Bitrix24.Gen.Specs;

/// <summary>Rules of a field that name the fields beside it.</summary>
internal static class SiblingRules
{
    public static void Check(BindContext context, List<FieldSpec> fields, SpecObject map)
    {
        HashSet<string>? names = null;
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            if (field.RequiredIf is null && field.OneOf.Count == 0)
                continue;
            names ??= new(fields.ConvertAll(static f => f.Name), StringComparer.Ordinal);
            if (field.RequiredIf is { } condition && !names.Contains(condition.Field))
            {
                ReportMissing(context, fields, map, field, "requiredIf", condition.Field);
                fields[i] = field with { RequiredIf = null };
            }

            foreach (var name in field.OneOf)
            {
                if (names.Contains(name))
                    continue;
                ReportMissing(context, fields, map, field, "oneOf", name);
                fields[i] = fields[i] with { OneOf = default };
                break;
            }
        }
    }

    private static void ReportMissing(
        BindContext context, List<FieldSpec> fields, SpecObject map, FieldSpec field, string key, string name)
    {
        var range = (map.Json.Find(field.Name)?.Value as JsonObject)?.Find(key)?.Value.Range ?? map.Json.Range;
        context.Report(
            RuleIds.SpecReference, map.At(field.Name).Member(key), range,
            $"There is no field \"{BindContext.Quote(name)}\" beside this one. {BindContext.Hint(name, fields.ConvertAll(static f => f.Name))}");
    }
}

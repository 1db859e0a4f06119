namespace Bitrix24.Gen.Specs;

/// <summary>Rules of a field that name the fields beside it.</summary>
internal static class SiblingRules
{
    public static void Check(BindContext context, List<FieldSpec> fields, SpecObject map)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            if (field.RequiredIf is { } condition && !Has(fields, condition.Field))
            {
                ReportMissing(context, fields, map, field, "requiredIf", condition.Field);
                fields[i] = field with { RequiredIf = null };
            }

            foreach (var name in field.OneOf)
            {
                if (Has(fields, name))
                    continue;
                ReportMissing(context, fields, map, field, "oneOf", name);
                fields[i] = fields[i] with { OneOf = default };
                break;
            }
        }
    }

    private static bool Has(List<FieldSpec> fields, string name) =>
        fields.Exists(f => string.Equals(f.Name, name, StringComparison.Ordinal));

    private static void ReportMissing(
        BindContext context, List<FieldSpec> fields, SpecObject map, FieldSpec field, string key, string name)
    {
        var range = (map.Json.Find(field.Name)?.Value as JsonObject)?.Find(key)?.Value.Range ?? map.Json.Range;
        context.Report(
            RuleIds.SpecReference, map.At(field.Name).Member(key), range,
            $"There is no field \"{BindContext.Quote(name)}\" beside this one. {BindContext.Hint(name, fields.ConvertAll(static f => f.Name))}");
    }
}

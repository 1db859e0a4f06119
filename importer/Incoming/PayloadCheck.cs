using System.Globalization;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Incoming;

/// <summary>The results of the documented payloads of an area.</summary>
/// <param name="Area">The area.</param>
/// <param name="Events">Its events.</param>
/// <param name="Placements">Its placements.</param>
/// <param name="Payloads">Payloads that their pages show as JSON.</param>
/// <param name="Whole">Of these, those of which the specs name every member and read every value.</param>
/// <param name="Lost">Members that no spec names, or whose value is of another type: code and path.</param>
public sealed record IncomingReport(string Area, int Events, int Placements, int Payloads, int Whole, IReadOnlyList<string> Lost);

/// <summary>Holds the documented payloads against the imported specs.</summary>
internal static class PayloadCheck
{
    public static IReadOnlyList<IncomingReport> Run(SpecSet set, IncomingDocs docs)
    {
        var reports = new List<IncomingReport>();
        var areas = docs.Files.Select(static f => f.Name).Select(static n => n[..n.LastIndexOf('.')]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var area in areas)
        {
            var events = set.FindFile(area + ".events")?.Events ?? default;
            var placements = set.FindFile(area + ".placements")?.Placements ?? default;
            var (payloads, whole) = (0, 0);
            var lost = new List<string>();
            foreach (var spec in events)
            {
                foreach (var example in docs.Events.FirstOrDefault(d => d.Code == spec.Code)?.Examples ?? [])
                    Check(spec.Code, spec.Data, example.Find("data")?.Value);
            }

            foreach (var spec in placements)
                Check(spec.Code, spec.Options, docs.Placements.FirstOrDefault(d => d.Codes.Contains(spec.Code))?.Example);
            reports.Add(new(area, events.Count, placements.Count, payloads, whole, lost));

            void Check(string code, TypeRef? type, JsonNode? shown)
            {
                if (shown is null)
                    return;
                payloads++;
                var before = lost.Count;
                Visit(set, type ?? TypeRef.Json, shown, code, lost);
                whole += lost.Count == before ? 1 : 0;
            }
        }

        return reports;
    }

    private static void Visit(SpecSet set, TypeRef type, JsonNode value, string path, List<string> lost)
    {
        switch (type.Kind)
        {
            case TypeKind.Named when set.ResolveType(type) is { Scalar: null } named:
                if (value is JsonArray { Items.Count: 0 } or JsonNull or JsonString { Value: "" })
                    break;
                if (value is not JsonObject obj)
                {
                    lost.Add(path);
                    break;
                }

                foreach (var member in obj.Properties)
                {
                    var field = named.Fields.FirstOrDefault(f => f.Name == member.Name);
                    if (field is null)
                        lost.Add($"{path}.{member.Name}");
                    else
                        Visit(set, field.Type, member.Value, $"{path}.{member.Name}", lost);
                }

                break;
            case TypeKind.Array when value is JsonArray list:
                foreach (var item in list.Items)
                    Visit(set, type.Element!, item, path + "[]", lost);
                break;
            case TypeKind.Map when value is JsonObject map:
                foreach (var member in map.Properties)
                    Visit(set, type.Element!, member.Value, path + ".*", lost);
                break;
            case TypeKind.Long or TypeKind.Int or TypeKind.Decimal or TypeKind.Double
                when value is JsonString { Value.Length: > 0 } text && !decimal.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _):
            case TypeKind.Long or TypeKind.Int or TypeKind.Decimal or TypeKind.Double or TypeKind.String or TypeKind.Bool or TypeKind.YesNo or TypeKind.Date or TypeKind.DateTime
                when value is JsonObject or JsonArray { Items.Count: > 0 }:
                lost.Add(path);
                break;
        }
    }
}

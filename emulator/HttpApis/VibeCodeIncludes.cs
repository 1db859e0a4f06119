using System.Globalization;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>Puts the company and the contacts of records beside them, where a call includes these.</summary>
internal sealed class VibeCodeIncludes(Portal portal, string api)
{
    private const string Parameter = "include";
    private const string Member = "_included";

    /// <summary>Adds <c>_included</c> to what a call answers; a record has no such member where nothing is included.</summary>
    public void Add(MethodSpec method, JsonObject parameters, JsonNode? result)
    {
        var records = result is JsonArray list ? list.OfType<JsonObject>().ToList() : [.. new[] { result }.OfType<JsonObject>()];
        records.ForEach(static r => r.Remove(Member));
        var names = Names(parameters[Parameter]).ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0 || method.Params.All(static p => p.Name != Parameter))
            return;
        lock (portal.Records.Gate)
        {
            foreach (var shown in records)
            {
                // What links them need not be among the fields that are shown.
                var record = Find(method.Of, shown["id"]) ?? shown;
                var included = new JsonObject();
                if (names.Contains("company"))
                    included["company"] = Find(new(TypeKind.Named, "Company", "companies"), Kept(record, "companyId"))?.DeepClone();
                if (names.Contains("contact"))
                    included["contacts"] = Contacts(record);
                shown[Member] = included;
            }
        }
    }

    /// <summary>The relations that are included: a list of names, or names between commas.</summary>
    public static IEnumerable<string> Names(JsonNode? include) =>
        (include is JsonArray list ? list.Select(JsonValues.Text).OfType<string>() : [JsonValues.Text(include) ?? ""])
            .SelectMany(static text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private JsonArray Contacts(JsonObject record)
    {
        var ids = Kept(record, "contactIds") as JsonArray ?? (Kept(record, "contactId") is { } one ? [one.DeepClone()] : []);
        var contacts = new JsonArray();
        foreach (var id in ids)
        {
            if (Find(new(TypeKind.Named, "Contact", "contacts"), id)?.DeepClone() is not JsonObject contact)
                continue;
            contact["isPrimary"] = contacts.Count == 0;
            contact["sort"] = JsonNode.Parse(((contacts.Count + 1) * 10).ToString(CultureInfo.InvariantCulture));
            contacts.Add(contact);
        }

        return contacts;
    }

    /// <summary>The value of a name in whatever spelling it is kept.</summary>
    private static JsonNode? Kept(JsonObject record, string name) => record.FirstOrDefault(m => Columns.Fold(m.Key) == Columns.Fold(name)).Value;

    private JsonObject? Find(TypeRef? type, JsonNode? id)
    {
        if (id is null || portal.Records.Table(type, api)?.Find(Values.From(id)) is not { } record)
            return null;
        var shown = portal.Records.TypeOf(type, api)!.See(record);
        shown.Remove(Member);
        return shown;
    }
}

using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Fields;

/// <summary>Custom fields whose names become one C# name: <c>UF_CRM_A1</c> and <c>UF_CRM_A_1</c>.</summary>
internal static class DistinctNames
{
    /// <summary>The fields, each with a C# name that no other has: the first by its name keeps it, the others get a number.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="known">Fields of the record that they join.</param>
    /// <param name="profile">The API's profile.</param>
    /// <param name="notes">Takes what a person should look at.</param>
    public static EquatableArray<FieldSpec> Of(IReadOnlyList<FieldSpec> fields, IEnumerable<FieldSpec> known, ProfileSpec? profile, List<string> notes)
    {
        var own = fields.Select(static f => f.Name).ToHashSet(StringComparer.Ordinal);
        var taken = known.Where(f => !own.Contains(f.Name)).Select(f => CSharpNames.Of(f, profile)).ToHashSet(StringComparer.Ordinal);
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        var second = new List<(FieldSpec Field, string Name)>();
        foreach (var field in fields.OrderBy(static f => f.Name, StringComparer.Ordinal))
        {
            var name = CSharpNames.Of(field, profile);
            if (!taken.Add(name))
                second.Add((field, name));
        }

        foreach (var (field, name) in second)
        {
            var number = 2;
            while (!taken.Add($"{name}No{number}"))
                number++;
            renamed[field.Name] = $"{name}No{number}";
            notes.Add($"{field.Name} is called {name}No{number} in C#: another field becomes {name}.");
        }

        return renamed.Count == 0 ? new([.. fields]) : new([.. fields.Select(f => renamed.TryGetValue(f.Name, out var name) ? f with { CSharpName = name } : f)]);
    }
}

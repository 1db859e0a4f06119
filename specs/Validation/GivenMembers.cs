namespace Bitrix24.Gen.Specs;

/// <summary>The members that a call gives of an object, with those whose names differ from a field's in case only.</summary>
/// <param name="given">The object.</param>
/// <param name="slips">The members in another case; null: none, or names are exact.</param>
internal readonly struct GivenMembers(JsonObject given, IReadOnlyList<JsonProperty>? slips)
{
    public bool Partial => given.Partial;

    public TextRange Range => given.Range;

    public static bool IsSlip(string name, string field) => string.Equals(name, field, StringComparison.OrdinalIgnoreCase);

    /// <summary>The member of that name; where there is none, the last that slipped.</summary>
    public JsonProperty? Find(string name)
    {
        if (given.Find(name) is { } exact || slips is null)
            return given.Find(name);
        for (var i = slips.Count - 1; i >= 0; i--)
        {
            if (IsSlip(slips[i].Name, name))
                return slips[i];
        }

        return null;
    }
}

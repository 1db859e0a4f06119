using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Analyzers.Values;

/// <summary>The field or parameter that a typed C# value is sent as; it decides the form on the wire.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Owner">The type that has the field, or what the names of the method's classes begin with.</param>
/// <param name="Form">What typed code has for the value, or for an item of it.</param>
/// <param name="Profile">The profile of the API.</param>
internal sealed record WireTarget(string Name, string Owner, TypedForm Form, ProfileSpec Profile)
{
    /// <summary>The field itself.</summary>
    public static WireTarget Of(FieldSpec field, string owner, SpecSet specs, string api) => new(field.Name, owner, TypedForm.Of(specs, api, field), specs.Profile(api));

    /// <summary>A C# bool is sent as <c>Y</c> or <c>N</c>.</summary>
    public bool IsYesNo => Form.Kind == TypeKind.YesNo;

    /// <summary>What the items of a list or the values of a map are sent as; null where the value has none.</summary>
    public WireTarget? Element => Form.Element is { } element ? this with { Form = element } : null;

    /// <summary>The text that a named constant of a generated enumeration is sent as; null where the spec has no such value.</summary>
    public string? ValueOf(string enumeration, string constant)
    {
        if (Form.Listed is not { } listed)
            return null;
        var names = CSharpNames.Constants(listed, Form.ListedBy is null ? Owner : enumeration, enumeration, Profile);
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], constant, StringComparison.Ordinal))
                return listed.Enum[i];
        }

        return null;
    }
}

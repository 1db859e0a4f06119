using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Model;

/// <summary>The views of a type that selected methods need.</summary>
[Flags]
internal enum Views
{
    /// <summary>Its descriptor only.</summary>
    None = 0,
    Read = 1,
    Create = 2,
    Update = 4,
    Filter = 8,
    Select = 16,
    Order = 32,

    /// <summary>The filter joins conditions of which one is enough.</summary>
    FilterLogic = 64,
}

/// <summary>A field of a type or a parameter of a method, with its C# side.</summary>
internal sealed record FieldModel
{
    public required FieldSpec Spec { get; init; }

    /// <summary>The property's name.</summary>
    public required string Name { get; init; }

    public required ValueModel Value { get; init; }

    /// <summary>The C# class with names for the numbers that it may be; null: it has none.</summary>
    public string? Numbers { get; init; }
}

/// <summary>A type of a spec file that is an object.</summary>
internal sealed record TypeModel
{
    public required TypeSpec Spec { get; init; }

    /// <summary>See <see cref="NameOf"/> for its views.</summary>
    public required string Name { get; init; }

    /// <summary>See <see cref="ValueModel.InputOnly"/>.</summary>
    public bool InputOnly { get; init; }

    public Views Views { get; init; }

    public required DescriptorModel Descriptor { get; init; }

    public EquatableArray<FieldModel> Fields { get; init; }

    public EquatableArray<BuilderModel> Builders { get; init; }

    public string NameOf(View view) => CSharpNames.Of(Name, InputOnly ? View.Read : view);
}

/// <summary>A struct around a text with known values, or constants for numbers.</summary>
/// <param name="Name">The C# name.</param>
/// <param name="Values">The values on the wire.</param>
/// <param name="Constants">A C# name for each of the values.</param>
/// <param name="Meanings">What each of the values means; empty where that is not known.</param>
internal sealed record EnumModel(string Name, EquatableArray<string> Values, EquatableArray<string> Constants, EquatableArray<string> Meanings)
{
    /// <summary>The C# type of the numbers; null: the values are texts.</summary>
    public string? Number { get; init; }
}

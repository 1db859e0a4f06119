using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>A type of which the portal keeps records.</summary>
/// <param name="Api">The API it belongs to.</param>
/// <param name="Spec">What the spec says of it.</param>
internal sealed record RecordType(string Api, TypeSpec Spec)
{
    /// <summary>The name that <see cref="PortalEmulator.Seed"/> takes.</summary>
    public string Name => $"{Spec.File}/{Spec.Name}";

    /// <summary>The field that identifies a record.</summary>
    public FieldSpec? KeyField { get; } =
        Spec.Fields.FirstOrDefault(f => f.Server == ServerValue.AutoIncrement)
        ?? Spec.Fields.FirstOrDefault(f => f.Name.Equals("id", StringComparison.OrdinalIgnoreCase));

    public string KeyName => KeyField?.Name ?? "id";

    public FieldSpec? Field(string name) => Spec.Fields.FirstOrDefault(f => f.Name == name);

    public bool Is(TypeRef type) => type.Kind == TypeKind.Named && type.Name == Spec.Name && type.File == Spec.File;
}

namespace Bitrix24.Gen.Specs;

/// <summary>A type of a spec file: an object with fields, or a scalar with rules of its own.</summary>
public sealed record TypeSpec
{
    /// <summary>The name within its file; inline objects get one from where they stand.</summary>
    public required string Name { get; init; }

    /// <summary>Base name of the file that defines it.</summary>
    public required string File { get; init; }

    /// <summary>Empty where <see cref="Scalar"/> is set.</summary>
    public EquatableArray<FieldSpec> Fields { get; init; }

    /// <summary>Set for a named scalar (a type and its rules, no fields).</summary>
    public FieldSpec? Scalar { get; init; }

    /// <summary>The portal's own fields (<c>UF_…</c>, <c>ufCrm…</c>, <c>parentId…</c>) may stand beside the listed ones.</summary>
    public bool Open { get; init; }

    /// <summary>Whether a name that is not listed is one of the portal's own fields.</summary>
    /// <param name="name">The name.</param>
    public bool HasOwnField(string name) => Open && Contract.CustomField.IsName(name);

    /// <summary>Of an open type: nobody has described all fields, so any name may stand beside the listed ones.</summary>
    public bool Undescribed { get; init; }

    /// <summary>It is only ever sent: its class has the type's own name, without the name of a view.</summary>
    public bool Input { get; init; }

    /// <summary>The object was written inline, where it is used.</summary>
    public bool Inline { get; init; }

    public string? Docs { get; init; }

    public string? CSharpName { get; init; }

    public string? Description { get; init; }

    /// <summary>Methods that add items to lists of the type.</summary>
    public EquatableArray<BuilderSpec> Builders { get; init; }

    /// <summary>Error codes by rule, for fields that name none.</summary>
    public EquatableArray<RuleError> Errors { get; init; }
}

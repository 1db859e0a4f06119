using Bitrix24.Gen.Importer.Fields;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Pull;

/// <summary>A smart process, or another type of the CRM that shares its methods.</summary>
/// <param name="EntityTypeId">Its number.</param>
/// <param name="Name">What it is called in C#: a word with a capital.</param>
/// <param name="StatusType">The list of its stages.</param>
internal sealed record SmartProcess(long EntityTypeId, string Name, string StatusType);

/// <summary>A spec file for one smart process: a record type and methods of its own, which call the general ones.</summary>
internal static class SmartProcessSpec
{
    private const string Selector = "entityTypeId";
    private const string OriginalNames = "useOriginalUfNames";

    /// <summary>The name of a smart process's file.</summary>
    public static string FileOf(SmartProcessSource source, SmartProcess process) => $"{source.Area}.{char.ToLowerInvariant(process.Name[0])}{process.Name[1..]}";

    /// <summary>Makes the file.</summary>
    /// <param name="set">The specs.</param>
    /// <param name="source">Names the methods that are called.</param>
    /// <param name="process">The smart process.</param>
    /// <param name="fields">Its fields, as the portal describes them.</param>
    /// <param name="statuses">The portal's lists.</param>
    /// <param name="descriptions">Take over what people call the fields.</param>
    /// <param name="notes">Takes what a person should look at.</param>
    public static SpecFile Create(
        SpecSet set, SmartProcessSource source, SmartProcess process, IReadOnlyList<AnsweredField> fields, PortalStatuses statuses, bool descriptions, List<string> notes)
    {
        var (templateFile, templateType) = (source.Template[..source.Template.IndexOf('/', StringComparison.Ordinal)], source.Template[(source.Template.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        var template = set.FindFile(templateFile)!;
        var record = template.Types.First(t => t.Name == templateType);
        var file = FileOf(source, process);
        var type = new TypeSpec
        {
            Name = process.Name,
            File = file,
            Docs = record.Docs,
            Open = true,
            Fields = DistinctNames.Of([.. fields.Select(f => FieldOf(set, record, f, process, statuses, descriptions, notes))], [], set.Profile(template.Api), notes),
        };
        var own = new TypeRef(TypeKind.Named, process.Name, file);
        var methods = template.Methods
            .Where(m => m.Of is { Kind: TypeKind.Named } of && of.Name == templateType && of.File == templateFile)
            .Select(m => m with
            {
                Name = file + m.Name[m.Name.LastIndexOf('.')..],
                File = file,
                Calls = m.Name,
                CSharpName = null,
                Of = own,
                Params = m.Params.Where(static p => p.Name != OriginalNames).Select(p => Parameter(p, process, record, own)).ToEquatableArray(),
                Result = m.Result is { } result ? result with { Type = Replace(result.Type, record, own) } : null,
            });
        return new SpecFile
        {
            Name = file,
            Api = template.Api,
            Scope = template.Methods[0].Scope,
            Messages = template.Messages,
            Types = new([type]),
            Methods = methods.ToEquatableArray(),
        };
    }

    private static FieldSpec FieldOf(
        SpecSet set, TypeSpec record, AnsweredField answered, SmartProcess process, PortalStatuses statuses, bool descriptions, List<string> notes)
    {
        var known = record.Fields.FirstOrDefault(f => FieldOverlay.IsSame(f.Name, answered.Name));
        var field = known is null
            ? FieldOverlay.SpecOf(answered, FieldTarget.FilesOf(set, record.File), descriptions, notes) with { Required = false }
            : known with { Name = answered.Name, Type = Outside(set, known.Type), CSharpName = null };
        var list = answered.StatusType is { } given && !given.StartsWith("DYNAMIC_", StringComparison.Ordinal) ? given : process.StatusType;
        return answered.StatusType is not null && field.Enum.Count == 0 && field.Type.Kind == TypeKind.String && statuses.Of(list) is { Count: > 0 } values
            ? PortalStatuses.Apply(field, values)
            : field;
    }

    private static FieldSpec Parameter(FieldSpec parameter, SmartProcess process, TypeSpec record, TypeRef own) => parameter.Name == Selector
        ? parameter with { Required = false, Fixed = process.EntityTypeId.ToString(System.Globalization.CultureInfo.InvariantCulture) }
        : parameter with { Type = Replace(parameter.Type, record, own) };

    private static TypeRef Replace(TypeRef type, TypeSpec record, TypeRef own) => type switch
    {
        { Kind: TypeKind.Named } => type.Name == record.Name && type.File == record.File ? own : type,
        { Element: { } element } => type with { Element = Replace(element, record, own) },
        _ => type,
    };

    // An object written within the template's file cannot be named from another.
    private static TypeRef Outside(SpecSet set, TypeRef type) => type switch
    {
        { Kind: TypeKind.Named } => set.ResolveType(type) is { Inline: true } ? TypeRef.Json : type,
        { Element: { } element } => type with { Element = Outside(set, element) },
        _ => type,
    };
}

using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Fields;

/// <summary>The type of an entity that fields are added to.</summary>
/// <param name="Api">The API.</param>
/// <param name="File">Base name of the spec file that holds the type.</param>
/// <param name="Type">The type's name.</param>
/// <param name="Known">What the specs say of it; null: the entity is new to them.</param>
public sealed record FieldTarget(string Api, string File, string Type, TypeSpec? Known)
{
    /// <summary>The template that gives a new entity its methods.</summary>
    public string? Template { get; private init; }

    /// <summary>How the API names things.</summary>
    public ProfileSpec? Profile { get; private init; }

    /// <summary>The format of files in the portal's own fields.</summary>
    public string? Files { get; private init; }

    private static readonly string[] Verbs = ["fields", "get", "create", "add", "list", "update"];

    /// <summary>Finds the type that the methods of an entity are about.</summary>
    /// <param name="set">The specs.</param>
    /// <param name="api">The API.</param>
    /// <param name="entity">The entity, as its methods begin: <c>deals</c>, <c>crm.deal</c>.</param>
    /// <param name="type">The name for the type of an entity that is not in the specs yet; null: there is none.</param>
    /// <param name="problem">Why there is no target, and how to fix it.</param>
    public static FieldTarget? Find(SpecSet set, string api, string entity, string? type, out string? problem)
    {
        problem = null;
        if (!set.Apis.Contains(api, StringComparer.Ordinal))
        {
            problem = $"There are no specs of the API \"{api}\"{Hint(api, set.Apis)}; --specs names their folder.";
            return null;
        }

        foreach (var verb in Verbs)
        {
            if (set.FindMethod($"{entity}.{verb}", api)?.Of is { Kind: TypeKind.Named } of && set.ResolveType(of, api) is { Scalar: null } known)
                return new(api, known.File, known.Name, known) { Profile = set.Profile(api), Files = FilesOf(set, entity, api) };
        }

        if (type is not null && set.FindFile(entity, api)?.Types.FirstOrDefault(t => t.Name == type) is { } named)
            return new(api, entity, type, named) { Profile = set.Profile(api), Files = FilesOf(set, entity, api) };
        var template = set.Templates(api).FirstOrDefault();
        if (type is not null && template is not null)
            return new(api, entity, type, null) { Profile = set.Profile(api), Template = template };
        var entities = set.MethodNames(api).Select(static n => n.LastIndexOf('.') is var dot and > 0 ? n[..dot] : n).Distinct(StringComparer.Ordinal).ToArray();
        problem = $"No method of {api} begins with \"{entity}.\" and is about a record{Hint(entity, entities)}"
            + (template is not null ? $"; with --type NAME a new entity is described, by the template \"{template}\"." : "; --type NAME names a type of the entity's spec file.");
        return null;
    }

    /// <summary>The format in which records of an entity take files in the portal's own fields; null: <c>[name, base64]</c>.</summary>
    public static string? FilesOf(SpecSet set, string entity, string api = SpecSet.DefaultApi) => set.Profile(api).Module(entity)?.Files;

    private static string Hint(string given, IEnumerable<string> names) =>
        Suggestion.Nearest(given, names) is { } near ? $"; did you mean \"{near}\"?" : "";
}

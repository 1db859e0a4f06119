using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Diff;

/// <summary>Compares parameters, fields and their types as one method uses them.</summary>
internal sealed class FieldDiff(SpecSet oldSet, SpecSet newSet, MethodSpec method, ChangeList changes)
{
    private readonly HashSet<(View, string, string)> _seen = [];
    private readonly RuleDiff _rules = new(method, changes);

    /// <summary>Compares the members of two objects.</summary>
    /// <param name="path">What they are of.</param>
    /// <param name="separator">What stands between the path and a member's name.</param>
    /// <param name="before">The members as they were.</param>
    /// <param name="after">As they are.</param>
    /// <param name="view">What the object is for.</param>
    public void CompareMembers(string path, string separator, EquatableArray<FieldSpec> before, EquatableArray<FieldSpec> after, View view)
    {
        foreach (var field in before)
        {
            if (after.FirstOrDefault(f => f.Name == field.Name) is { } other)
                CompareField(path + separator + field.Name, field, other, view);
            else if (IsPart(field, view))
                Add(true, Kind(view, "fieldRemoved", "parameterRemoved", removed: true), path + separator + field.Name,
                    view == View.Read ? "No longer answered." : IsQuery(view) ? $"No longer allowed in {Word(view)}." : "No longer taken.");
        }

        foreach (var field in after.Where(f => IsPart(f, view) && !before.Any(b => b.Name == f.Name)))
        {
            var required = view == View.Create && field.Required;
            Add(required, required ? "requiredAdded" : Kind(view, "fieldAdded", "parameterAdded", removed: false), path + separator + field.Name,
                required ? "New and required." : view == View.Read ? "New in answers." : IsQuery(view) ? $"New in {Word(view)}." : "New.");
        }
    }

    private void CompareField(string path, FieldSpec before, FieldSpec after, View view)
    {
        var (was, may) = (IsPart(before, view), IsPart(after, view));
        if (was && !may)
        {
            var kind = IsQuery(view) ? Kind(view, "", "", removed: true)
                : after.ReadOnly ? "nowReadOnly" : after.Use is not null ? "nowElsewhere" : "nowImmutable";
            Add(true, kind, path, kind switch
            {
                "nowReadOnly" => "Read-only now.",
                "nowElsewhere" => $"Changed by {after.Use} only now.",
                "nowImmutable" => "Can no longer be changed after creation.",
                _ => $"No longer allowed in {Word(view)}.",
            });
        }
        else if (may && !was)
        {
            var required = view == View.Create && after.Required;
            Add(required, required ? "nowRequired" : IsQuery(view) ? "queryAllowed" : view == View.Update ? "nowChangeable" : "nowWritable", path,
                IsQuery(view) ? $"Allowed in {Word(view)} now." : required ? "Was read-only; required now." : "Can be written now.");
        }

        if (!may)
            return;
        if (before.As != after.As)
            Add(true, "viewChanged", path, $"Holds {Carried(after)} now, not {Carried(before)}.");
        if (!before.Deprecated && after.Deprecated)
            Add(false, "fieldDeprecated", path, "Deprecated.");
        _rules.Compare(path, before, after, view, wasPart: was);
        CompareTypes(path, before.Type, after.Type, after.As ?? (view == View.Read ? View.Read : View.Create));
    }

    /// <summary>Compares two types.</summary>
    public void CompareTypes(string path, TypeRef before, TypeRef after, View view)
    {
        if (before.Kind != after.Kind || (before.Kind == TypeKind.Union && before != after))
        {
            var (wide, narrow) = view == View.Read ? (before, after) : (after, before);
            var (breaking, kind) = Accepts(wide, narrow) ? (false, "typeCompatible") : view != View.Read && Accepts(narrow, wide) ? (true, "typeNarrowed") : (true, "typeChanged");
            Add(breaking, kind, path, $"{Text(before, oldSet)} became {Text(after, newSet)}.");
            return;
        }

        if (before.Kind is TypeKind.Array or TypeKind.Map)
            CompareTypes(path + (before.Kind == TypeKind.Array ? "[]" : ".*"), before.Element!, after.Element!, view);
        else if (before.Kind == TypeKind.Named && oldSet.ResolveType(before, method.Api) is { } old && newSet.ResolveType(after, method.Api) is { } now
            && _seen.Add((view, before.ToString(), after.ToString())))
        {
            CompareNamed(path, old, now, view);
        }
    }

    private void CompareNamed(string path, TypeSpec before, TypeSpec after, View view)
    {
        // What methods share is reported at the type, once; what stands inline, where it stands.
        var at = after.Inline ? path : $"{after.File}/{after.Name}";
        if (!before.Inline && !after.Inline && (before.Name != after.Name || before.File != after.File))
            Add(true, "typeRenamed", at, $"{before.File}/{before.Name} became {after.File}/{after.Name}.");
        if (before.Scalar is { } scalar && after.Scalar is { } other)
            CompareField(at, scalar, other, view);
        else if (before.Scalar is not null || after.Scalar is not null)
            Add(true, "typeChanged", path, before.Scalar is null ? "An object became a single value." : "A single value became an object.");
        else
        {
            if (before.Open != after.Open && view != View.Read)
                Add(!after.Open, after.Open ? "namesOpened" : "namesClosed", at, after.Open ? "Takes names that are not listed." : "Takes listed names only.");
            CompareMembers(at, after.Inline ? "." : " ", before.Fields, after.Fields, view);
        }
    }

    private static bool IsQuery(View view) => view is View.Filter or View.Select or View.Order;

    private static string Word(View view) => view.ToString().ToLowerInvariant();

    private static bool IsPart(FieldSpec field, View view) => view switch
    {
        View.Create => !field.ReadOnly,
        View.Update => field is { ReadOnly: false, Immutable: false, Use: null },
        View.Filter => field.Filterable,
        View.Select => field.Selectable,
        View.Order => field.Sortable,
        _ => true,
    };

    private static string Kind(View view, string read, string written, bool removed) => view switch
    {
        View.Read => read,
        View.Create or View.Update => written,
        _ when !removed => "queryAllowed",
        View.Filter => "notFilterable",
        View.Select => "notSelectable",
        _ => "notSortable",
    };

    private static bool Accepts(TypeRef wide, TypeRef narrow) =>
        wide == narrow
        || wide.Kind == TypeKind.Json
        || (wide.Kind is TypeKind.Long or TypeKind.Double or TypeKind.Decimal && narrow.Kind == TypeKind.Int)
        || (wide.Kind is TypeKind.Double or TypeKind.Decimal && narrow.Kind is TypeKind.Long or TypeKind.Double or TypeKind.Decimal)
        || (wide.Kind == TypeKind.Union && (narrow.Kind == TypeKind.Union ? narrow.Alternatives.All(n => Accepts(wide, n)) : wide.Alternatives.Any(w => Accepts(w, narrow))));

    private string Text(TypeRef type, SpecSet set) => type.Kind switch
    {
        TypeKind.Named when set.ResolveType(type, method.Api) is { Inline: true } => "object",
        TypeKind.Array => Text(type.Element!, set) + "[]",
        TypeKind.Map => $"map<{Text(type.Element!, set)}>",
        _ => type.ToString(),
    };

    private static string Carried(FieldSpec field) => field.As is { } view ? $"the view {Word(view)}" : "whole objects";

    private void Add(bool breaking, string kind, string path, string message) => changes.Add(breaking, kind, method.Api, path, message, method.Name);
}

using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>One field of a row.</summary>
/// <param name="Name">Its name in the answer.</param>
/// <param name="Column">Where it is kept.</param>
/// <param name="Field">What the spec says of it.</param>
/// <param name="Form">How the method's documentation shows it; null: not at all.</param>
internal sealed record RowField(string Name, int Column, FieldSpec? Field, AnswerForm? Form);

/// <summary>How records of a store look in the answers of a method.</summary>
internal sealed class RowShape
{
    private readonly string[]? _listed;

    private RowShape(RecordTable table, RecordType? view, AnswerForm? form, IReadOnlyList<RowField> fields, string[]? listed, bool ownNames)
    {
        (Table, View, Form, Fields, _listed) = (table, view, form, fields, listed);
        IsCamel = UserFieldNames.AreCamel([.. fields.Select(static f => f.Name)]);
        HasJoined = IsCamel && fields.Any(f => f.Name == table.Spec.MultiJoined);
        WritesOwnCamel = IsCamel && !ownNames;
        OmitsUnknown = listed is null && fields.Count(static f => f.Form is not null) * 2 >= fields.Count && fields.Any(static f => f.Form is not null);
        IsSelfContained = fields.All(f => !table.Spec.Rows.ContainsKey(f.Name) && ServerValue.Join(f.Field?.Server) is null && f.Field?.Server != ServerValue.Record);
    }

    public RecordTable Table { get; }

    public RecordType? View { get; }

    public AnswerForm? Form { get; }

    public IReadOnlyList<RowField> Fields { get; }

    /// <summary>The page shows most of the fields: what it does not show is answered where there is a value.</summary>
    public bool OmitsUnknown { get; }

    /// <summary>Nothing of other records is in a row.</summary>
    public bool IsSelfContained { get; }

    /// <summary>Neither page nor spec names the fields: all that is kept is answered.</summary>
    public bool ShowsKept => Form is null && View is { ShowsKept: true };

    /// <summary>Records show some of what is kept and not listed.</summary>
    public bool AddsKept => ShowsKept || (Form is null && View is { Spec.Open: true, Api: not (SpecSet.DefaultApi or SpecSelector.V3Api) });

    /// <summary>Of what is kept and not listed, records that add any of it show the column: all of it, or, in an open view of an API in HTTP style, what links them to other records.</summary>
    public bool Adds(string column) =>
        ShowsKept || Table.Spec.Refers.ContainsKey(column) || Table.Spec.Links.Any(l => l.One == column || l.Many == column);

    /// <summary>Names are written <c>likeThis</c>.</summary>
    public bool IsCamel { get; }

    /// <summary>One field has all phones and the like.</summary>
    public bool HasJoined { get; }

    /// <summary>The portal's own fields are written so, too.</summary>
    public bool WritesOwnCamel { get; }

    /// <summary>Records of this store have the field in this view.</summary>
    public bool Has(string name) => Has(_listed, name);

    /// <summary>Rows never have the field, asked for or not.</summary>
    public bool IsLeftOut(string name) => LeavesOut(_listed) && !Has(_listed, name);

    /// <summary>The fields that records of a store have in the view of a type that other stores share; null: all of the type.</summary>
    public static string[]? Listed(RecordTable table, TypeSpec? type) => type is null ? null : table.Spec.Views.GetValueOrDefault($"{type.File}/{type.Name}");

    public static bool Has(string[]? listed, string name) =>
        listed is null || (LeavesOut(listed)
            ? !Array.Exists(listed, l => l.AsSpan(1).SequenceEqual(name))
            : Array.Exists(listed, l => l[^1] == '*' ? name.StartsWith(l[..^1], StringComparison.Ordinal) : l == name));

    /// <summary>The list says which fields rows do not have: <c>!NAME</c>.</summary>
    public static bool LeavesOut(string[]? listed) => listed is [['!', ..], ..];

    /// <summary>The row's names: those of the documented answer, then those of the type.</summary>
    public static RowShape Of(RecordTable table, RecordType? view, TypeSpec? shape, AnswerForm? form, bool ownNames)
    {
        var listed = Listed(table, shape);
        var fields = new List<RowField>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var spelling = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, member) in (form?.Members ?? []).Where(m => Has(listed, m.Key)))
        {
            names.Add(name);
            spelling.Add(Columns.Fold(name));
            var known = shape?.Fields.FirstOrDefault(f => f.Name == name);
            // A text of which the page shows one that is a number stays a text where there is none.
            fields.Add(new(name, table.Columns.Declare(name), known, member.Kind == AnswerForm.Kinds.IntText && known?.Type.Kind == TypeKind.String ? AnswerForm.AnyText : member));
        }

        // Of a page whose numbers are all text, those of the type are too that it does not show.
        var asText = fields.Exists(static f => f.Form?.Kind == AnswerForm.Kinds.IntText) && !fields.Exists(static f => f.Form?.Kind is AnswerForm.Kinds.Int or AnswerForm.Kinds.Float);
        foreach (var field in (shape?.Fields ?? default).Where(f => LeavesOut(listed) ? Has(listed, f.Name) : listed?.Contains(f.Name) != false))
        {
            var known = asText && field is { Wire: null, Type.Kind: TypeKind.Int or TypeKind.Long } ? field with { Wire = WireKind.String } : field;
            // A type that several methods share may have a field in two spellings; the documented answer has one of them.
            if (names.Add(field.Name) && (form is null || field.Server is not null || spelling.Add(Columns.Fold(field.Name))))
                fields.Add(new(field.Name, table.Columns.Declare(field.Name), known, null));
        }

        foreach (var name in (listed ?? []).Where(n => n[^1] != '*' && n[0] != '!' && names.Add(n)))
            fields.Add(new(name, table.Columns.Declare(name), null, null));
        return new(table, view, form, fields, listed, ownNames);
    }
}

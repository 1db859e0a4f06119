using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Answers that a page does not show itself: "a result similar to that of" another method, and what every <c>*.fields</c> method answers.</summary>
internal static partial class MissingAnswers
{
    /// <summary>Takes the answer from the page that a method's own page refers to.</summary>
    public static void Follow(DocSet docs, IReadOnlyList<MethodDoc> methods)
    {
        var byPage = methods.ToDictionary(static m => m.Page.Path, StringComparer.Ordinal);
        foreach (var method in methods.Where(static m => m.Result is null))
        {
            foreach (var text in method.Page.Sections.Where(static s => AnswerPattern().IsMatch(s.Title)).SelectMany(static s => s.AllBlocks()).OfType<Paragraph>().Select(static p => p.Text))
            {
                if (AlikePattern().IsMatch(text)
                    && Inline.Links(text).Select(l => docs.Follow(method.Page, l.Path)).OfType<DocPage>().Select(p => byPage.GetValueOrDefault(p.Path))
                        .OfType<MethodDoc>().FirstOrDefault(static m => m.Result is not null) is { } other)
                {
                    method.Result = other.Result;
                    method.Tally.Note(0, $"The answer is that of {other.Name}, as the page says.");
                }
            }
        }
    }

    /// <summary>A page on fields that shows no answer lists them in a table: they are the entity's, and the answer describes each.</summary>
    public static void ReadFields(MethodDoc doc)
    {
        if (doc is not { Operation: Operation.Fields, Result: ObjectShape { Members.Count: > 0 } fields }
            || fields.Members.Exists(static m => m.Shape is ObjectShape && m.Name.Equals("field", StringComparison.OrdinalIgnoreCase)))
            return;
        doc.FieldFlags ??= fields;
        doc.Result = new MapShape(Description());
    }

    private static ObjectShape Description()
    {
        var shape = new ObjectShape { Name = "FieldDescription", Open = true, Undescribed = true };
        foreach (var name in new[] { "type", "title" })
            shape.Add(new Member(name, Shape.String));
        foreach (var name in new[] { "isRequired", "isReadOnly", "isImmutable", "isMultiple", "isDynamic" })
            shape.Add(new Member(name, Shape.Scalar(TypeKind.Bool)));
        return shape;
    }

    [GeneratedRegex("^(response|successful response|returned data|result)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AnswerPattern();

    [GeneratedRegex(@"\b(similar|same|identical|analogous)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AlikePattern();
}

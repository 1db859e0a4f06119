using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Reads what a method answers: the tables of its page, then what its examples show.</summary>
internal sealed partial class ResultReader(SchemaReader schema)
{
    /// <summary>Sets what the method answers.</summary>
    public void Read(MethodDoc doc)
    {
        var (stated, bag) = ReadTables(doc);
        var shown = doc.Responses.Where(static r => !r.IsError && r.Result is not null).Select(static r => ExampleShape.Infer(r.Result!)).ToArray();
        if (shown.Length == 0)
        {
            doc.Result = doc.Operation == Operation.List && stated is ObjectShape { Members.Count: > 0, Loose: true } ? new ListShape(stated) : stated;
            MissingAnswers.ReadFields(doc);
            return;
        }

        var example = shown.Aggregate(static (a, b) => ShapeMerge.Join(a, b));
        var overlay = new ExampleOverlay(bag, (path, says, shows) => doc.Tally.Note(0, says is ObjectShape && shows is ObjectShape
            ? $"Answer: '{path}' shows none of the members that its table lists."
            : $"Answer: '{path}' is stated as {ShapeText.Of(says)}, shown as {ShapeText.Of(shows)}."), doc.Name);
        doc.Result = overlay.Apply(stated, example);
        doc.NoResult = !Operations.IsRead(doc.Operation) && !Operations.Reads(doc.Verb)
            && doc.Responses.All(static r => r.IsError || r.Result is null or JsonNull or JsonArray { Items.Count: 0 } or JsonObject { Properties.Count: 0 });
    }

    private (Shape? Stated, IReadOnlyDictionary<string, Member> Bag) ReadTables(MethodDoc doc)
    {
        var bag = new Dictionary<string, Member>(StringComparer.Ordinal);
        Shape? stated = null;
        var flat = new ObjectShape { Loose = true };
        foreach (var section in doc.Page.Sections.Where(AnswerHeadings.Is))
        {
            foreach (var table in section.AllBlocks().OfType<Table>())
            {
                if (schema.ReadTable(doc.Page, section, table, doc.Tally) is not { } read)
                    continue;
                var hasRoot = read.Find("result") is not null;
                if (read.Find("result") is { } root && stated is null)
                {
                    stated = root.Shape;
                    doc.ResultNullable |= root.Nullable;
                }

                foreach (var member in read.Members.Where(static m => !EnvelopePattern().IsMatch(m.Name)))
                {
                    if (hasRoot || section.Children.Count == 0)
                        flat.Add(member);
                    bag.TryAdd(member.Name, member);
                }
            }

            foreach (var inner in section.Children.SelectMany(static c => c.SelfAndDescendants()))
            {
                if (schema.ReadSection(doc.Page, inner) is not { } nested)
                    continue;
                foreach (var member in nested.Members)
                    bag.TryAdd(member.Name, member);
            }
        }

        // Rows beside "result" are its members, when nothing else says what it holds.
        if (flat.Members.Count > 0 && stated is null or { IsOpaque: true })
        {
            stated = stated switch
            {
                ListShape => new ListShape(flat),
                _ when stated is null && doc.Responses.Any(static r => r.Result is not null and not JsonObject) => null,
                _ => flat,
            };
        }

        return (stated, bag);
    }

    [GeneratedRegex(@"^(result|time|total|next|error|error_description)$", RegexOptions.NonBacktracking)]
    private static partial Regex EnvelopePattern();
}

using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Reads a method page.</summary>
public sealed partial class MethodReader(DocSet docs, SchemaReader schema, TypeSpelling types)
{
    // A slip of the table's own spelling in one tab does not make it right.
    private const int FewestForOne = 3;

    private readonly ResultReader _results = new(schema);

    public MethodDoc Read(DocPage page, string name)
    {
        var tally = new RowTally();
        foreach (var problem in page.Problems)
            tally.Note(problem.Line, problem.Message);
        var requests = RequestExamples.Read(page);
        var responses = ResponseExamples.Read(page);
        var (errors, rows, used) = ErrorTables.Read(page, responses);
        var facts = PageFacts.Read(page);
        var doc = new MethodDoc
        {
            Page = page,
            Name = name,
            Facts = facts,
            Params = ReadParameters(page, name, tally),
            Requests = requests,
            CodeRequests = CodeRequests.Read(page),
            Responses = responses,
            Errors = errors,
            ErrorRows = rows,
            ErrorRowsUsed = used,
            Tally = tally,
        };
        doc.Operation = Operations.Of(doc.Verb, name);
        if ((Operations.IsRead(doc.Operation) || Operations.Reads(doc.Verb)) && Effects.Show(page, name, doc.Params))
            (doc.Operation, doc.Changes) = (Operation.Action, true);
        CompleteFromRequests(doc);
        RequiredWords.Apply(doc);
        _results.Read(doc);
        FileWords.ApplyToAnswer(doc.Result);
        ShownTypes.NameEmpty(doc.Result);
        if (IsList(doc))
            doc.Operation = Operation.List;
        foreach (var response in responses.Where(static r => !r.IsError))
            doc.FieldFlags ??= FieldDescriptions.Read(response.Result, types);
        doc.Paging = PagingOf(doc);
        CompletePaging(doc);
        QuotedNumbers.Apply(doc);
        CodeEvidence.Apply(doc);
        return doc;
    }

    private ObjectShape ReadParameters(DocPage page, string name, RowTally tally)
    {
        var shape = new ObjectShape();
        var sections = page.Sections.Where(static s => ParametersPattern().IsMatch(s.Title)).ToArray();
        if (sections.Length == 0 && ReadForms(page, page.Sections.Where(static s => FormPattern().IsMatch(s.Title)), tally) is { } forms)
            return forms;
        if (sections.Length == 0)
            sections = [.. page.Sections.Where(s => OfRecordPattern().Match(s.Title) is { Success: true } m && name.Split('.').Contains(m.Groups["word"].Value, StringComparer.OrdinalIgnoreCase))];
        foreach (var section in sections)
            ReadTables(page, section, docs.Expand(page, section.AllBlocks()), shape, tally);
        if (shape.Members.Count == 0 && sections.Length > 0)
        {
            if (ReadForms(page, sections[0].Children.Where(static c => NumberedPattern().IsMatch(c.Title)), tally) is { } ways)
                return ways;
            foreach (var child in sections[0].Children.Where(static c => !NestedPattern().IsMatch(c.Title)))
                ReadTables(page, child, child.AllBlocks(), shape, tally);
        }

        // Old pages go straight from the introduction to a table.
        if (shape.Members.Count == 0 && sections.Length == 0)
            ReadTables(page, page.Root, page.Root.AllBlocks(), shape, tally);
        return shape;
    }

    // "Method Parameters for X", "… for Y"; "1. By the id", "2. By the element": a call has those of one; what all of them require is required.
    private ObjectShape? ReadForms(DocPage page, IEnumerable<Section> sections, RowTally tally)
    {
        var forms = new List<ObjectShape>();
        foreach (var section in sections)
        {
            var form = new ObjectShape();
            ReadTables(page, section, docs.Expand(page, section.AllBlocks()), form, tally);
            if (form.Members.Count > 0)
                forms.Add(form);
        }

        if (forms.Count == 0)
            return null;
        var all = (ObjectShape)forms.Cast<Shape>().Aggregate(static (a, b) => ShapeMerge.Join(a, b));
        foreach (var member in all.Members)
            member.Required &= forms.TrueForAll(f => f.Find(member.Name)?.Required == true);
        OneOfGroups.Join(all, forms);
        return all;
    }

    private void ReadTables(DocPage page, Section section, IEnumerable<Block> blocks, ObjectShape shape, RowTally tally)
    {
        foreach (var table in blocks.OfType<Table>())
        {
            if (schema.ReadTable(page, section, table, tally) is not { } read)
            {
                tally.Note(table.Line, "Table lists no parameters; left unread.");
                continue;
            }

            foreach (var member in read.Members)
                shape.Add(member);
            shape.Open |= read.Open;
        }
    }

    // A name that no example on the page spells as its table does, but all in another case, is misspelt in the table.
    private static void AdoptSpelling(MethodDoc doc, ObjectShape shape, IReadOnlyList<JsonObject> examples, int depth = 0)
    {
        var given = examples.SelectMany(static e => e.Properties).Select(static p => p.Name).ToHashSet(StringComparer.Ordinal);
        var code = CodeUse.Of(doc.Page);
        for (var i = 0; i < shape.Members.Count; i++)
        {
            var member = shape.Members[i];
            if (given.Contains(member.Name) || given.FirstOrDefault(g => g.Equals(member.Name, StringComparison.OrdinalIgnoreCase)) is not { } shown || shape.Find(shown) is not null)
                continue;
            if (code.Count(member.Name) * FewestForOne > code.Count(shown))
                continue;
            doc.Tally.Note(member.Line, $"Parameter '{member.Name}' is spelt '{shown}' in every example; taken from there.");
            shape.Rename(member, shown);
        }

        foreach (var member in shape.Members.Where(static m => m.Shape is ObjectShape))
        {
            var inner = examples.Select(e => e.Properties.FirstOrDefault(p => p.Name.Equals(member.Name, StringComparison.OrdinalIgnoreCase))?.Value).OfType<JsonObject>().ToArray();
            if (inner.Length > 0 && depth < 4)
                AdoptSpelling(doc, (ObjectShape)member.Shape, inner, depth + 1);
        }
    }

    // Where the text is silent, the examples are the only witness of what a parameter holds.
    private static void CompleteFromRequests(MethodDoc doc)
    {
        var requests = doc.Requests.Where(r => r.Parameters is not null && Matches(r, doc)).Select(static r => r.Parameters!).ToArray();
        AdoptSpelling(doc, doc.Params, requests);
        var shown = requests.SelectMany(static r => r.Properties).ToArray();
        foreach (var group in shown.GroupBy(static p => p.Name, StringComparer.Ordinal))
        {
            var example = group.Select(static p => ExampleShape.Infer(p.Value, p.Name)).Aggregate(static (a, b) => ShapeMerge.Join(a, b));
            if (doc.Params.FindLoose(group.Key) is not { } member)
            {
                if (doc.Params.Members.Count > 0)
                    doc.Tally.Note(doc.Requests[0].Line, $"Parameter '{group.Key}' stands in an example only.");
                doc.Params.Add(new Member(group.Key, example));
                continue;
            }

            // Operators before names make an example look like a map, but a table has the names.
            if (example is MapShape && QueryViews.IsQuery(member.Name) && member.Shape is ObjectShape own && own.Docs == doc.Page.Path)
                continue;
            var overlay = new ExampleOverlay(NoRows, (path, says, shows) => doc.Tally.Note(doc.Requests[0].Line, ReferenceEquals(says, Shape.Nothing)
                ? $"Request: '{path}' stands in an example only."
                : $"Request: '{path}' is stated as {ShapeText.Of(says)}, shown as {ShapeText.Of(shows)}."), request: true);
            if (!member.Declared && ReferenceEquals(member.Shape, Shape.Json) && OfUntyped(member.Name, example) is { } untyped)
                (member.Shape, member.Guessed) = (untyped, true);
            else
                member.Shape = member.Shape.IsOpaque ? FillFromExample(member.Shape, example) : overlay.Apply(member.Shape, example, member.Name);
            ProseRules.ApplyToItems(member);
        }

        FileWords.ApplyToRequest(doc.Params);
        foreach (var request in requests.Concat(doc.CodeRequests.Where(r => Matches(r, doc)).Select(static r => r.Parameters!)))
            FileForms.Apply(doc.Params, request);
        // What narrows a list down is no condition for it, unless the page says so.
        if (doc.Operation == Operation.List || doc.Params.FindLoose("filter") is not null)
        {
            foreach (var member in doc.Params.Members.Where(static m => !MustPattern().IsMatch(m.Text ?? "")))
                member.OneOf = [];
        }
    }

    // A table without types: examples are all there is to go by.
    private static Shape? OfUntyped(string name, Shape example) => example switch
    {
        ScalarShape or ListShape { Item: ScalarShape } when ReferenceEquals(example.Innermost, Shape.NumericText) => NumberNames.IsWide(name) && example is ScalarShape ? Shape.Long : null,
        ScalarShape { IsWeak: false, Kind: not TypeKind.Json } or ListShape { Item: ScalarShape { IsWeak: false, Kind: not TypeKind.Json } } => example,
        _ => null,
    };

    private static readonly Dictionary<string, Member> NoRows = [];

    /// <summary>What an example shows of a value that is stated as an object or a list of anything.</summary>
    internal static Shape FillFromExample(Shape stated, Shape example)
    {
        if (stated is ScalarShape)
            return stated;
        return (stated, example) switch
        {
            (ListShape, ListShape { Item: var item }) when !item.IsWeak => Loosen(example),
            (ListShape, MapShape or ObjectShape) => Shape.Any,
            (ObjectShape, MapShape map) => new MapShape(Loosen(map.Value)),
            (ObjectShape, ObjectShape { Members.Count: > 0 }) => Loosen(example),
            (ObjectShape, ListShape) => Shape.Any,
            _ => stated,
        };
    }

    // One example does not show all types that a value may have.
    private static Shape Loosen(Shape shape)
    {
        switch (shape)
        {
            case ListShape list:
                return new ListShape(Loosen(list.Item));
            case MapShape map:
                return new MapShape(Loosen(map.Value));
            case ObjectShape obj:
                foreach (var member in obj.Members)
                    member.Shape = Loosen(member.Shape);
                return obj;
            default:
                return shape.IsWeak || ReferenceEquals(shape, Shape.NumericText) ? Shape.Json : shape;
        }
    }

    /// <summary>Whether an example calls the page's own method.</summary>
    public static bool Matches(RequestExample example, MethodDoc doc) =>
        example.Method is null || example.Method.Equals(doc.Name, StringComparison.OrdinalIgnoreCase);

    // Some modules call their lists "get": what is asked by filter or page and answers rows is a list.
    private static bool IsList(MethodDoc doc) =>
        doc.Operation == Operation.Get && doc.Result is ListShape { Item: ObjectShape }
        && (doc.Params.FindLoose("start") is not null || doc.Params.FindLoose("filter") is not null
            || doc.Responses.Any(static r => r.Root is { } body && body.Find("total") is not null));

    private static Paging PagingOf(MethodDoc doc)
    {
        var reads = doc.Operation is Operation.List or Operation.Search || (doc is { Operation: Operation.Action, Changes: false } && Operations.Reads(doc.Verb));
        if (!reads)
            return Paging.None;
        if (doc.Params.FindLoose("cursor") is { Shape: not ScalarShape { Kind: TypeKind.Int } })
            return Paging.Cursor;
        if (doc.Params.FindLoose("pagination") is not null)
            return Paging.Offset;
        if (doc.Params.FindLoose("start") is { Shape: ScalarShape })
            return Paging.Start;
        if (doc.Responses.Any(r => r.Root is { } body && (body.Find("next") is not null || (doc.Operation == Operation.List && body.Find("total") is not null))))
            return Paging.Start;
        if (doc.Params.Find("limit") is not null && doc.Params.Find("offset") is not null)
            return Paging.Limit;
        return doc.Params.Find("page") is { Shape: ScalarShape } ? Paging.Page : Paging.None;
    }

    // Lists of records are paged by "start", whether their page lists it or not, and whatever type it gives.
    private static void CompletePaging(MethodDoc doc)
    {
        if (doc.Facts.V3 || !QueryViews.Asks(doc))
            return;
        if (doc is { Operation: Operation.List, Paging: Paging.None } && doc.Params.FindLoose("limit") is null && doc.Params.FindLoose("page") is null
            && (doc.Params.FindLoose("start") ?? doc.Params.FindLoose("filter") ?? doc.Params.FindLoose("order")) is not null)
            doc.Paging = Paging.Start;
        if (doc.Params.FindLoose("start") is { } start)
        {
            if (start.Shape is ScalarShape or UnionShape)
                (start.Shape, start.Declared, start.Guessed, start.Enum, start.Default) = (Shape.Int, true, false, [], null);
        }
        else if (doc.Paging == Paging.Start)
        {
            doc.Params.Add(new Member("start", Shape.Int) { Declared = true });
        }
    }

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase;

    [GeneratedRegex(
        @"^(method |request |input |query |call |main |general |additional |optional |command )?parameters?( of the method)?$|^parameters of (the )?(method|request)"
        + @"|^(required|optional) parameters$", Options)]
    private static partial Regex ParametersPattern();

    [GeneratedRegex(@"^(method )?parameters for \S", Options)]
    private static partial Regex FormPattern();

    [GeneratedRegex(@"^\d\. ?\S", Options)]
    private static partial Regex NumberedPattern();

    [GeneratedRegex(@"\b(required|mandatory),? (if|when|unless)\b[^.]*`", Options)]
    private static partial Regex MustPattern();

    [GeneratedRegex(@"^(?<word>\w+) parameters$", Options)]
    private static partial Regex OfRecordPattern();

    [GeneratedRegex(@"\b(parameter|object|field|fields|type|array|structure)\b", Options)]
    private static partial Regex NestedPattern();
}

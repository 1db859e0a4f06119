using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Incoming;

/// <summary>What a page says of a call that a portal makes to an address of the application.</summary>
/// <param name="Page">The page.</param>
/// <param name="Method">The method that registers the address.</param>
/// <param name="Field">Where in its parameters: <c>SETTINGS.PRINT_URL</c>.</param>
/// <param name="IsJson">The request travels as JSON.</param>
/// <param name="IsSigned">The request has the application's authorization data.</param>
/// <param name="Request">What is sent.</param>
/// <param name="Result">What is answered; null: the page does not say.</param>
/// <param name="Example">The documented request.</param>
public sealed record CallbackDoc(DocPage Page, MethodDoc Method, string Field, bool IsJson, bool IsSigned, ObjectShape Request, Shape? Result, JsonObject? Example)
{
    /// <summary><c>sale.cashbox.handler.PRINT_URL</c>.</summary>
    public string Name => $"{Method.File}.{Field[(Field.LastIndexOf('.') + 1)..]}";
}

/// <summary>Reads callbacks: pages of their own, and sections of the pages of the methods that register them.</summary>
internal sealed partial class CallbackPages(DocSet docs, SchemaReader schema, IReadOnlyList<MethodDoc> methods)
{
    private const string Auth = "auth";
    private const int DeepestAddress = 3;

    private readonly Dictionary<string, MethodDoc> _byPage = methods.ToDictionary(static m => m.Page.Path, StringComparer.Ordinal);

    /// <summary>All callbacks, in the order of their names.</summary>
    public IReadOnlyList<CallbackDoc> Read(IEnumerable<(DocPage Page, PageRole Role)> roles) =>
    [
        .. methods.Where(static m => m.Api == SpecSet.DefaultApi).SelectMany(ReadSections)
            .Concat(roles.Where(static r => r.Role.Kind != PageKind.Method).Select(r => ReadPage(r.Page)).OfType<CallbackDoc>())
            .GroupBy(static c => c.Name, StringComparer.Ordinal).Select(static g => g.First())
            .OrderBy(static c => c.Name, StringComparer.Ordinal),
    ];

    // "Calculate Delivery Costs CALCULATE_URL": the parameter stands in the title, the method is linked in the introduction.
    private CallbackDoc? ReadPage(DocPage page)
    {
        if (AddressPattern().Match(page.Title) is not { Success: true, Value: var name }
            || page.Sections.FirstOrDefault(static s => RequestPattern().IsMatch(s.Title)) is not { } asked
            || Registration(page) is not { } method || FindAddress(method.Params, name, "", 0) is not { } field)
        {
            return null;
        }

        var request = new ObjectShape();
        AddTables(page, asked, request);
        AddIncluded(page, request);
        var shown = Examples(page, static s => RequestExamplePattern().IsMatch(s.Title) || RequestPattern().IsMatch(s.Title)).ToList();
        shown.AddRange(Examples(page, static s => s.Title == "Examples"));
        var complete = shown.Aggregate((Shape)request, static (shape, example) => ShownShape.Under(shape, ExampleShape.Infer(example), mixed: true));
        Shape? result = null;
        if (page.Sections.FirstOrDefault(static s => ResponsePattern().IsMatch(s.Title)) is { } answered)
        {
            var stated = new ObjectShape();
            AddTables(page, answered, stated);
            result = stated.Members.Count > 0 ? stated : null;
        }

        return complete is ObjectShape { Members.Count: > 0 } sent ? new(page, method, field, IsJson(page), TakeAuth(sent), sent, result, shown.FirstOrDefault()) : null;
    }

    // "Structure of POST Parameters Sent to PRINT_URL", "What Comes to the Handler".
    private IEnumerable<CallbackDoc> ReadSections(MethodDoc method)
    {
        // The methods that change a registration repeat the section, or link it.
        if (method.Operation != Operation.Add && !RegisterPattern().IsMatch(method.Verb))
            yield break;
        foreach (var section in method.Page.Sections.Where(static s => SentPattern().IsMatch(s.Title)))
        {
            var field = AddressPattern().Match(section.Title) is { Success: true, Value: var named }
                ? FindAddress(method.Params, named, "", 0)
                : Addresses(method.Params).ToList() is [var only] ? only : null;
            if (field is null)
                continue;
            var request = new ObjectShape();
            AddTables(method.Page, section, request);
            // "Features for the Audio Category" and the like describe members that the table does not list.
            foreach (var sibling in section.Parent?.Children.Where(c => !ReferenceEquals(c, section)) ?? [])
            {
                if (MemberOfPattern().Match(Text(sibling)) is { Success: true } match && request.Find(match.Groups["name"].Value) is null)
                    request.Add(new(match.Groups["name"].Value, Shape.Json) { Line = sibling.Heading.Line });
            }

            Shape shape = request;
            JsonObject? shown = null;
            foreach (var example in Examples(method.Page, s => field.EndsWith(AddressPattern().Match(s.Title) is { Success: true, Value: var of } ? of : "\0", StringComparison.Ordinal)))
            {
                shape = ShownShape.Under(shape, ExampleShape.Infer(example), mixed: true);
                shown ??= example;
            }

            if (shape is ObjectShape { Members.Count: > 0 } sent)
                yield return new(method.Page, method, field, false, TakeAuth(sent), sent, null, shown);
        }
    }

    private MethodDoc? Registration(DocPage page) => page.Root.AllBlocks().OfType<Paragraph>()
        .SelectMany(static p => Inline.Links(p.Text))
        .Select(l => docs.Follow(page, l.Path) is { } target ? _byPage.GetValueOrDefault(target.Path) : null)
        .FirstOrDefault(static m => m is not null);

    private void AddTables(DocPage page, Section section, ObjectShape shape)
    {
        foreach (var table in section.AllBlocks().OfType<Table>())
        {
            foreach (var member in schema.ReadTable(page, section, table)?.Members ?? [])
                shape.Add(member);
        }
    }

    // What a member holds may stand in a file that several pages include.
    private void AddIncluded(DocPage page, ObjectShape shape)
    {
        foreach (var target in page.Sections.SelectMany(static s => s.AllBlocks()).OfType<Include>().Select(i => docs.Follow(page, i.Target.Split('#')[0])).OfType<DocPage>())
        {
            foreach (var member in shape.Members.Where(static m => m.Shape.IsOpaque))
            {
                if ((target.FindAnchor(member.Name) ?? target.FindAnchor(member.Name.TrimEnd('S'))) is { } section && schema.ReadSection(target, section) is { } inner)
                    member.Shape = ShapeMerge.FillOpaque(member.Shape, inner);
            }
        }
    }

    private static IEnumerable<JsonObject> Examples(DocPage page, Func<Section, bool> of) => page.Sections.Where(of)
        .SelectMany(static s => s.AllBlocks()).OfType<Code>()
        .Where(static c => c.Text.TrimStart().StartsWith('{'))
        .Select(static c => (JsonReader.Read(c.Text).Root ?? LooseJson.Read(c.Text)) as JsonObject).OfType<JsonObject>();

    private bool IsJson(DocPage page) =>
        docs.Follow(page, "index.md")?.Sections.Any(static s => JsonBodyPattern().IsMatch(Text(s))) == true;

    private static string Text(Section section) => string.Join('\n', section.AllBlocks().OfType<Paragraph>().Select(static p => Inline.PlainText(p.Text)));

    private static bool TakeAuth(ObjectShape request) =>
        request.Members.RemoveAll(static m => m.Name == Auth && m.Shape.Innermost is ObjectShape or ScalarShape { Kind: TypeKind.Json }) > 0;

    private static IEnumerable<string> Addresses(ObjectShape parameters) =>
        parameters.Members.Where(static m => AddressNamePattern().IsMatch(m.Name)).Select(static m => m.Name);

    private static string? FindAddress(ObjectShape shape, string name, string path, int depth)
    {
        foreach (var member in shape.Members)
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return path + member.Name;
            if (depth < DeepestAddress && member.Shape is ObjectShape inner && FindAddress(inner, name, path + member.Name + ".", depth + 1) is { } found)
                return found;
        }

        return null;
    }

    private const RegexOptions Options = RegexOptions.NonBacktracking;

    [GeneratedRegex(@"\b[A-Z]+(_[A-Z]+)*_URL\b", Options)]
    private static partial Regex AddressPattern();

    [GeneratedRegex(@"^(HANDLER|handler|[a-z_]*_?url|[A-Z_]*_?URL)$", Options)]
    private static partial Regex AddressNamePattern();

    [GeneratedRegex("^Request Parameters", Options)]
    private static partial Regex RequestPattern();

    [GeneratedRegex("^Response Parameters", Options)]
    private static partial Regex ResponsePattern();

    [GeneratedRegex("^Example Request", Options)]
    private static partial Regex RequestExamplePattern();

    [GeneratedRegex(@"Parameters Sent to\b|^What Comes to the Handler|Fields in the Request to the Endpoint", Options)]
    private static partial Regex SentPattern();

    [GeneratedRegex("^(register|add)$", Options)]
    private static partial Regex RegisterPattern();

    [GeneratedRegex("the (?<name>[a-z_]+) key receives", Options)]
    private static partial Regex MemberOfPattern();

    [GeneratedRegex("JSON (HTTP request|body)", Options)]
    private static partial Regex JsonBodyPattern();
}

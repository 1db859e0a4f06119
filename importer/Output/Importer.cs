using Bitrix24.Gen.Importer.Incoming;
using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Output;

/// <summary>What an import made.</summary>
public sealed record ImportResult(DocSet Docs, IReadOnlyList<(DocPage Page, PageRole Role)> Roles, IReadOnlyList<MethodDoc> Methods, IReadOnlyList<SpecFile> Files,
    TypeDictionary Dictionary, IncomingDocs Incoming);

/// <summary>Documentation in, spec files out.</summary>
public static class DocImporter
{
    /// <summary>Where the documentation is published; links in specs begin with it.</summary>
    public const string DocsRoot = "https://apidocs.bitrix24.com/";

    internal static readonly string[] Apis = [SpecSelector.DefaultApi, SpecSelector.V3Api];

    /// <summary>Imports a set of pages.</summary>
    public static ImportResult Import(DocSet docs, bool descriptions = false, Action<double>? progress = null)
    {
        var dictionary = TypeDictionary.Read(docs);
        var schema = new SchemaReader(docs, dictionary);
        var reader = new MethodReader(docs, schema, schema.Types);
        var roles = docs.Pages.Select(static p => (Page: p, Role: PageClassifier.Classify(p))).ToArray();
        var pages = roles.Where(static r => r.Role.Kind == PageKind.Method).ToArray();
        var methods = new List<MethodDoc>(pages.Length);
        foreach (var (page, role) in pages)
        {
            methods.Add(reader.Read(page, role.Name!.Name));
            progress?.Invoke((double)methods.Count / pages.Length);
        }

        var kept = DropRepeats(methods);
        ResolveReplacements(docs, kept);
        MissingAnswers.Follow(docs, kept);
        var files = new List<SpecFile>();
        foreach (var api in Apis)
        {
            var groups = Group([.. kept.Where(m => m.Api == api)]);
            files.AddRange(new SpecEmitter(api, DocsRoot, descriptions).Emit(groups));
        }

        var incoming = IncomingImport.Read(docs, schema, roles, kept, DocsRoot);
        foreach (var callbacks in incoming.Callbacks.GroupBy(static c => c.Method.File, StringComparer.Ordinal))
        {
            var at = files.FindIndex(f => f.Api == SpecSet.DefaultApi && f.Name == callbacks.Key);
            files[at] = IncomingSpecEmitter.AddCallbacks(files[at], callbacks, DocsRoot);
            var names = files[at].Types.Select(static t => t.Name).ToHashSet(StringComparer.Ordinal);
            files[at] = new SharedTypes((_, name) => names.Add(name)).Unify([files[at]])[0];
        }

        files.AddRange(incoming.Files);
        return new ImportResult(docs, roles, methods, files, dictionary, incoming);
    }

    // A method with two pages: the one that is not retired counts, else the one that says more.
    private static List<MethodDoc> DropRepeats(IReadOnlyList<MethodDoc> methods)
    {
        var kept = new List<MethodDoc>();
        foreach (var group in methods.GroupBy(static m => (m.Api, Name: m.Name.ToLowerInvariant())))
        {
            var best = group.OrderBy(static m => m.Facts.Retired).ThenByDescending(static m => m.Tally.Typed).First();
            kept.Add(best);
            foreach (var other in group.Where(o => !ReferenceEquals(o, best)))
                other.Tally.Note(1, $"'{other.Name}' has another page, {best.Page.Path}; this one was left out.");
        }

        return kept;
    }

    private static void ResolveReplacements(DocSet docs, IReadOnlyList<MethodDoc> methods)
    {
        var byPage = methods.ToDictionary(static m => m.Page.Path, StringComparer.Ordinal);
        var names = methods.ToLookup(static m => m.Api + "/" + m.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var method in methods.Where(static m => m.Facts is { Retired: true, Successor: not null }))
        {
            var link = method.Facts.Successor!.Value;
            var target = docs.Follow(method.Page, link.Path) is { } page && byPage.TryGetValue(page.Path, out var found) ? found
                : names[method.Api + "/" + Inline.PlainText(link.Text)].FirstOrDefault();
            if (target is not null && target.Api == method.Api && !ReferenceEquals(target, method))
                method.Replacement = target.Name;
        }
    }

    private static List<MethodGroup> Group(IReadOnlyList<MethodDoc> methods)
    {
        foreach (var method in methods)
        {
            RestV3Envelope.Open(method);
            FieldsAnswers.Apply(method);
        }

        QuotedNumbers.Apply(methods);

        var byFile = methods.GroupBy(static m => m.File, StringComparer.OrdinalIgnoreCase)
            .Select(static g => (File: Spelling(g), Methods: g.OrderBy(static m => m.Name, StringComparer.Ordinal).ToArray()))
            .OrderBy(static g => g.File, StringComparer.Ordinal).ToArray();
        var flags = byFile.ToDictionary(static g => g.File, static g => g.Methods.Select(static m => m.FieldFlags).MaxBy(static f => f?.Members.Count ?? 0), StringComparer.OrdinalIgnoreCase);
        var groups = byFile.Select(g => new MethodGroup(g.File, g.Methods, EntityBuilder.Build(g.Methods, flags[g.File] ?? flags.GetValueOrDefault(g.File + ".field")))).ToList();
        foreach (var group in groups)
        {
            foreach (var method in group.Methods)
            {
                if (group.Entity is null && QueryViews.Asks(method))
                    new QueryViews(method, QueryViews.ItemOf(method), false).Apply();
                RuleRelaxer.Apply(method);
            }
        }

        LikeNamed.Apply(groups);
        new EnumEvidence(groups).Apply(groups);
        AnswerShapes.Strip(groups);
        return groups;
    }

    private static string Spelling(IEnumerable<MethodDoc> methods) =>
        methods.GroupBy(static m => m.File, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).First().Key;
}

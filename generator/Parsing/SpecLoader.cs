using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Reads the selected spec files, what they refer to and their profiles, and no other.</summary>
internal sealed class SpecLoader
{
    // Texts outlive runs: a file that did not change is not parsed again, in this run or in another project's.
    private static readonly ConditionalWeakTable<SourceText, SpecDocument> Parsed = new();

    private readonly Dictionary<string, List<SpecText>> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<SpecText, SpecDocument> _documents = [];
    private readonly HashSet<(string Api, string Name)> _wanted = [];
    private readonly Queue<(string Api, string Name)> _queue = [];

    private SpecLoader(ImmutableArray<SpecText> texts)
    {
        foreach (var text in texts)
        {
            var name = text.BaseName;
            if (!_byName.TryGetValue(name, out var sameName))
                _byName.Add(name, sameName = []);
            sameName.Add(text);
        }
    }

    public static SpecSet Load(ImmutableArray<SpecText> texts, IReadOnlyCollection<SpecSelector> selectors, CancellationToken cancellationToken)
    {
        var loader = new SpecLoader(texts);
        foreach (var selector in selectors)
        {
            foreach (var name in loader._byName.Keys)
            {
                if (selector.Touches(name))
                    loader.Want(selector.Api, name);
            }
        }

        foreach (var api in selectors.Select(static s => s.Api))
            loader.Want(api, SpecFileName.Profile);
        loader.ReadAll(cancellationToken);
        return SpecSet.Create(loader._documents
            .Where(d => d.Value.File is { } file && loader._wanted.Contains((file.Api, file.Name.ToUpperInvariant())))
            .OrderBy(static d => d.Key.User)
            .ThenBy(static d => d.Value.File!.Overlay)
            .ThenBy(static d => d.Key.File.Path, StringComparer.Ordinal)
            .Select(static d => d.Value));
    }

    private void Want(string api, string name)
    {
        if (_wanted.Add((api, name.ToUpperInvariant())))
            _queue.Enqueue((api, name));
    }

    private void ReadAll(CancellationToken cancellationToken)
    {
        while (_queue.Count > 0)
        {
            var (api, name) = _queue.Dequeue();
            if (!_byName.TryGetValue(name, out var texts))
                continue;
            foreach (var text in texts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (MayBe(api, text) && Read(text, cancellationToken) is { File: { } file } document && file.Api == api)
                {
                    foreach (var reference in document.References)
                        Want(api, reference);
                }
            }
        }
    }

    // A packaged file lies in a folder with its API's name; a user's own may lie anywhere.
    private static bool MayBe(string api, SpecText text) => text.User || SpecFileName.ApiFolder(text.File.Path) == api;

    private SpecDocument? Read(SpecText text, CancellationToken cancellationToken)
    {
        if (_documents.TryGetValue(text, out var document))
            return document;
        if (text.File.GetText(cancellationToken) is not { } source)
            return null;
        if (!Parsed.TryGetValue(source, out document) || document.Path != text.File.Path || document.User != text.User)
        {
            document = SpecReader.Read(text.File.Path, source.ToString(), text.User);
            Parsed.Remove(source);
            Parsed.GetValue(source, _ => document);
        }

        _documents.Add(text, document);
        return document;
    }
}

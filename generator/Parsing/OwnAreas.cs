using System.Linq;
using System.Threading;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>
/// Which areas a project generates itself where it references them compiled: those that specs of its own change, and those whose
/// types meet theirs, so that a call never takes a type of the one and answers with a type of the other.
/// </summary>
internal static class OwnAreas
{
    /// <summary>The areas by their names on the client; null: all of them.</summary>
    /// <param name="set">The loaded specs.</param>
    /// <param name="api">The API.</param>
    /// <param name="sources">The spec files of the project.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static HashSet<string> Of(SpecSet set, string api, IEnumerable<SpecSource> sources, CancellationToken cancellationToken)
    {
        var profile = set.Profile(api);
        var own = new HashSet<string>(
            sources
                .Where(static s => s.User)
                .Select(s => s.Read(cancellationToken)?.File)
                .Where(f => f?.Api == api)
                .Select(f => CSharpNames.Area(f!.Name, profile)),
            StringComparer.Ordinal);
        if (own.Count == 0)
            return own;
        var links = Links(set, api, profile);
        while (links.Where(l => own.Contains(l.From) != own.Contains(l.To)).ToList() is { Count: > 0 } met)
        {
            foreach (var (from, to) in met)
            {
                own.Add(from);
                own.Add(to);
            }
        }

        return own;
    }

    private static List<(string From, string To)> Links(SpecSet set, string api, ProfileSpec profile)
    {
        var links = new HashSet<(string, string)>();
        foreach (var file in set.Files.Where(f => f.Api == api))
        {
            var from = CSharpNames.Area(file.Name, profile);
            foreach (var type in file.Types.SelectMany(static t => t.Fields).Concat(file.Methods.SelectMany(static m => m.Params)).Select(static f => f.Type)
                .Concat(file.Methods.Where(static m => m.Result is not null).Select(static m => m.Result!.Type)))
            {
                foreach (var other in Files(type))
                {
                    var to = CSharpNames.Area(other, profile);
                    if (to != from)
                        links.Add((from, to));
                }
            }
        }

        return [.. links];
    }

    private static IEnumerable<string> Files(TypeRef type)
    {
        if (type is { Kind: TypeKind.Named, File: { } file })
            yield return file;
        foreach (var part in type.Element is { } element ? [element] : type.Alternatives.AsEnumerable())
        {
            foreach (var inner in Files(part))
                yield return inner;
        }
    }
}

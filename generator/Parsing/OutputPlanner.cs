using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Decides what is generated for all client classes of a project.</summary>
internal static class OutputPlanner
{
    public static EquatableArray<OutputModel> Plan(
        ImmutableArray<ClientModel> clients, ImmutableArray<SpecText> texts, CancellationToken cancellationToken)
    {
        if (clients.IsEmpty)
            return default;

        var distinct = Distinct(clients).ToList();
        var selectors = distinct.ToDictionary(static c => c, static c => c.Selectors.ToList());
        var set = SpecLoader.Load(texts, [.. selectors.Values.SelectMany(static s => s).Distinct()], cancellationToken);

        var hints = new HintNames();
        var outputs = new List<OutputModel>();
        foreach (var group in distinct.GroupBy(static c => c.Namespace, StringComparer.Ordinal))
        {
            var apis = BuildApis(set, group.Key, [.. group], selectors);
            foreach (var api in apis)
                outputs.AddRange(api.Builder.Build(hints, cancellationToken));
            foreach (var client in group)
            {
                if (client.Extendable)
                    outputs.Add(BuildClient(client, set, apis, selectors[client], hints));
            }
        }

        return outputs.ToEquatableArray();
    }

    // A class whose parts carry the attribute twice is one client; the compiler reports the second attribute.
    private static IEnumerable<ClientModel> Distinct(ImmutableArray<ClientModel> clients) => clients
        .GroupBy(static c => (c.Namespace, c.ContainingTypes, c.Name))
        .Select(static g => g.First() with { Selectors = g.SelectMany(static c => c.Selectors).ToEquatableArray() })
        .OrderBy(static c => c.Namespace, StringComparer.Ordinal)
        .ThenBy(static c => string.Join("+", c.ContainingTypes.Select(static t => t.Name)), StringComparer.Ordinal)
        .ThenBy(static c => c.Name, StringComparer.Ordinal);

    private static List<(string Api, ApiModelBuilder Builder)> BuildApis(
        SpecSet set, string @namespace, IReadOnlyList<ClientModel> clients, Dictionary<ClientModel, List<SpecSelector>> selectors)
    {
        var names = new HashSet<string>(clients.Select(static c => c.ContainingTypes.Count == 0 ? c.Name : c.ContainingTypes[0].Name), StringComparer.Ordinal);
        return clients
            .SelectMany(c => selectors[c])
            .GroupBy(static s => s.Api, StringComparer.Ordinal)
            .OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, new ApiModelBuilder(set, g.Key, RootOf(@namespace, set.Profile(g.Key), names), names, [.. g])))
            .ToList();
    }

    private static ClientOutput BuildClient(
        ClientModel client, SpecSet set, List<(string Api, ApiModelBuilder Builder)> apis, List<SpecSelector> selectors, HintNames hints)
    {
        var members = new NameScope();
        members.Reserve(client.Name);
        foreach (var name in ClientMembers)
            members.Reserve(name);

        var areas = new List<AreaReference>();
        var others = new List<ApiReference>();
        foreach (var (api, builder) in apis)
        {
            var own = builder.AreasOf([.. selectors.Where(s => s.Api == api)]).ToList();
            if (own.Count == 0)
                continue;
            if (api == client.Api)
                areas.AddRange(own.Select(a => a with { Property = members.Take(a.Property) }));
            else
                others.Add(BuildApi(PropertyOf(set.Profile(api)), own, members) with { IsV3 = api == SpecSelector.V3Api });
        }

        return new ClientOutput
        {
            HintName = hints.Take(client.Namespace, string.Join(".", client.ContainingTypes.Select(static t => t.Name).Append(client.Name))),
            Client = client with { Selectors = default },
            Areas = areas.ToEquatableArray(),
            Apis = others.ToEquatableArray(),
        };
    }

    private static ApiReference BuildApi(string name, List<AreaReference> areas, NameScope members)
    {
        var property = members.Take(name, ["", ApiReference.ClassSuffix]);
        var own = new NameScope();
        own.Reserve(property + ApiReference.ClassSuffix);
        return new ApiReference(property, areas.Select(a => a with { Property = own.Take(a.Property) }).ToEquatableArray());
    }

    // An API other than the default one has a namespace of its own, beside whatever client classes are called.
    private static string RootOf(string @namespace, ProfileSpec profile, HashSet<string> taken)
    {
        if (profile.Api == SpecSelector.DefaultApi)
            return @namespace;
        var name = PropertyOf(profile);
        return ApiNames.Qualify(@namespace, taken.Contains(name) ? name + "Api" : name);
    }

    private static string PropertyOf(ProfileSpec profile) =>
        profile.Api == SpecSelector.DefaultApi ? "Bitrix24" : CSharpNames.Pascal(SpecSelector.PrefixOf(profile.Api), profile);

    // What areas may not be called, because the runtime's base class has it.
    private static readonly string[] ClientMembers =
        ["SendAsync", "SendForResponseAsync", "CallAsync", "ListAsync", "CreateBatch", "CreateV3Batch", "FindMethod", "FindV3Method", "Dispose", "DisposeAsync", "Options", "Credentials"];
}

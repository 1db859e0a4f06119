using System.Linq;
using System.Threading;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Decides what is generated for all client classes of a project.</summary>
internal static class OutputPlanner
{
    /// <param name="clients">The client classes.</param>
    /// <param name="specs">The spec files.</param>
    /// <param name="options">What the project sets.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static OutputPlan Plan(ProjectClients clients, ProjectSpecs specs, ProjectOptions options, CancellationToken cancellationToken)
    {
        if (clients.All.Count == 0)
            return new(default);

        var distinct = Distinct(clients.All).ToList();
        var set = new SpecCatalog(() => specs.Sources)
            .Select(distinct.SelectMany(static c => c.Selectors).Distinct(), cancellationToken);
        var hints = new HintNames();
        var outputs = new List<OutputModel>();
        var builders = Builders(set, distinct, options.Words);
        foreach (var (key, builder) in builders.Select(static b => (b.Key, b.Value)))
        {
            var own = options.Precompiled && key.Namespace is null ? OwnAreas.Of(set, key.Api, specs.Sources, cancellationToken) : null;
            outputs.AddRange(builder.Build(hints, own, cancellationToken));
        }

        foreach (var client in distinct)
        {
            if (!client.Extendable)
                continue;
            var output = BuildClient(client, set, builders, hints);
            outputs.Add(output);
            if (client.Interfaces)
                outputs.Add(BuildInterfaces(output, set, builders, hints, client));
        }

        return new(outputs.ToEquatableArray());
    }

    // A class whose parts carry the attribute twice is one client; the compiler reports the second attribute.
    private static IEnumerable<ClientModel> Distinct(EquatableArray<ClientModel> clients) => clients
        .GroupBy(static c => (c.Namespace, c.ContainingTypes, c.Name))
        .Select(static g => g.First() with { Selectors = g.SelectMany(static c => c.Selectors).ToEquatableArray() })
        .OrderBy(static c => c.Namespace, StringComparer.Ordinal)
        .ThenBy(static c => string.Join("+", c.ContainingTypes.Select(static t => t.Name)), StringComparer.Ordinal)
        .ThenBy(static c => c.Name, StringComparer.Ordinal);

    // The types of an API are generated once, however many clients select it, unless they are in a namespace of the user's choice.
    private static SortedDictionary<TypesKey, ApiModelBuilder> Builders(SpecSet set, IReadOnlyList<ClientModel> clients, ProjectWords? words)
    {
        var taken = new HashSet<string>(
            clients
                .Select(static c => ApiNames.Qualify(c.Namespace, c.ContainingTypes.Count == 0 ? c.Name : c.ContainingTypes[0].Name))
                .Concat(clients[0].RuntimeTypes),
            StringComparer.Ordinal);
        var builders = new SortedDictionary<TypesKey, ApiModelBuilder>();
        var roots = new HashSet<string>(StringComparer.Ordinal);
        var groups = clients
            .SelectMany(static c => c.Selectors.Select(s => (Client: c, Selector: s)))
            .GroupBy(s => new TypesKey(s.Selector.Api, NamespaceOf(s.Client, s.Selector.Api, set)))
            .OrderBy(static g => g.Key);
        foreach (var group in groups)
        {
            var (api, chosen) = group.Key;
            var profile = set.Profile(api);
            var root = ApiNamespace.Free(chosen ?? ApiNamespace.Of(api, profile), taken);
            if (!roots.Add(root))
                roots.Add(root = ApiNames.Qualify(root, PropertyOf(profile)));
            var isPublic = group.Any(static s => s.Client.Public);
            builders.Add(group.Key, new ApiModelBuilder(
                set, api, root, isPublic, taken, [.. group.Select(static s => s.Selector)], group.Any(static s => s.Client.Interfaces),
                words?.AreIncompleteFor(isPublic) == true ? null : words));
        }

        return builders;
    }

    // What the user chose is for the API of the attribute; others lie below it, as they do on the client.
    private static string? NamespaceOf(ClientModel client, string api, SpecSet set) =>
        client.TypesNamespace is { } chosen && api != client.Api ? ApiNames.Qualify(chosen, PropertyOf(set.Profile(api))) : client.TypesNamespace;

    /// <summary>What has a set of types of its own.</summary>
    /// <param name="Api">The API.</param>
    /// <param name="Namespace">The namespace that the user chose; null: that of the API.</param>
    private sealed record TypesKey(string Api, string? Namespace) : IComparable<TypesKey>
    {
        public int CompareTo(TypesKey? other)
        {
            var order = string.CompareOrdinal(Api, other?.Api);
            return order != 0 ? order : string.CompareOrdinal(Namespace, other?.Namespace);
        }
    }

    private static ClientOutput BuildClient(
        ClientModel client, SpecSet set, SortedDictionary<TypesKey, ApiModelBuilder> builders, HintNames hints)
    {
        var members = new NameScope();
        members.Reserve(client.Name);
        foreach (var name in ClientMembers)
            members.Reserve(name);

        var areas = new List<AreaReference>();
        var others = new List<ApiReference>();
        foreach (var group in client.Selectors.GroupBy(static s => s.Api, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            var api = group.Key;
            var own = builders[new TypesKey(api, NamespaceOf(client, api, set))].AreasOf([.. group]).ToList();
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
            Client = client with { Selectors = default, RuntimeTypes = default },
            Areas = areas.ToEquatableArray(),
            Apis = others.ToEquatableArray(),
        };
    }

    // The properties are those of the client; only the types differ.
    private static ClientInterfaces BuildInterfaces(
        ClientOutput output, SpecSet set, SortedDictionary<TypesKey, ApiModelBuilder> builders, HintNames hints, ClientModel client)
    {
        var interfaces = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in client.Selectors.GroupBy(static s => s.Api, StringComparer.Ordinal))
        {
            var builder = builders[new TypesKey(group.Key, NamespaceOf(client, group.Key, set))];
            foreach (var (area, contract) in builder.AreasOf([.. group]).Zip(builder.InterfacesOf([.. group]), static (a, i) => (a, i)))
                interfaces[area.CSharpType] = contract.CSharpType;
        }

        EquatableArray<AreaReference> Of(EquatableArray<AreaReference> areas) =>
            areas.Select(a => a with { CSharpType = interfaces[a.CSharpType] }).ToEquatableArray();

        return new()
        {
            HintName = hints.Take(client.Namespace, string.Join(".", client.ContainingTypes.Select(static t => t.Name).Append(client.Name).Append("Interfaces"))),
            Client = output.Client,
            Areas = Of(output.Areas),
            Apis = output.Apis.Select(a => a with { Areas = Of(a.Areas) }).ToEquatableArray(),
        };
    }

    private static ApiReference BuildApi(string name, List<AreaReference> areas, NameScope members)
    {
        var property = members.Take(name, ["", ApiReference.ClassSuffix]);
        var own = new NameScope();
        own.Reserve(property + ApiReference.ClassSuffix);
        return new ApiReference(property, areas.Select(a => a with { Property = own.Take(a.Property) }).ToEquatableArray());
    }

    private static string PropertyOf(ProfileSpec profile) =>
        profile.Api == SpecSelector.DefaultApi ? "Bitrix24" : CSharpNames.Pascal(SpecSelector.PrefixOf(profile.Api), profile);

    // What areas may not be called, because the runtime's base class has it.
    private static readonly string[] ClientMembers =
        ["SendAsync", "SendForResponseAsync", "CallAsync", "ListAsync", "CreateBatch", "CreateV3Batch", "FindMethod", "FindV3Method", "Dispose", "DisposeAsync", "Options", "Credentials"];
}

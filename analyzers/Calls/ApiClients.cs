using System.Collections.Concurrent;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>Knows which API a client class speaks: its attribute says so.</summary>
internal sealed class ApiClients
{
    private readonly ConcurrentDictionary<ITypeSymbol, string> _apis = new(SymbolEqualityComparer.Default);

    /// <summary>The API of the selectors in an attribute, where they name none; null for other attributes.</summary>
    public static string? Api(INamedTypeSymbol? attribute) =>
        attribute is null || !KnownTypes.IsIn(attribute, ClientAttribute.Namespace) ? null : ClientAttributes.ApiOf(attribute.Name);

    /// <summary>The API that raw calls on a client go to.</summary>
    public string Of(ITypeSymbol? client) =>
        client is null ? SpecSelector.DefaultApi : _apis.GetOrAdd(client, static c => Find(c) ?? SpecSelector.DefaultApi);

    private static string? Find(ITypeSymbol client)
    {
        for (var type = client; type is not null; type = type.BaseType)
        {
            foreach (var attribute in type.GetAttributes())
            {
                if (Api(attribute.AttributeClass) is { } api)
                    return api;
            }
        }

        return null;
    }
}

using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>The runtime's types, found by name once per compilation.</summary>
internal sealed class KnownSymbols
{
    public const string Namespace = "Bitrix24";

    // What only generated code uses.
    private const string Infrastructure = "Bitrix24.Infrastructure";
    private const string Method = "Bitrix24MethodAttribute";
    private const string Type = "Bitrix24TypeAttribute";

    private KnownSymbols(INamedTypeSymbol client) => Client = client;

    public INamedTypeSymbol Client { get; }

    /// <summary>The runtime's types; null where the compilation does not use it, and has nothing to analyse.</summary>
    public static KnownSymbols? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Bitrix24.Bitrix24Client") is { } client ? new(client) : null;

    public bool IsClient(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, Client))
                return true;
        }

        return false;
    }

    public static bool IsRuntimeType(ITypeSymbol? type, string name) =>
        type is not null && type.Name == name && KnownTypes.IsIn(type, Namespace);

    /// <summary>The API method that a generated method or request type stands for.</summary>
    public static (string Api, string Name)? MethodOf(ISymbol symbol) =>
        Attribute(symbol, Method) is { ConstructorArguments: [{ Value: string name }] } attribute ? (Api(attribute), name) : null;

    /// <summary>The spec type and the view that a generated type stands for.</summary>
    public static (string Api, string Type, string View)? TypeOf(ITypeSymbol type) =>
        Attribute(type, Type) is { ConstructorArguments: [{ Value: string name }, { Value: string view }] } attribute
            ? (Api(attribute), name, view)
            : null;

    private static AttributeData? Attribute(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Name == name && KnownTypes.IsIn(type, Infrastructure))
                return attribute;
        }

        return null;
    }

    private static string Api(AttributeData attribute)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument is { Key: "Api", Value.Value: string api })
                return api;
        }

        return SpecSelector.DefaultApi;
    }
}

using System.IO;
using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>An attribute of the runtime that asks for a client of an API.</summary>
/// <param name="Name">The name of its class: <c>Bitrix24ClientAttribute</c>.</param>
/// <param name="Api">The API of its selectors that name none.</param>
public sealed record ClientAttribute(string Name, string Api)
{
    /// <summary>The namespace of these classes.</summary>
    public const string Namespace = "Bitrix24";

    /// <summary>The name of its class with its namespace.</summary>
    public string FullName => $"{Namespace}.{Name}";
}

/// <summary>The client attributes, as the packaged profiles name them.</summary>
public static class ClientAttributes
{
    private const string Resources = "Bitrix24.Gen.Specs.Profiles/";

    /// <summary>All of them; that of the default API first.</summary>
    public static IReadOnlyList<ClientAttribute> All { get; } = Load();

    /// <summary>The API of an attribute's selectors; null for other attributes.</summary>
    /// <param name="name">The name of the attribute's class, without its namespace.</param>
    public static string? ApiOf(string name)
    {
        foreach (var attribute in All)
        {
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal))
                return attribute.Api;
        }

        return null;
    }

    private static ClientAttribute[] Load()
    {
        var assembly = typeof(ClientAttributes).Assembly;
        var attributes = new List<ClientAttribute>();
        foreach (var name in assembly.GetManifestResourceNames().Where(static n => n.StartsWith(Resources, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            if (SpecReader.Read(name.Substring(Resources.Length), reader.ReadToEnd()).File is { Profile: { Client: { } client } profile })
                attributes.Add(new(client + "Attribute", profile.Api));
        }

        return
        [
            .. attributes
                .OrderBy(static a => a.Api == SpecSelector.DefaultApi ? 0 : 1)
                .ThenBy(static a => a.Api, StringComparer.Ordinal),
        ];
    }
}

namespace Bitrix24;

/// <summary>
/// Asks the generator for the methods of some areas on a partial class, which becomes a <see cref="Bitrix24Client"/>.
/// </summary>
/// <param name="areas">
/// Method name prefixes (<c>"biconnector"</c>, <c>"landing.repowidget"</c>) or whole method names; another API than
/// Bitrix24's own is named before a slash: <c>"v3/tasks"</c>.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class Bitrix24ClientAttribute(params string[] areas) : Attribute
{
    /// <summary>What is selected.</summary>
    public IReadOnlyList<string> Areas { get; } = areas;

    /// <summary>
    /// The namespace of the areas instead of <c>Bitrix24</c>: with <c>"Acme"</c> an area's types are in <c>Acme.Area</c>.
    /// An area that the namespace already ends with is not repeated.
    /// </summary>
    public string? Namespace { get; init; }

    /// <summary>
    /// Generates an interface for the client (<c>IPortal</c>) and one for each of its areas and groups (<c>ICrmArea</c>), which the
    /// classes implement: for unit tests with fakes.
    /// </summary>
    public bool Interfaces { get; init; }

    /// <summary>The scopes that the application asks for: events that need another are reported (B24122).</summary>
    public string[]? Scopes { get; init; }
}

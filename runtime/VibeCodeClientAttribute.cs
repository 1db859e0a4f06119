namespace Bitrix24;

/// <summary>
/// Asks the generator for entities of the VibeCode API on a partial class, which becomes a <see cref="Bitrix24Client"/>.
/// </summary>
/// <param name="entities">
/// Entities (<c>"deals"</c>, <c>"calendar-events"</c>) or whole method names (<c>"deals.search"</c>).
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class VibeCodeClientAttribute(params string[] entities) : Attribute
{
    /// <summary>What is selected.</summary>
    public IReadOnlyList<string> Entities { get; } = entities;

    /// <summary>
    /// The namespace of the areas instead of <c>VibeCode</c>: with <c>"Acme"</c> an area's types are in <c>Acme.Area</c>.
    /// An area that the namespace already ends with is not repeated.
    /// </summary>
    public string? Namespace { get; init; }

    /// <summary>
    /// Generates an interface for the client (<c>IPortal</c>) and one for each of its areas and groups (<c>ICrmArea</c>), which the
    /// classes implement: for unit tests with fakes.
    /// </summary>
    public bool Interfaces { get; init; }
}

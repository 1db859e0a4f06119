namespace Bitrix24.AspNetCore;

/// <summary>How an application came to be installed.</summary>
public enum InstallKind
{
    /// <summary>By the event <c>ONAPPINSTALL</c>, or the call to the address of an application without pages.</summary>
    Event,

    /// <summary>By the page that an administrator opened; it ends the installation once the handlers have run.</summary>
    Page,
}

/// <summary>An installation.</summary>
/// <param name="Portal">The portal, kept already.</param>
/// <param name="Kind">How.</param>
/// <param name="EventsUrl">The address to bind events and placements to.</param>
/// <param name="Request">Everything that arrived.</param>
public sealed record Installation(InstalledPortal Portal, InstallKind Kind, string EventsUrl, IncomingRequest Request)
{
    /// <summary>The version of the application; null: the page does not say.</summary>
    public string? Version { get; init; }

    /// <summary>The language of the portal.</summary>
    public string? Language { get; init; }
}

/// <summary>A new version of the application was installed.</summary>
/// <param name="Portal">The portal.</param>
/// <param name="Version">The version now.</param>
/// <param name="PreviousVersion">The version before.</param>
/// <param name="EventsUrl">The address to bind events and placements to.</param>
/// <param name="Request">Everything that arrived.</param>
public sealed record ApplicationUpdate(InstalledPortal Portal, string? Version, string? PreviousVersion, string EventsUrl, IncomingRequest Request);

/// <summary>The application was removed from a portal. Its tokens are void already; the portal is forgotten after the handlers have run.</summary>
/// <param name="Portal">The portal.</param>
/// <param name="Clean">The user asked to delete what the application keeps of the portal.</param>
/// <param name="Request">Everything that arrived.</param>
public sealed record Uninstallation(InstalledPortal Portal, bool Clean, IncomingRequest Request);

using Microsoft.AspNetCore.Http;

namespace Bitrix24.AspNetCore;

/// <summary>What the user registered.</summary>
internal sealed class Handlers<TClient>
    where TClient : Bitrix24Client
{
    public List<Func<Installation, TClient, CancellationToken, Task>> Install { get; } = [];

    public List<Func<ApplicationUpdate, TClient, CancellationToken, Task>> Update { get; } = [];

    public List<Func<Uninstallation, CancellationToken, Task>> Uninstall { get; } = [];

    /// <summary>By code, in upper case.</summary>
    public Dictionary<string, List<Func<IncomingEvent, TClient, CancellationToken, Task>>> Events { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>For every event that no other handler takes.</summary>
    public List<Func<IncomingEvent, TClient, CancellationToken, Task>> OtherEvents { get; } = [];

    /// <summary>By code; those with parameters are tried one by one.</summary>
    public List<(string Code, Func<IncomingPlacement, TClient, CancellationToken, Task<IResult>> Handle)> Placements { get; } = [];

    public Func<IncomingPlacement, TClient, CancellationToken, Task<IResult>>? OtherPlacement { get; set; }

    public Func<IncomingPlacement, TClient, CancellationToken, Task<IResult>>? FindPlacement(string code) =>
        Placements.Find(p => PlacementCode.Matches(p.Code, code)).Handle ?? OtherPlacement;
}

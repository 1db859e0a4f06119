using System.Text.Json;

namespace Bitrix24.Gen.Importer.Pull;

/// <summary>Which methods say what a portal has of its own: <c>sources.json</c>.</summary>
internal sealed record PullSources
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public required IReadOnlyList<EntitySource> Entities { get; init; }

    public required StatusSource Statuses { get; init; }

    public required SmartProcessSource SmartProcesses { get; init; }

    /// <summary>The method of REST 3.0 that answers its OpenAPI document.</summary>
    public required string OpenApi { get; init; }

    public static PullSources Load()
    {
        using var stream = typeof(PullSources).Assembly.GetManifestResourceStream("Pull.sources.json")!;
        return JsonSerializer.Deserialize<PullSources>(stream, Options)!;
    }
}

/// <summary>An entity with custom fields.</summary>
/// <param name="Entity">As its methods begin.</param>
/// <param name="Fields">Describes all fields; null: no method does.</param>
/// <param name="UserFields">Lists the custom fields; null: no method does.</param>
/// <param name="Parameters">What that method must be given; null: nothing.</param>
internal sealed record EntitySource(string Entity, string? Fields, string? UserFields, IReadOnlyDictionary<string, JsonElement>? Parameters = null);

/// <summary>Lists of values that a portal keeps: stages, sources, types.</summary>
/// <param name="List">Lists them.</param>
/// <param name="Categories">Lists the pipelines of an entity type.</param>
/// <param name="Pipelines">Lists of stages that exist for each pipeline.</param>
internal sealed record StatusSource(string List, string Categories, IReadOnlyList<PipelineSource> Pipelines);

/// <param name="StatusType">The list of the first pipeline; those of others end with <c>_</c> and the pipeline's id.</param>
/// <param name="EntityTypeId">Whose pipelines they are.</param>
internal sealed record PipelineSource(string StatusType, int EntityTypeId);

/// <summary>Smart processes.</summary>
/// <param name="Types">Lists them.</param>
/// <param name="Fields">Describes the fields of one.</param>
/// <param name="Template">The type that their records are of, whose methods each of them gets.</param>
/// <param name="Area">The area that they make.</param>
/// <param name="StatusType">The list of their stages, before the pipeline's id.</param>
/// <param name="BuiltIn">Types that every portal has and that no list names.</param>
internal sealed record SmartProcessSource(
    string Types, string Fields, string Template, string Area, string StatusType, IReadOnlyList<BuiltInType> BuiltIn);

/// <param name="EntityTypeId">The number of the type.</param>
/// <param name="Title">What it is called.</param>
/// <param name="StatusType">The list of its stages.</param>
internal sealed record BuiltInType(int EntityTypeId, string Title, string StatusType);

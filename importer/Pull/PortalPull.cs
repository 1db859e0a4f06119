extern alias runtime;
using System.Globalization;
using System.Net;
using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Importer.Fields;
using Bitrix24.Gen.Importer.Portal;
using Bitrix24.Gen.Specs;
using runtime::Bitrix24;

namespace Bitrix24.Gen.Importer.Pull;

/// <summary>How a portal is read.</summary>
internal sealed record PullOptions
{
    /// <summary>Take over what people call the fields.</summary>
    public bool Descriptions { get; init; }

    /// <summary>C# names of smart processes by their number, where the title will not do.</summary>
    public IReadOnlyDictionary<long, string> Names { get; init; } = new Dictionary<long, string>();

    /// <summary>An OpenAPI document on disk, in place of the portal's answer; null: ask the portal.</summary>
    public string? OpenApi { get; init; }
}

/// <summary>What a portal has of its own, as spec files.</summary>
/// <param name="Files">The files, by API and name.</param>
/// <param name="Notes">What a person should look at.</param>
/// <param name="UnknownMethods">Methods of the portal's OpenAPI document that the specs lack.</param>
/// <param name="Unread">Files of which nothing can be said this time, as what they are made of was refused or failed.</param>
/// <param name="Failures">Calls that failed where another attempt may succeed.</param>
internal sealed record PullResult(
    IReadOnlyList<SpecFile> Files, IReadOnlyList<string> Notes, IReadOnlyList<string> UnknownMethods, UnreadFiles Unread, IReadOnlyList<string> Failures);

/// <summary>Reads custom fields, lists of values and smart processes of a portal.</summary>
/// <param name="portal">The portal.</param>
/// <param name="set">The packaged specs.</param>
/// <param name="sources">Which methods to ask.</param>
/// <param name="options">How to read.</param>
internal sealed class PortalPull(PortalAccess portal, SpecSet set, PullSources sources, PullOptions options)
{
    private const int MostUnanswered = 3;

    private readonly List<SpecFile> _files = [];
    private readonly List<string> _notes = [];
    private readonly List<string> _failures = [];
    private readonly UnreadFiles _unread = new();
    private bool _answered;

    public async Task<PullResult> RunAsync(Action<double> progress, CancellationToken cancellationToken)
    {
        var processes = await ReadProcessesAsync(cancellationToken).ConfigureAwait(false);
        var statuses = await ReadStatusesAsync(processes, cancellationToken).ConfigureAwait(false);
        // Without the lists that failed, every file would lose the values that it has.
        if (_failures.Count > 0)
            _unread.AddApi(SpecSet.DefaultApi);
        var (done, all) = (1.0, 2.0 + sources.Entities.Count + processes.Count);
        progress(done / all);
        foreach (var source in sources.Entities)
        {
            await ReadEntityAsync(source, statuses, cancellationToken).ConfigureAwait(false);
            progress(++done / all);
        }

        foreach (var process in processes)
        {
            await ReadProcessAsync(process, statuses, cancellationToken).ConfigureAwait(false);
            progress(++done / all);
        }

        var openApi = await ReadOpenApiAsync(cancellationToken).ConfigureAwait(false);
        if (!_answered)
            throw new CommandFailure($"{portal.Host} refused every call. {_failures.Concat(_notes).First()}");
        _files.AddRange(openApi.Files);
        progress(1);
        return new(
            [.. _files.OrderBy(static f => f.Api, StringComparer.Ordinal).ThenBy(static f => f.Name, StringComparer.Ordinal)], _notes, openApi.Methods, _unread, _failures);
    }

    private async Task<PortalStatuses> ReadStatusesAsync(IReadOnlyList<SmartProcess> processes, CancellationToken cancellationToken)
    {
        var statuses = await TryAsync(sources.Statuses.List, () => portal.ListAsync(sources.Statuses.List, cancellationToken: cancellationToken)).ConfigureAwait(false) ?? [];
        var pipelines = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in sources.Statuses.Pipelines)
            await AddPipelinesAsync(pipelines, source.EntityTypeId, source.StatusType, cancellationToken).ConfigureAwait(false);
        foreach (var process in processes)
            await AddPipelinesAsync(pipelines, process.EntityTypeId, process.StatusType, cancellationToken).ConfigureAwait(false);
        return new(statuses, pipelines);
    }

    // Stages of the first pipeline are called as they are, those of others with the pipeline's name before them.
    private async Task AddPipelinesAsync(Dictionary<string, string> pipelines, long entityTypeId, string statusType, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object?> { ["entityTypeId"] = entityTypeId };
        var found = await TryAsync(sources.Statuses.Categories, () => portal.ListAsync(sources.Statuses.Categories, parameters, cancellationToken)).ConfigureAwait(false) ?? [];
        foreach (var pipeline in found)
        {
            if (Number(pipeline, "id") is > 0 and var id && Text(pipeline, "name") is { Length: > 0 } name)
                pipelines[string.Create(CultureInfo.InvariantCulture, $"{statusType}_{id}")] = name;
        }
    }

    private async Task ReadEntityAsync(EntitySource source, PortalStatuses statuses, CancellationToken cancellationToken)
    {
        if (FieldTarget.Find(set, SpecSet.DefaultApi, source.Entity, null, out var problem) is not { Known: { } known } target)
        {
            _notes.Add($"{source.Entity}: {problem}");
            return;
        }

        var failures = _failures.Count;
        var described = source.Fields is { } fields ? await TryAsync(fields, () => portal.CallAsync(fields, null, cancellationToken)).ConfigureAwait(false) : null;
        var answered = described is null ? [] : FieldAnswer.Read(described);
        var custom = source.UserFields is { } list
            ? await TryAsync(list, () => portal.ListAsync(list, source.Parameters?.ToDictionary(static p => p.Key, static p => (object?)p.Value), cancellationToken)).ConfigureAwait(false)
            : null;
        if (_failures.Count > failures || (described is null && custom is null))
            _unread.Add(target.Api, target.File);
        var merged = Merge(answered, FieldAnswer.Read(new JsonArray(default, [.. custom ?? []])));
        var specs = new List<FieldSpec>();
        foreach (var field in merged)
        {
            if (known.Fields.FirstOrDefault(k => FieldOverlay.IsSame(k.Name, field.Name)) is not { } listed)
                specs.Add(FieldOverlay.SpecOf(field, target.Files, options.Descriptions, _notes) with { Required = false });
            else if (field.StatusType is { } statusType && statuses.Overlay(listed, statusType) is { } overlay)
                specs.Add(overlay);
        }

        if (specs.Count > 0)
        {
            var distinct = DistinctNames.Of(specs, known.Fields, target.Profile, _notes);
            _files.Add(new() { Name = target.File, Api = target.Api, Overlay = true, Types = new([new TypeSpec { Name = target.Type, File = target.File, Fields = distinct }]) });
        }
    }

    // The list of custom fields knows types and values better, the description of all fields knows flags and lists.
    private static IReadOnlyList<AnsweredField> Merge(IReadOnlyList<AnsweredField> described, IReadOnlyList<AnsweredField> custom)
    {
        var own = custom.GroupBy(static f => f.Name, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.First(), StringComparer.Ordinal);
        var fields = described.Select(f => own.Remove(f.Name, out var known)
            ? f with { Type = known.Type ?? f.Type, Multiple = f.Multiple || known.Multiple, Items = known.Items.Count > 0 ? known.Items : f.Items, Label = known.Label ?? f.Label }
            : f).ToList();
        fields.AddRange(custom.Where(f => own.ContainsKey(f.Name)).DistinctBy(static f => f.Name));
        return fields;
    }

    private async Task<IReadOnlyList<SmartProcess>> ReadProcessesAsync(CancellationToken cancellationToken)
    {
        var source = sources.SmartProcesses;
        var types = await TryAsync(source.Types, () => portal.ListAsync(source.Types, null, cancellationToken)).ConfigureAwait(false);
        if (types is null)
            _unread.AddArea(SpecSet.DefaultApi, source.Area);
        var processes = new List<SmartProcess>();
        foreach (var type in types ?? [])
        {
            if (Number(type, "entityTypeId") is not { } id)
                continue;
            var name = ProcessName(id, Text(type, "title"), Text(type, "code"));
            processes.Add(new(id, name, source.StatusType.Replace("{entityTypeId}", id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        }

        foreach (var type in source.BuiltIn)
            processes.Add(new(type.EntityTypeId, ProcessName(type.EntityTypeId, type.Title, null), type.StatusType));
        // A name is kept by the process that has it alone, or was there first.
        var all = processes.OrderBy(static p => p.EntityTypeId).DistinctBy(static p => p.EntityTypeId).ToList();
        var taken = new HashSet<string>(all.Select(static p => p.Name), StringComparer.OrdinalIgnoreCase);
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. all.Select(p => used.Add(p.Name) ? p : p with { Name = Another(p, taken) })];
    }

    private static string Another(SmartProcess process, HashSet<string> taken)
    {
        var id = process.EntityTypeId.ToString(CultureInfo.InvariantCulture);
        var name = process.Name + id;
        while (!taken.Add(name))
            name = $"{name}Type{id}";
        return name;
    }

    // A file is named after it, and methods are: Latin letters and digits.
    private string ProcessName(long id, string? title, string? code)
    {
        if (options.Names.TryGetValue(id, out var given))
            return given;
        foreach (var text in new[] { title, code, title is null ? null : Transliteration.Of(title) })
        {
            if (text is { Length: > 0 } && text.All(char.IsAscii) && CSharpNames.Pascal(text) is { Length: > 0 } name && char.IsAsciiLetterUpper(name[0]))
                return name;
        }

        _notes.Add(string.Create(CultureInfo.InvariantCulture, $"Smart process {id} is called Type{id}: its title has no Latin letters; --name {id}=NAME names it."));
        return "Type" + id.ToString(CultureInfo.InvariantCulture);
    }

    private async Task ReadProcessAsync(SmartProcess process, PortalStatuses statuses, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object?> { ["entityTypeId"] = process.EntityTypeId };
        var answer = await TryAsync(sources.SmartProcesses.Fields, () => portal.CallAsync(sources.SmartProcesses.Fields, parameters, cancellationToken), process.Name).ConfigureAwait(false);
        if (answer is null)
            _unread.Add(SpecSet.DefaultApi, SmartProcessSpec.FileOf(sources.SmartProcesses, process));
        else if (FieldAnswer.Read(answer) is { Count: > 0 } fields)
            _files.Add(SmartProcessSpec.Create(set, sources.SmartProcesses, process, fields, statuses, options.Descriptions, _notes));
    }

    private async Task<OpenApiFindings> ReadOpenApiAsync(CancellationToken cancellationToken)
    {
        if (options.OpenApi is { } file)
            return OpenApiSource.Compare(OpenApiSource.Read(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false), file), set);
        var method = SpecSelector.InCall(SpecSelector.V3Api, sources.OpenApi);
        if (await TryAsync(method, () => portal.CallAsync(method, null, cancellationToken)).ConfigureAwait(false) is not JsonObject document)
        {
            _unread.AddApi(SpecSelector.V3Api);
            return new([], []);
        }

        try
        {
            return OpenApiSource.Compare(OpenApiSource.Read(document.ToJsonText(), method), set);
        }
        catch (CommandFailure failure)
        {
            _notes.Add($"{failure.Message} It is left out.");
            _unread.AddApi(SpecSelector.V3Api);
            return new([], []);
        }
    }

    /// <summary>What a portal refuses is left out, and noted: scopes, plans and rights differ. What failed there is left out too, and may be tried again.</summary>
    private async Task<T?> TryAsync<T>(string method, Func<Task<T>> call, string? about = null)
        where T : class
    {
        try
        {
            var answer = await call().ConfigureAwait(false);
            _answered = true;
            return answer;
        }
        catch (Bitrix24ApiException e) when ((int)e.Status is not 401 || e.Code == "insufficient_scope")
        {
            if ((int)e.Status >= 500)
                Failed(LeftOut(method, about, e));
            else
                _notes.Add(LeftOut(method, about, e));
            return null;
        }
        catch (Bitrix24ProtocolException e)
        {
            Failed(LeftOut(method, about, e));
            return null;
        }
        catch (Bitrix24Exception e)
        {
            throw new CommandFailure($"{portal.Host}: {((e as Bitrix24ApiException)?.Status is HttpStatusCode.Unauthorized ? "the portal refuses the credentials: " : "")}{e.Message}");
        }
    }

    // Each was sent several times, with pauses: the rest would take minutes to say the same.
    private void Failed(string failure)
    {
        _failures.Add(failure);
        if (!_answered && _failures.Count == MostUnanswered)
            throw new CommandFailure($"{portal.Host} answers no call; the address may be another server's, or the portal is away. {_failures[0]}");
    }

    // Most messages begin with the method, which is said already.
    private static string LeftOut(string method, string? about, Bitrix24Exception e)
    {
        var reason = e.Message.StartsWith(method + ": ", StringComparison.Ordinal) ? e.Message[(method.Length + 2)..] : e.Message;
        return $"{method}{(about is null ? "" : $" ({about})")}: left out: {reason}";
    }

    private static string? Text(JsonObject record, string name) => record.TryGet(name, out var value) ? (value as JsonString)?.Value : null;

    private static long? Number(JsonObject record, string name) => (record.TryGet(name, out var value) ? value : null) switch
    {
        JsonNumber number when number.TryGetInt64(out var whole) => whole,
        JsonString text when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ => null,
    };
}

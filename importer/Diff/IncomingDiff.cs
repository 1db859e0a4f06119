using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Diff;

/// <summary>Compares what portals send: events, placements and callbacks.</summary>
internal sealed class IncomingDiff(SpecSet oldSet, SpecSet newSet, ChangeList changes)
{
    private sealed record Entry(string Kind, string Api, string File, string Code, string? Scope, bool Deprecated, TypeRef? Sent, TypeRef? Answered)
    {
        /// <summary>Of a callback: how it is registered, sent and answered.</summary>
        public CallbackSpec? Callback { get; init; }
    }

    public void Compare(IReadOnlyList<string> oldApis, IReadOnlyList<string> newApis)
    {
        var (before, after) = (Entries(oldSet), Entries(newSet));
        foreach (var (key, entry) in before)
        {
            if (after.TryGetValue(key, out var other))
                Compare(entry, other);
            else if (newApis.Contains(entry.Api))
                Add(true, entry.Kind + "Removed", entry, $"The {entry.Kind} is gone.");
        }

        foreach (var (key, entry) in after)
        {
            if (!before.ContainsKey(key) && oldApis.Contains(entry.Api))
                Add(false, entry.Kind + "Added", entry, $"New {entry.Kind}.");
        }
    }

    private void Compare(Entry before, Entry after)
    {
        if (before.Deprecated != after.Deprecated)
            Add(false, after.Deprecated ? after.Kind + "Deprecated" : after.Kind + "Restored", after, after.Deprecated ? "Deprecated." : "No longer deprecated.");
        if (before.Scope != after.Scope && after.Scope is not null)
            Add(true, "scopeChanged", after, $"Scope {before.Scope ?? "none"} became {after.Scope}.");
        if (before.Callback is { } old && after.Callback is { } now)
            Compare(old, now, after);
        Compare(before.Sent, after.Sent, after, " sends", View.Read);
        Compare(before.Answered, after.Answered, after, " result", View.Create);
    }

    private void Compare(CallbackSpec before, CallbackSpec after, Entry entry)
    {
        if (before.Body != after.Body)
            Add(true, "callbackBody", entry, $"It arrives as {Word(after.Body)}, not as {Word(before.Body)}.");
        if (before.Signed != after.Signed)
            Add(!after.Signed, after.Signed ? "callbackSigned" : "callbackUnsigned", entry, after.Signed ? "It carries the application token." : "It carries no application token any more.");
        if (before.Timeout != after.Timeout)
            Add(after.Timeout is { } now && (before.Timeout is not { } old || now < old), "callbackTimeout", entry, $"The portal waits {Wait(after.Timeout)}, not {Wait(before.Timeout)}.");
        if ((before.Method, before.Field) != (after.Method, after.Field))
            Add(true, "callbackMoved", entry, $"Its address is registered by {Register(after)}, not by {Register(before)}.");
        if ((before.Token, before.Reply) != (after.Token, after.Reply))
            Add(true, "callbackReply", entry,
                $"It is answered by {after.Reply ?? "its answer"} with {after.Token ?? "nothing"}, not by {before.Reply ?? "its answer"} with {before.Token ?? "nothing"}.");

        if (before.Failure != after.Failure)
            Add(false, "callbackFailure", entry, $"A failure is answered by {Failure(after.Failure)}, not by {Failure(before.Failure)}.");

        static string Failure(CallbackFailure? failure) => failure is null
            ? "status 500"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"status {failure.Status} {(failure.Body is { } body ? "with " + body : "without a body")}");

        static string Word(CallbackBody body) => body == CallbackBody.Json ? "JSON" : "a form";

        static string Wait(int? seconds) => seconds is { } s ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{s} s") : "for a time that is not said";

        static string Register(CallbackSpec spec) => spec.Method is null ? "no call" : $"{spec.Method} {spec.Field}";
    }

    private void Compare(TypeRef? before, TypeRef? after, Entry entry, string what, View view)
    {
        if (before is not null && after is not null)
            new FieldDiff(oldSet, newSet, new() { Name = entry.Code, Api = entry.Api, File = entry.File }, changes).CompareTypes(entry.Code + what, before, after, view);
        else if (before is not null)
            Add(true, "payloadRemoved", entry, "It is no longer described.");
        else if (after is not null)
            Add(false, "payloadAdded", entry, "It is described now.");
    }

    private static SortedDictionary<string, Entry> Entries(SpecSet set)
    {
        var entries = new SortedDictionary<string, Entry>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in set.Files)
        {
            foreach (var spec in file.Events)
                Take(new("event", file.Api, file.Name, spec.Code, spec.Scope ?? file.Scope, spec.Deprecated, spec.Data, null));
            foreach (var spec in file.Placements)
                Take(new("placement", file.Api, file.Name, spec.Code, spec.Scope ?? file.Scope, spec.Deprecated, spec.Options, null));
            foreach (var spec in file.Callbacks)
                Take(new("callback", file.Api, file.Name, spec.Name, file.Scope, false, spec.Request, spec.Result?.Type) { Callback = spec });
        }

        return entries;

        void Take(Entry entry) => entries[$"{entry.Api}/{entry.Kind}/{entry.Code}"] = entry;
    }

    private void Add(bool breaking, string kind, Entry entry, string message) => changes.Add(breaking, kind, entry.Api, entry.Code, message);
}

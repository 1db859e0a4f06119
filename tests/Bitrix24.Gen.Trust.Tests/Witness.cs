using System.Buffers;
using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Trust.Tests;

/// <summary>Hears everything that the process tells of itself, and finds secrets in it in any form.</summary>
internal sealed class Witness : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(string Where, string Text)> _reported = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _metrics;

    public Witness()
    {
        _activities = new()
        {
            // The portal runs in this process too; what its side tells is no part of the runtime.
            ShouldListenTo = static source => !source.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Hear,
        };
        ActivitySource.AddActivityListener(_activities);
        _metrics = new() { InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        _metrics.SetMeasurementEventCallback<double>((i, v, tags, _) => Tell("metric", $"{i.Meter.Name} {i.Name} {v} {string.Join(' ', tags.ToArray())}"));
        _metrics.SetMeasurementEventCallback<long>((i, v, tags, _) => Tell("metric", $"{i.Meter.Name} {i.Name} {v} {string.Join(' ', tags.ToArray())}"));
        _metrics.Start();
    }

    public int Count(string where) => _reported.Count(t => t.Where == where);

    public void Tell(string where, string? text) => _reported.Enqueue((where, text ?? ""));

    /// <summary>An object as logs, debuggers and serializers may show it: its text, and that of all that it leads to in public.</summary>
    public void Tell(string where, object value) => Visit(where, value, 4, new(ReferenceEqualityComparer.Instance));

    /// <summary>Where secrets appeared, in their own form or another.</summary>
    public List<string> Find(IReadOnlyDictionary<string, string> secrets)
    {
        _metrics.RecordObservableInstruments();
        var forms = secrets.SelectMany(static s => Forms(s.Value).Select(form => (s.Key, Form: form))).ToList();
        var any = SearchValues.Create([.. forms.Select(static f => f.Form)], StringComparison.OrdinalIgnoreCase);
        return [.. _reported
            .Where(t => t.Text.AsSpan().ContainsAny(any))
            .SelectMany(t => forms.Where(f => t.Text.Contains(f.Form, StringComparison.OrdinalIgnoreCase)).Select(f => $"{f.Key} in {t.Where}: {t.Text}"))
            .Distinct()];
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Tell("log", state.ToString());
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Tell("log", $"{formatter(state, exception)} {exception}");
        if (state is IEnumerable<KeyValuePair<string, object?>> values)
            Tell("log", string.Join(' ', values));
    }

    public void Dispose()
    {
        _activities.Dispose();
        _metrics.Dispose();
    }

    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToHexString(bytes);
        // Base64 depends on what stands before: three phases, without the characters that neighbours change.
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            var inside = text[(shift == 0 ? 0 : 4)..(text.Length - 4)];
            yield return inside;
            yield return inside.Replace('+', '-').Replace('/', '_');
        }
    }

    private void Hear(Activity activity)
    {
        Tell("activity", $"{activity.Source.Name} {activity.OperationName} {activity.DisplayName} {activity.StatusDescription}");
        Tell("activity", string.Join(' ', activity.TagObjects) + string.Join(' ', activity.Baggage));
        foreach (var happened in activity.Events)
            Tell("activity", $"{happened.Name} {string.Join(' ', happened.Tags)}");
    }

    private void Visit(string where, object? value, int depth, HashSet<object> seen)
    {
        if (value is null || depth == 0 || (value is not string && !value.GetType().IsValueType && !seen.Add(value)))
            return;
        Tell(where, value.ToString());
        var type = value.GetType();
        foreach (var shown in type.GetCustomAttributes<DebuggerDisplayAttribute>(inherit: true))
            Tell(where, $"{shown.Value} {shown.Name}");
        if (value is IDictionary entries)
        {
            foreach (DictionaryEntry entry in entries)
                Tell(where, $"{entry.Key} {entry.Value}");
        }
        else if (value is IEnumerable items and not string)
        {
            foreach (var item in items)
                Visit(where, item, depth - 1, seen);
        }
        else if (value is Exception || type.Assembly == typeof(Bitrix24Client).Assembly)
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.GetIndexParameters().Length == 0 && Speaks(p)))
                Visit($"{where}.{property.Name}", Read(property, value), depth - 1, seen);
        }
    }

    // What a user puts in and takes out again by its name: the tokens of a store, the webhook of the settings.
    private static bool Speaks(PropertyInfo property) =>
        (property.DeclaringType!.Name, property.Name) is not (
            (nameof(Bitrix24Token), nameof(Bitrix24Token.AccessToken) or nameof(Bitrix24Token.RefreshToken))
            or (nameof(VibeCodeSession), nameof(VibeCodeSession.Token))
            or (nameof(Bitrix24PortalOptions), nameof(Bitrix24PortalOptions.Webhook))
            or (nameof(Exception), nameof(Exception.TargetSite)));

    private static object? Read(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException;
        }
    }
}

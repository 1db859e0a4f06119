using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Bitrix24.Gen.Testing;
using Xunit.Abstractions;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>
/// What the pages show of events, placements and callbacks arrives typed, with nothing dropped, when it is sent as a portal
/// sends it. tests/Fixtures/incoming.jsonl has the shapes.
/// </summary>
public sealed class PayloadTests(ITestOutputHelper output)
{
    // What pages show where a record is gone: no object, so it stays in Extra.
    private const string NoRecord = "undefined";

    // Its second authorization block stays out of the record, as it holds tokens; the request has it.
    private const string SecondAuth = "auth";

    private static readonly Dictionary<string, Type> Records = typeof(Portal).Assembly.GetTypes()
        .Where(static t => t is { IsAbstract: false } && typeof(IIncomingType).IsAssignableFrom(t))
        .ToDictionary(static t => (string)typeof(PayloadTests).GetMethod(nameof(CodeOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(t).Invoke(null, null)!, StringComparer.Ordinal);

    [Fact]
    public void Every_shown_payload_arrives_typed_with_nothing_dropped()
    {
        var (counts, lost) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new List<string>());
        foreach (var line in File.ReadLines(RepositoryRoot.PathTo("tests", "Fixtures", "incoming.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var (kind, code, sent) = (document.RootElement.GetProperty("kind").GetString()!, document.RootElement.GetProperty("code").GetString()!, document.RootElement.GetProperty("sent"));
            var group = $"{kind} {document.RootElement.GetProperty("area").GetString()}";
            counts[group] = counts.GetValueOrDefault(group) + 1;
            var record = Arrive(kind, code, sent);
            var beyond = new List<string>();
            var arrived = Leaves(record, code, beyond);
            lost.AddRange(beyond);
            if (beyond.Count == 0 && arrived != Leaves(sent))
                lost.Add($"{code}: {Leaves(sent)} values sent, {arrived} arrived");
        }

        foreach (var (group, count) in counts)
            output.WriteLine($"{group}: {count}");
        output.WriteLine($"{counts.Where(static c => c.Key.StartsWith("event", StringComparison.Ordinal)).Sum(static c => c.Value)} events, {counts.Where(static c => c.Key.StartsWith("placement", StringComparison.Ordinal)).Sum(static c => c.Value)} placements, {counts.Where(static c => c.Key.StartsWith("callback", StringComparison.Ordinal)).Sum(static c => c.Value)} callbacks");
        Assert.Equal([], lost);
    }

    [Fact]
    public void Every_event_and_placement_of_the_specs_has_a_record()
    {
        var events = typeof(Portal).Assembly.GetTypes().Where(static t => t is { IsAbstract: false } && typeof(Bitrix24Event).IsAssignableFrom(t)).ToList();
        var placements = typeof(Portal).Assembly.GetTypes().Where(static t => t is { IsAbstract: false } && typeof(Bitrix24Placement).IsAssignableFrom(t)).ToList();
        output.WriteLine($"{events.Count} events, {placements.Count} placements");
        Assert.True(events.Count >= 194, events.Count.ToString(CultureInfo.InvariantCulture));
        Assert.True(placements.Count >= 91, placements.Count.ToString(CultureInfo.InvariantCulture));
    }

    private static object Arrive(string kind, string code, JsonElement sent)
    {
        var type = Records[code];
        switch (kind)
        {
            case "event":
                var e = IncomingRequest.ParseVerified(IncomingRequest.SignEvent(code, sent, "member", "token"), "token").Event!;
                var read = As(e, typeof(IncomingEvent), type);
                return type.GetProperty("Data") is { } data ? data.GetValue(read)! : e.Data.ValueKind == JsonValueKind.Undefined ? new object() : e.Data;
            case "placement":
                var form = $"member_id=member&APPLICATION_TOKEN=token&PLACEMENT={code.Replace("{entityTypeId}", "183", StringComparison.Ordinal)}&PLACEMENT_OPTIONS={Uri.EscapeDataString(sent.GetRawText())}";
                var page = IncomingRequest.ParseVerified(Encoding.ASCII.GetBytes(form), "token").Placement!;
                var shown = As(page, typeof(IncomingPlacement), type);
                return type.GetProperty("Options") is { } options ? options.GetValue(shown)! : page.Options;
            default:
                var request = IncomingRequest.Parse(PhpForm.FromJson(sent));
                return typeof(IncomingRequest).GetMethod("Read")!.MakeGenericMethod(type).Invoke(request, null)!;
        }
    }

    private static object As(object source, Type owner, Type type) => owner.GetMethod("As")!.MakeGenericMethod(type).Invoke(source, null)!;

    private static string CodeOf<T>()
        where T : IIncomingType => T.Code;

    // Forms carry neither null nor what is empty.
    private static int Leaves(JsonElement value) => value.ValueKind switch
    {
        // PHP's false in place of a date is no date.
        JsonValueKind.Object => value.EnumerateObject()
            .Where(static m => m.Name != SecondAuth || m.Value.ValueKind != JsonValueKind.Object)
            .Where(static m => m.Value.ValueKind != JsonValueKind.False || !(m.Name.EndsWith("Date", StringComparison.Ordinal) || m.Name is "idle" or "absent"))
            .Sum(static m => Leaves(m.Value)),
        JsonValueKind.Array => value.EnumerateArray().Sum(Leaves),
        JsonValueKind.Null or JsonValueKind.Undefined => 0,
        JsonValueKind.String => value.GetString() is "" or NoRecord ? 0 : 1,
        _ => 1,
    };

    private static int Leaves(object? value, string path, List<string> beyond)
    {
        switch (value)
        {
            case null or "" or NoRecord:
                return 0;
            case JsonElement json:
                return Leaves(json);
            case Bitrix24Object record:
                beyond.AddRange(record.Extra.Where(static x => x.Key != SecondAuth && Leaves(x.Value) > 0 && !(x.Value.ValueKind == JsonValueKind.String && x.Value.GetString() == NoRecord)).Select(x => $"{path}.{x.Key}: {x.Value.GetRawText()}"));
                return record.GetType().GetProperties().Where(static p => p.Name != nameof(Bitrix24Object.Extra)).Sum(p => Leaves(p.GetValue(record), $"{path}.{p.Name}", beyond));
            case string or DateTimeOffset or DateOnly or ValueType:
                return 1;
            case IDictionary map:
                return map.Values.Cast<object?>().Sum(v => Leaves(v, path + ".*", beyond));
            case IEnumerable items:
                return items.Cast<object?>().Sum(v => Leaves(v, path + "[]", beyond));
            default:
                return value.GetType().GetProperties().Length == 0 ? 0 : throw new InvalidOperationException($"{path}: {value.GetType()}");
        }
    }
}

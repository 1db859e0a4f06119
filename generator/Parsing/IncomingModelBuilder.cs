using System.Linq;
using Bitrix24.Gen.Generator.Emitting;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Makes the models of what portals send, of one file.</summary>
internal sealed class IncomingModelBuilder(ProfileSpec profile, IncomingNames names, AreaNames area, SpecFile file, ValueResolver values, DescriptorTexts descriptors, UsedCode? used)
{
    /// <summary>Null: the file has nothing of the kind.</summary>
    public IncomingModel? Build()
    {
        if (file.Events.Count + file.Placements.Count + file.Callbacks.Count == 0)
            return null;
        return new()
        {
            EventCodes = names.EventCodes.TryGetValue(area.Namespace, out var events) ? events : "",
            PlacementCodes = names.PlacementCodes.TryGetValue(area.Namespace, out var placements) ? placements : "",
            Events = BuildEvents().ToEquatableArray(),
            Placements = file.Placements.Select(Build).ToEquatableArray(),
            Callbacks = BuildCallbacks().ToEquatableArray(),
        };
    }

    private IEnumerable<EventModel> BuildEvents()
    {
        const string suffix = "Event";
        if (file.Events.Count == 0)
            yield break;
        var constants = new NameScope();
        constants.Reserve(names.EventCodes[area.Namespace]);
        foreach (var spec in file.Events)
        {
            var name = names.Of(spec);
            var constant = name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length ? name.Substring(0, name.Length - suffix.Length) : name;
            yield return new(spec, name, constants.Take(constant), spec.Scope ?? file.Scope, BaseOf(spec), used?.Has(spec) != false);
        }
    }

    // Data of any other kind is read as JSON.
    private string BaseOf(EventSpec spec) => spec.Data is null ? "b24::Bitrix24Event" : values.Resolve(spec.Data) switch
    {
        { Shape: ValueShape.Object } value => $"b24::Bitrix24Event<{ValueCode.TypeOf(value, View.Read)}>",
        { Shape: ValueShape.Scalar, Scalar: TypeKind.Int or TypeKind.Long or TypeKind.Decimal or TypeKind.Double } value => $"b24::Bitrix24ValueEvent<{ValueCode.TypeOf(value, View.Read)}>",
        _ => "b24::Bitrix24Event",
    };

    private PlacementModel Build(PlacementSpec spec)
    {
        var name = names.Of(spec);
        var members = new NameScope();
        foreach (var member in new[] { name, "Code", "CodePattern", "CodeFor", "PlacementCode", "Auth", "Language", "Source", "Options" })
            members.Reserve(member);
        var parameters = spec.Parameters.Select(p => new PlacementParameter(p, members.Take(CSharpNames.Pascal(p, profile)))).ToEquatableArray();
        return new(spec, name, spec.Scope ?? file.Scope, ObjectOf(spec.Options), parameters, used?.Has(spec) != false);
    }

    // The record is the callback: one of another file, or of another callback, is a mistake of the spec, which says so.
    private IEnumerable<CallbackModel> BuildCallbacks()
    {
        var requests = new HashSet<string>(StringComparer.Ordinal);
        foreach (var spec in file.Callbacks)
        {
            if (used?.Has(spec) != false && ObjectOf(spec.Request) is { } type && type.StartsWith(SourceFile.Own, StringComparison.Ordinal) && requests.Add(type))
                yield return new(spec, type.Substring(SourceFile.Own.Length), spec.Answer is { } answer ? new(values.Resolve(answer.Type), descriptors.Of(answer)) : null);
        }
    }

    private string? ObjectOf(TypeRef? type) =>
        type is not null && values.Resolve(type) is { Shape: ValueShape.Object } value ? ValueCode.TypeOf(value, View.Read) : null;
}

using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>The types that the events, placements and callbacks of a file name.</summary>
internal static class IncomingTypes
{
    /// <summary>What is sent and answered.</summary>
    public static IEnumerable<TypeRef> Payloads(SpecFile file)
    {
        var types = new List<TypeRef>();
        Map(file, (type, _) =>
        {
            types.Add(type);
            return type;
        });
        return types;
    }

    /// <summary>All that they name.</summary>
    public static IEnumerable<TypeRef> Of(SpecFile file) =>
        Payloads(file).Concat(file.Callbacks.Where(static c => c.Of is not null).Select(static c => c.Of!));

    /// <summary>The file with each type changed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="change">Answers the type that replaces one; gets the pointer of its expression.</param>
    /// <param name="name">Called with each type, what an inline object there is called, without and with the profile's hints, and whether it is of a callback.</param>
    /// <param name="profile">Has the hints.</param>
    public static SpecFile Map(
        SpecFile file, Func<TypeRef, string, TypeRef> change, Action<TypeRef, string, string, bool>? name = null, ProfileSpec? profile = null)
    {
        if (file.Events.Count + file.Placements.Count + file.Callbacks.Count == 0)
            return file;
        var changed = false;
        var events = file.Events
            .Select(e => e with { Data = Apply(e.Data, "events", e.Code, "data", CSharpNames.Of(e), CSharpNames.Of(e)) })
            .ToEquatableArray();
        var placements = file.Placements
            .Select(p => p with
            {
                Options = Apply(p.Options, "placements", p.Code, "options", CSharpNames.Of(p, null), CSharpNames.Of(p, profile)),
                BindOptions = Apply(p.BindOptions, "placements", p.Code, "bindOptions", CSharpNames.Of(p, null), CSharpNames.Of(p, profile)),
            })
            .ToEquatableArray();
        var callbacks = file.Callbacks
            .Select(c => c with
            {
                Request = Apply(c.Request, "callbacks", c.Name, "request", CSharpNames.Of(c, null), CSharpNames.Of(c, profile)),
                Result = c.Result is { } result
                    ? result with { Type = Apply(result.Type, "callbacks", c.Name, "result", CSharpNames.Of(c, null), CSharpNames.Of(c, profile))! }
                    : null,
            })
            .ToEquatableArray();
        return changed ? file with { Events = events, Placements = placements, Callbacks = callbacks } : file;

        TypeRef? Apply(TypeRef? type, string kind, string of, string key, string plain, string hinted)
        {
            if (type is null)
                return null;
            name?.Invoke(type, CSharpNames.Inline(plain, CSharpNames.Pascal(key)), CSharpNames.Inline(hinted, CSharpNames.Pascal(key)), kind == "callbacks");
            var other = change(type, JsonPointer.Append("/" + kind, of) + "/" + key + "/type");
            changed |= !ReferenceEquals(other, type);
            return other;
        }
    }
}

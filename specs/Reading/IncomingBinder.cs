namespace Bitrix24.Gen.Specs;

/// <summary>Binds what a portal sends: events, placements and callbacks.</summary>
internal sealed class IncomingBinder(BindContext context, FieldBinder fields)
{
    public List<EventSpec> BindEvents(SpecObject file)
    {
        var events = new List<EventSpec>();
        foreach (var (property, value) in Open(file, "events", SpecKeys.Event, IsEvent, "An event's code is in upper case: letters, digits, \"_\" and \":\"."))
        {
            var spec = new EventSpec
            {
                Code = property.Name,
                File = context.File,
                Name = value.Text("name"),
                Scope = value.Text("scope"),
                Deprecated = value.Flag("deprecated"),
                Docs = value.Text("docs"),
                CSharpName = value.CSharpName(),
                Description = value.Text("description"),
            };
            if (spec.Name is { } name && !name.Equals(spec.Code, StringComparison.OrdinalIgnoreCase))
                value.Report(RuleIds.SpecConflict, "name", "\"name\" is the code in another case, with its words apart.");
            events.Add(spec with { Data = Payload(value, "data", CSharpNames.Of(spec)) });
        }

        return events;
    }

    public List<PlacementSpec> BindPlacements(SpecObject file)
    {
        var placements = new List<PlacementSpec>();
        foreach (var (property, value) in Open(
            file, "placements", SpecKeys.Placement, IsPlacement, "A placement's code is letters, digits, \"_\" and parameters such as \"{entityTypeId}\"."))
        {
            var spec = new PlacementSpec
            {
                Code = property.Name,
                File = context.File,
                Scope = value.Text("scope"),
                Method = value.Text("method"),
                Field = value.Text("field"),
                Deprecated = value.Flag("deprecated"),
                Docs = value.Text("docs"),
                CSharpName = value.CSharpName(),
                Description = value.Text("description"),
            };
            var name = CSharpNames.Of(spec, null);
            placements.Add(spec with { Options = Payload(value, "options", name), BindOptions = Payload(value, "bindOptions", name) });
        }

        return placements;
    }

    public List<CallbackSpec> BindCallbacks(SpecObject file)
    {
        var callbacks = new List<CallbackSpec>();
        foreach (var (property, value) in Open(
            file, "callbacks", SpecKeys.Callback, IsCallback, "A callback's name is that of a method and what it is for: letters, digits, \"_\", \":\" and \".\"."))
        {
            var spec = new CallbackSpec
            {
                Name = property.Name,
                File = context.File,
                Of = value.Text("of") is { } of ? context.Type(of, value.At("of"), value.Json.Find("of")!.Value.Range) : null,
                Method = value.Text("method"),
                Field = value.Text("field"),
                Body = value.Word<CallbackBody>("body") ?? CallbackBody.Form,
                Signed = value.Flag("signed"),
                Timeout = value.Whole("timeout", 1),
                Token = value.Text("token"),
                Reply = value.Text("reply"),
                Docs = value.Text("docs"),
                CSharpName = value.CSharpName(),
                Description = value.Text("description"),
            };
            var name = CSharpNames.Of(spec, null);
            callbacks.Add(spec with { Request = Payload(value, "request", name), Result = Result(value, name), Failure = Failure(value) });
        }

        return callbacks;
    }

    /// <summary>The entries under a key whose codes are well formed; the others are reported.</summary>
    private IEnumerable<(JsonProperty Property, SpecObject Value)> Open(SpecObject file, string key, KeyTable keys, Func<string, bool> isCode, string form)
    {
        if (file.Get(key) is not { } node || SpecObject.OpenMap(context, node, file.At(key), $"\"{key}\"") is not { } map)
            yield break;
        var codes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in map.Members())
        {
            if (!codes.Add(property.Name))
                context.Report(RuleIds.SpecConflict, map.At(property.Name), property.NameRange, $"Another code differs from \"{BindContext.Quote(property.Name)}\" in case only; keep one.");
            else if (SpecObject.Open(context, property.Value, map.At(property.Name), keys) is not { } value)
                continue;
            else if (!isCode(property.Name))
                context.Report(RuleIds.SpecShape, value.Pointer, property.NameRange, form);
            else
                yield return (property, value);
        }
    }

    private TypeRef? Payload(SpecObject value, string key, string owner) =>
        value.Get(key) is { } node && SpecObject.Open(context, node, value.At(key), SpecKeys.Payload) is { } payload
            ? fields.BindType(payload, CSharpNames.Inline(owner, CSharpNames.Pascal(key)))
            : null;

    private ResultSpec? Result(SpecObject value, string owner)
    {
        if (value.Get("result") is not { } node || SpecObject.Open(context, node, value.At("result"), SpecKeys.Result) is not { } result)
            return null;
        if (result.Text("at") is not null)
            result.Report(RuleIds.SpecShape, "at", "An answer is described as a whole: write the fields around the value instead of \"at\".");
        return fields.BindType(result, owner + "Result") is { } type ? new(type, null, result.Flag("nullable")) : null;
    }

    private CallbackFailure? Failure(SpecObject value)
    {
        if (value.Get("failure") is not { } node || SpecObject.Open(context, node, value.At("failure"), SpecKeys.CallbackFailure) is not { } failure)
            return null;
        return new(ErrorBinder.Status(failure) ?? CallbackFailure.Taken, failure.Get("body")?.ToJsonText());
    }

    private static bool IsEvent(string code) => IsCode(code, parameters: false) && code == code.ToUpperInvariant();

    private static bool IsPlacement(string code) => IsCode(code, parameters: true);

    private static bool IsCallback(string code) => IsCode(code, parameters: false);

    private static bool IsCode(string text, bool parameters)
    {
        var inside = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '{' when parameters && !inside && i + 1 < text.Length && char.IsLetter(text[i + 1]):
                    inside = true;
                    break;
                case '}' when inside:
                    inside = false;
                    break;
                case >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9':
                case '_' or ':' or '.' when !inside:
                    break;
                default:
                    return false;
            }
        }

        return !inside && text.Length > 0;
    }
}

using System.Text.Json;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>Reads a state file. A key that is not known is an error, with its line and column.</summary>
internal sealed class StateReader(string path)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 128 };

    /// <exception cref="InvalidDataException">The file is not as it should be.</exception>
    public static StateFile Read(string path, string text)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text, documentOptions: Lenient);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{PrintedLine.Of(path)}({(e.LineNumber ?? 0) + 1},{(e.BytePositionInLine ?? 0) + 1}): the file is not JSON.", e);
        }

        return new StateReader(path).File(root);
    }

    private StateFile File(JsonNode? root)
    {
        var file = Object(root, "the file");
        Only(file, "", StateKeys.File);
        return new StateFile(
            Text(file, "api", "") ?? SpecSet.DefaultApi,
            [.. Map(file, "stores", "").Select(s => Store(s.Key, s.Value))],
            Map(file, "methods", "").ToDictionary(static m => m.Key, m => Method(m.Key, m.Value), StringComparer.OrdinalIgnoreCase),
            Map(file, "answers", "").ToDictionary(static m => m.Key, m => Object(m.Value, $"answers.{m.Key}"), StringComparer.OrdinalIgnoreCase),
            Map(file, "errors", "").ToDictionary(static m => m.Key, m => Meanings($"errors.{m.Key}", m.Value), StringComparer.OrdinalIgnoreCase));
    }

    private IReadOnlyList<ErrorMeaning> Meanings(string at, JsonNode? node) =>
        [.. (node as JsonArray ?? throw Wrong(at, "is a list")).Select(e => Meaning(Object(e, at), at))];

    private ErrorMeaning Meaning(JsonObject row, string at)
    {
        Only(row, at, StateKeys.Error);
        var (names, inner, about) = (Texts(row, "names", at), Flag(row, "inner", at), Texts(row, "about", at));
        return new(Text(row, "rule", at) ?? "", Text(row, "code", at) ?? "", Text(row, "text", at), (int?)row["status"], names, inner, about) { Given = Flag(row, "given", at) };
    }

    private StoreSpec Store(string name, JsonNode? node)
    {
        var at = $"stores.{name}";
        var store = Object(node, at);
        Only(store, at, StateKeys.Store);
        return new StoreSpec
        {
            Name = name,
            Key = Text(store, "key", at),
            Coded = Flag(store, "coded", at),
            From = store["from"]?.GetValue<long>() ?? 1,
            Also = Texts(store, "also", at),
            Aliases = Map(store, "aliases", at)
                .ToDictionary(static a => a.Key, a => a.Value?.GetValue<string>() ?? throw Wrong($"{at}.aliases.{a.Key}", "is the name of a field"),
                    StringComparer.Ordinal),
            Defaults = Map(store, "defaults", at),
            Created = Map(store, "created", at),
            Updated = Map(store, "updated", at),
            Derive = Objects(store, "derive", at),
            Multi = Texts(store, "multi", at),
            MultiJoined = Text(store, "multiJoined", at),
            Numbered = Map(store, "numbered", at),
            Rows = Map(store, "rows", at).ToDictionary(static r => r.Key, r => Object(r.Value, $"{at}.rows.{r.Key}"), StringComparer.Ordinal),
            Views = Map(store, "views", at).ToDictionary(static v => v.Key, v => Texts(Object(store["views"], at), v.Key, $"{at}.views"), StringComparer.Ordinal),
            Has = Map(store, "has", at).ToDictionary(static h => h.Key, h => Object(h.Value, $"{at}.has.{h.Key}"), StringComparer.Ordinal),
            UserFields = Text(store, "userFields", at),
            EmptyLast = store.ContainsKey("emptyLast") ? Texts(store, "emptyLast", at) : [],
            Words = Map(store, "words", at).ToDictionary(static w => w.Key, w => Words(w.Value, $"{at}.words.{w.Key}"), StringComparer.Ordinal),
            Declares = store["declares"] is { } declares ? Object(declares, $"{at}.declares") : null,
            Children = Objects(store, "children", at),
            Links = [.. Objects(store, "links", at).Select(l => Link(l, $"{at}.links"))],
            Refers = Map(store, "refers", at),
            Then = Objects(store, "then", at),
            Unique = store["unique"] is { } unique ? Object(unique, $"{at}.unique") : null,
            Files = store["files"] is { } files ? Object(files, $"{at}.files") : null,
            Valued = Text(store, "valued", at),
            FileFields = store["fileFields"] is { } fileFields ? Object(fileFields, $"{at}.fileFields") : null,
            Events = EventsOf(store["events"], $"{at}.events"),
            Robots = store["robots"] is { } robots ? Robots(robots, $"{at}.robots") : null,
            Records = Objects(store, "records", at),
        };
    }

    private ViewWords Words(JsonNode? node, string at)
    {
        var fields = Object(node, at);
        foreach (var (field, words) in fields)
        {
            foreach (var (kept, word) in Object(words, $"{at}.{field}"))
                _ = word is JsonValue or null ? true : throw Wrong($"{at}.{field}.{kept}", "is the API's word for a value, or null");
        }

        return new(fields);
    }

    private RecordEvents? EventsOf(JsonNode? node, string at)
    {
        if (node is not JsonObject events)
            return node is null ? null : new() { Area = (node as JsonValue)?.GetValue<string>() ?? throw Wrong(at, "is an area or an object") };
        Only(events, at, StateKeys.Events);
        return new()
        {
            Area = Text(events, "area", at),
            By = Text(events, "by", at),
            Areas = Named("areas", "is an area"),
            Added = Codes("added"),
            Changed = Codes("changed"),
            Removed = Codes("removed"),
            On = Named("on", "is the code of an event"),
            Sets = Named("sets", "is what an event of the area is called"),
        };

        Dictionary<string, string> Named(string key, string what) => Map(events, key, at).ToDictionary(
            static o => o.Key, o => (o.Value as JsonValue)?.GetValue<string>() ?? throw Wrong($"{at}.{key}.{o.Key}", what), StringComparer.Ordinal);

        Dictionary<string, JsonObject> Codes(string key) =>
            Map(events, key, at).ToDictionary(static c => c.Key, c => Object(c.Value, $"{at}.{key}.{c.Key}"), StringComparer.Ordinal);
    }

    private LinkSpec Link(JsonObject link, string at)
    {
        Only(link, at, StateKeys.Link);
        return new(Named("store"), Named("own"), Named("other"), Named("to"), Text(link, "one", at), Text(link, "many", at), Text(link, "primary", at));

        string Named(string key) => Text(link, key, at) ?? throw Wrong($"{at}.{key}", "is missing");
    }

    private JsonObject Robots(JsonNode node, string at)
    {
        var robots = Object(node, at);
        Only(robots, at, StateKeys.Robots);
        foreach (var key in (ReadOnlySpan<string>)["on", "callback"])
            _ = Text(robots, key, at) ?? throw Wrong($"{at}.{key}", "is missing");
        if (Texts(robots, "document", at).Length == 0)
            throw Wrong($"{at}.document", "is the type of the records as documents: a list of texts");
        return robots;
    }

    /// <summary>An entry of <c>methods</c>, or a call of <c>then</c>.</summary>
    public MethodState Method(string name, JsonNode? node)
    {
        var at = $"methods.{name}";
        var method = Object(node, at);
        Only(method, at, StateKeys.Method);
        return new MethodState
        {
            Store = Text(method, "store", at),
            Do = Text(method, "do", at),
            Key = Text(method, "key", at),
            By = Text(method, "by", at),
            Input = Text(method, "input", at),
            Where = method.ContainsKey("where") ? Map(method, "where", at) : null,
            Set = method.ContainsKey("set") ? Map(method, "set", at) : null,
            Only = method.ContainsKey("only") ? Map(method, "only", at) : null,
            Needs = method.ContainsKey("needs") ? Map(method, "needs", at) : null,
            Must = method.ContainsKey("must") ? Texts(method, "must", at) : null,
            Result = method["result"]?.DeepClone(),
            HasResult = method.ContainsKey("result"),
            Missing = method["missing"]?.DeepClone(),
            HasMissing = method.ContainsKey("missing"),
            Errors = method.ContainsKey("errors") ? Map(method, "errors", at) : null,
            Refuse = method.ContainsKey("refuse") ? [.. Objects(method, "refuse", at).Select(r => Refusal(r, $"{at}.refuse"))] : null,
            Then = method.ContainsKey("then") ? Objects(method, "then", at) : null,
            FilterBy = method.ContainsKey("filterBy") ? Texts(method, "filterBy", at) : null,
            Bounds = method.ContainsKey("bounds") ? Map(method, "bounds", at) : null,
            Beside = method.ContainsKey("beside") ? Map(method, "beside", at) : null,
            Total = method["total"]?.DeepClone(),
            Order = method.ContainsKey("order") ? Map(method, "order", at) : null,
            Usual = method.ContainsKey("usual") ? Map(method, "usual", at) : null,
            GroupBy = Text(method, "groupBy", at),
            Occurs = method["occurs"] is { } occurs ? Object(occurs, $"{at}.occurs") : null,
            Names = Text(method, "names", at),
            OwnNames = Text(method, "ownNames", at),
            Take = Text(method, "take", at),
            Limit = method["limit"]?.DeepClone(),
            Skip = method["skip"]?.DeepClone(),
            Empty = method.ContainsKey("empty") ? Texts(method, "empty", at) : null,
            Asked = method.ContainsKey("asked") ? Map(method, "asked", at) : null,
            Part = method.ContainsKey("part") ? Map(method, "part", at) : null,
            Plain = method["plain"],
            Search = method.ContainsKey("search") ? Map(method, "search", at) : null,
            Own = Flag(method, "own", at),
            Keeps = method.ContainsKey("keeps") ? Texts(method, "keeps", at) : null,
            Sole = Text(method, "sole", at),
            Clears = method.ContainsKey("clears") ? Texts(method, "clears", at) : null,
            Upload = method["upload"] is { } upload ? Upload(Object(upload, $"{at}.upload"), $"{at}.upload") : null,
            ShapeOnly = Flag(method, "shapeOnly", at),
        };
    }

    private JsonObject Upload(JsonObject upload, string at)
    {
        Only(upload, at, StateKeys.Upload);
        return Text(upload, "content", at) is null ? throw Wrong($"{at}.content", "is the parameter for the file") : upload;
    }

    private JsonObject Refusal(JsonObject refusal, string at)
    {
        Only(refusal, at, StateKeys.Refusal);
        if (refusal["error"] is not JsonArray { Count: > 0 })
            throw Wrong($"{at}.error", "is [code, text, status]");
        return refusal;
    }

    private void Only(JsonObject node, string at, string[] keys)
    {
        foreach (var (name, _) in node)
        {
            if (!keys.Contains(name))
                throw Wrong(at.Length == 0 ? name : $"{at}.{name}", $"is no key here; those are {string.Join(", ", keys)}");
        }
    }

    private JsonObject Object(JsonNode? node, string at) => node as JsonObject ?? throw Wrong(at, "is an object { … }");

    private Dictionary<string, JsonNode?> Map(JsonObject owner, string key, string at) =>
        owner[key] is { } node ? Object(node, $"{at}.{key}").ToDictionary(static m => m.Key, static m => m.Value, StringComparer.Ordinal) : [];

    private string? Text(JsonObject owner, string key, string at) => owner[key] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw Wrong($"{at}.{key}", "is text"),
    };

    private bool Flag(JsonObject owner, string key, string at) => owner[key] switch
    {
        null => false,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        _ => throw Wrong($"{at}.{key}", "is true or false"),
    };

    private string[] Texts(JsonObject owner, string key, string at) => owner[key] switch
    {
        null => [],
        JsonArray list => [.. list.Select(t => t is JsonValue v && v.TryGetValue<string>(out var text) ? text : throw Wrong($"{at}.{key}", "is a list of texts"))],
        _ => throw Wrong($"{at}.{key}", "is a list of texts"),
    };

    private JsonObject[] Objects(JsonObject owner, string key, string at) => owner[key] switch
    {
        null => [],
        JsonArray list => [.. list.Select(o => Object(o, $"{at}.{key}"))],
        _ => throw Wrong($"{at}.{key}", "is a list of objects"),
    };

    private InvalidDataException Wrong(string at, string what) => new($"{path}: \"{at}\" {what}.");
}

/// <summary>A state file.</summary>
/// <param name="Api">The API.</param>
/// <param name="Stores">Its stores.</param>
/// <param name="Methods">Methods by name; a name that ends with <c>.*</c> is for all below it.</param>
/// <param name="Answers">The forms of documented answers by method.</param>
/// <param name="Errors">What documented errors are about, by method.</param>
internal sealed record StateFile(
    string Api, IReadOnlyList<StoreSpec> Stores, IReadOnlyDictionary<string, MethodState> Methods, IReadOnlyDictionary<string, JsonObject> Answers,
    IReadOnlyDictionary<string, IReadOnlyList<ErrorMeaning>> Errors);

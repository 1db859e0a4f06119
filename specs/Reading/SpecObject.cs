namespace Bitrix24.Gen.Specs;

/// <summary>A JSON object of a spec file that is being bound: gives out members of the right kind and reports the others.</summary>
internal sealed class SpecObject(BindContext context, JsonObject json, NodePointer pointer)
{
    private const int DuplicatesByScan = 16;

    public NodePointer Pointer { get; } = pointer;

    public JsonObject Json { get; } = json;

    /// <summary>Opens an object with fixed keys.</summary>
    public static SpecObject? Open(BindContext context, JsonNode node, NodePointer pointer, KeyTable keys)
    {
        if (OpenMap(context, node, pointer, keys.Label) is not { } value)
            return null;
        foreach (var property in value.Json.Properties)
        {
            if (keys.Contains(property.Name))
                continue;
            context.Report(
                RuleIds.SpecShape, pointer.Member(property.Name), property.NameRange,
                $"{keys.Label} has no key \"{BindContext.Quote(property.Name)}\". {BindContext.Hint(property.Name, keys.Keys)}");
        }

        value.Text("comment");
        return value;
    }

    /// <summary>Opens an object whose keys are data.</summary>
    public static SpecObject? OpenMap(BindContext context, JsonNode node, NodePointer pointer, string label)
    {
        if (node is not JsonObject json)
        {
            context.Report(RuleIds.SpecShape, pointer, node.Range, $"{label} is an object {{ … }}, not {Describe(node)}.");
            return null;
        }

        var value = new SpecObject(context, json, pointer);
        value.ReportDuplicates();
        return value;
    }

    public NodePointer At(string key) => Pointer.Member(key);

    /// <summary>The member, or null where it is absent (or taken away, in a text that changes another).</summary>
    public JsonNode? Get(string key)
    {
        var value = Json.Find(key)?.Value;
        return value is JsonNull && context.Partial ? null : value;
    }

    /// <summary>The members of a map, each once; of a name that stands twice the last.</summary>
    /// <param name="nameless">The empty name is a name: some servers answer an empty error code.</param>
    public IEnumerable<JsonProperty> Members(bool nameless = false)
    {
        foreach (var property in Json.Properties)
        {
            if (!ReferenceEquals(Json.Find(property.Name), property) || (property.Value is JsonNull && context.Partial))
                continue;
            if (property.Name.Length == 0 && !nameless)
                context.Report(RuleIds.SpecShape, At(""), property.NameRange, "A name may not be empty.");
            else
                yield return property;
        }
    }

    public string? Text(string key)
    {
        switch (Get(key))
        {
            case null:
                return null;
            case JsonString { Value.Length: > 0 } text:
                return text.Value;
            case JsonString text:
                Wrong(key, text, "may not be empty; leave the key out");
                return null;
            case var other:
                Wrong(key, other, $"is a string, not {Describe(other)}");
                return null;
        }
    }

    public bool Flag(string key, bool absent = false)
    {
        switch (Get(key))
        {
            case null:
                return absent;
            case JsonBool flag:
                return flag.Value;
            case var other:
                Wrong(key, other, $"is true or false, not {Describe(other)}");
                return absent;
        }
    }

    public int? Whole(string key, int least)
    {
        switch (Get(key))
        {
            case null:
                return null;
            case JsonNumber number when number.TryGetInt64(out var value) && value <= int.MaxValue && value >= int.MinValue:
                if (value >= least)
                    return (int)value;
                context.Report(RuleIds.SpecRule, At(key), number.Range, $"\"{key}\" is at least {least}.");
                return null;
            case var other:
                Wrong(key, other, $"is a whole number, not {Describe(other)}");
                return null;
        }
    }

    public decimal? Number(string key)
    {
        switch (Get(key))
        {
            case null:
                return null;
            case JsonNumber number when number.TryGetDecimal(out var value):
                return value;
            case var other:
                Wrong(key, other, $"is a number, not {Describe(other)}");
                return null;
        }
    }

    public T? Word<T>(string key)
        where T : struct, Enum
    {
        if (Text(key) is not { } word)
            return null;
        var words = SpecKeys.Words<T>();
        if (words.TryGetValue(word, out var value))
            return value;
        Unknown(key, word, words.Keys);
        return null;
    }

    /// <summary>Reports a word that is not among those a key may have.</summary>
    public void Unknown(string key, string word, IEnumerable<string> words) =>
        Wrong(key, Json.Find(key)!.Value, $"cannot be \"{BindContext.Quote(word)}\". {BindContext.Hint(word, words)}");

    /// <summary>A list of strings without repetition; <paramref name="scalars"/> admits numbers and booleans, as text.</summary>
    public EquatableArray<string> Texts(string key, bool scalars = false)
    {
        switch (Get(key))
        {
            case null:
                return default;
            case JsonArray { Items.Count: > 0 } list:
                return Texts(list, At(key), scalars);
            case JsonArray list:
                Wrong(key, list, "may not be empty; leave the key out");
                return default;
            case var other:
                Wrong(key, other, $"is a list [ … ], not {Describe(other)}");
                return default;
        }
    }

    /// <summary>The identifier of a <c>csharp</c> key.</summary>
    public string? CSharpName()
    {
        if (Text("csharp") is not { } name)
            return null;
        var valid = name.Length <= 200 && name[0] is >= 'A' and <= 'Z';
        foreach (var c in name)
            valid &= c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9');
        if (valid)
            return name;
        Wrong("csharp", Json.Find("csharp")!.Value, "is a C# name in Pascal case, of letters and digits: \"BiConnector\"");
        return null;
    }

    /// <summary>Reports a member of a wrong kind.</summary>
    public void Wrong(string key, JsonNode node, string what) =>
        context.Report(RuleIds.SpecShape, At(key), node.Range, $"\"{key}\" {what}{(what[what.Length - 1] is '.' or '?' ? "" : ".")}");

    /// <summary>Reports a rule, at its key.</summary>
    public void Report(string id, string key, string message) =>
        context.Report(id, At(key), Json.Find(key)?.Value.Range ?? Json.Range, message);

    /// <summary>Reports a key that must be there, unless the text changes another.</summary>
    public void Missing(string key, string fix)
    {
        if (context.Partial || Json.Find(key) is not null)
            return;
        var start = Json.Range;
        var brace = new TextRange(start.Start, 1, start.Line, start.Column, start.Line, start.Column + 1);
        context.Report(RuleIds.SpecShape, Pointer, brace, $"\"{key}\" is missing. {fix}");
    }

    public static string Describe(JsonNode node) => node switch
    {
        JsonObject => "an object",
        JsonArray => "a list",
        JsonString => "a string",
        JsonNumber number => "the number " + BindContext.Quote(number.Text, 20),
        JsonBool flag => flag.Value ? "true" : "false",
        _ => "null",
    };

    private EquatableArray<string> Texts(JsonArray list, NodePointer pointer, bool scalars)
    {
        var texts = new List<string>(list.Items.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Items.Count; i++)
        {
            var item = list.Items[i];
            var text = item switch
            {
                JsonString value => value.Value,
                JsonNumber or JsonBool when scalars => item.ToJsonText(),
                _ => null,
            };
            var at = pointer.Member(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (text is null)
                context.Report(RuleIds.SpecShape, at, item.Range, $"A string belongs here, not {Describe(item)}.");
            else if (!seen.Add(text))
                context.Report(RuleIds.SpecConflict, at, item.Range, $"\"{BindContext.Quote(text)}\" stands twice; keep one.");
            else
                texts.Add(text);
        }

        return new([.. texts]);
    }

    private void ReportDuplicates()
    {
        var properties = Json.Properties;
        if (properties.Count <= DuplicatesByScan)
        {
            for (var i = 1; i < properties.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (string.Equals(properties[i].Name, properties[j].Name, StringComparison.Ordinal))
                    {
                        ReportDuplicate(properties[i]);
                        break;
                    }
                }
            }

            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in properties)
        {
            if (!seen.Add(property.Name))
                ReportDuplicate(property);
        }
    }

    private void ReportDuplicate(JsonProperty property) =>
        context.Report(
            RuleIds.SpecConflict, At(property.Name), property.NameRange,
            $"\"{BindContext.Quote(property.Name)}\" is defined twice here; keep one, the last one counts.");
}

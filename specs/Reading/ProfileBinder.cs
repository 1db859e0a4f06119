namespace Bitrix24.Gen.Specs;

/// <summary>Binds the profile of an API.</summary>
internal sealed class ProfileBinder(BindContext context)
{
    private static readonly string[] OperatorNames =
    [
        "equals", "notEquals", "greater", "greaterOrEqual", "less", "lessOrEqual", "in", "notIn", "contains",
        "notContains", "like", "notLike", "between", "notBetween",
    ];

    private static readonly string[] OrderForms = ["object", "string", "array"];

    private static readonly string[] FilterForms = ["object", SpecKeys.FilterConditions];

    private readonly ErrorBinder _errors = new(context);

    public ProfileSpec? Bind(SpecObject file, string api)
    {
        var node = file.Get("profile");
        if (context.File != SpecFileName.Profile)
        {
            if (node is not null)
                file.Report(RuleIds.SpecShape, "profile", "Only the file api.b24.json has a profile; move it there.");
            return null;
        }

        if (node is null)
        {
            file.Missing("profile", "The file api.b24.json holds the API's profile.");
            return null;
        }

        if (SpecObject.Open(context, node, file.At("profile"), SpecKeys.Profile) is not { } value)
            return null;
        var usual = new ProfileSpec { Api = api };
        return usual with
        {
            Title = value.Text("title"),
            Docs = value.Text("docs"),
            Client = BindClient(value),
            SystemErrors = _errors.BindErrors(value, "errors"),
            NameCase = value.Word<NameCase>("nameCase") ?? NameCase.Exact,
            Partial = value.Flag("partial"),
            AnswerNameCase = value.Word<NameCase>("answerNameCase") ?? NameCase.Exact,
            LooseTypes = value.Flag("looseTypes"),
            CamelCaseFields = value.Flag("camelCaseFields"),
            Modules = BindModules(value),
            FilterOperators = BindOperators(value, "filterOperators"),
            FilterKeys = BindOperators(value, "filterKeys"),
            FilterConditions = BindFilterForm(value),
            OrderDirections = value.Texts("orderDirections"),
            OrderForms = BindOrderForms(value),
            CommonParams = value.Texts("commonParams"),
            UndocumentedMethods = value.Texts("undocumentedMethods"),
            PageSize = value.Whole("pageSize", 1) ?? usual.PageSize,
            Batch = BindBatch(value),
            BatchLimit = value.Whole("batchLimit", 1) ?? usual.BatchLimit,
            Envelope = BindEnvelope(value) ?? usual.Envelope,
            RateLimits = BindRateLimits(value),
            TokenHosts = value.Texts("tokenHosts"),
            Naming = BindNaming(value),
            RuleErrors = _errors.BindRuleErrors(value, "ruleErrors"),
        };
    }

    private static string? BindClient(SpecObject value)
    {
        if (value.Text("client") is not { } name)
            return null;
        if (IsSpelling(name))
            return name;
        value.Report(RuleIds.SpecShape, "client", "\"client\" is the name of an attribute, without \"Attribute\": letters and digits, a capital first.");
        return null;
    }

    private BatchSpec? BindBatch(SpecObject owner)
    {
        if (owner.Get("batch") is not { } node
            || SpecObject.Open(context, node, owner.At("batch"), SpecKeys.Batch) is not { } value)
        {
            return null;
        }

        value.Missing("method", "The name of the method that takes batches.");
        value.Missing("form", "How it carries calls: \"commands\" or \"calls\".");
        value.Missing("param", "The parameter that holds them.");
        return value.Text("method") is { } method && value.Word<BatchForm>("form") is { } form && value.Text("param") is { } param
            ? new(method, form, param)
            : null;
    }

    private EquatableArray<ModuleSpec> BindModules(SpecObject owner)
    {
        if (owner.Get("modules") is not { } node
            || SpecObject.OpenMap(context, node, owner.At("modules"), "\"modules\"") is not { } map)
        {
            return default;
        }

        var modules = new List<ModuleSpec>();
        foreach (var property in map.Members())
        {
            if (SpecObject.Open(context, property.Value, map.At(property.Name), SpecKeys.Module) is not { } value)
                continue;
            modules.Add(new(property.Name)
            {
                NameCase = value.Word<NameCase>("nameCase"),
                QueryCase = value.Word<NameCase>("queryCase"),
                Positional = value.Flag("positional"),
                Files = value.Text("files"),
            });
        }

        return new([.. modules]);
    }

    private static bool BindFilterForm(SpecObject value)
    {
        var form = value.Text("filterForm");
        if (form is not null && Array.IndexOf(FilterForms, form) < 0)
            value.Unknown("filterForm", form, FilterForms);
        return form == SpecKeys.FilterConditions;
    }

    private static EquatableArray<string> BindOrderForms(SpecObject value)
    {
        var forms = value.Texts("orderForms");
        foreach (var form in forms)
        {
            if (Array.IndexOf(OrderForms, form) < 0)
                value.Unknown("orderForms", form, OrderForms);
        }

        return forms;
    }

    private EquatableArray<FilterOperator> BindOperators(SpecObject value, string key)
    {
        // The default operator has the empty prefix, so these members are not read by SpecObject.Members.
        if (value.Get(key) is not { } node
            || SpecObject.OpenMap(context, node, value.At(key), $"\"{key}\"") is not { } map)
        {
            return default;
        }

        var operators = new List<FilterOperator>();
        foreach (var property in map.Json.Properties)
        {
            if (property.Value is JsonNull && context.Partial)
                continue;
            if (property.Value is JsonString name && Array.IndexOf(OperatorNames, name.Value) >= 0)
            {
                if (ReferenceEquals(map.Json.Find(property.Name), property))
                    operators.Add(new(property.Name, name.Value));
                continue;
            }

            var given = (property.Value as JsonString)?.Value ?? "";
            context.Report(
                RuleIds.SpecShape, map.At(property.Name), property.Value.Range,
                $"No such filter operator. {BindContext.Hint(given, OperatorNames)}");
        }

        return new([.. operators]);
    }

    private EnvelopeSpec? BindEnvelope(SpecObject owner)
    {
        if (owner.Get("envelope") is not { } node
            || SpecObject.Open(context, node, owner.At("envelope"), SpecKeys.Envelope) is not { } value)
        {
            return null;
        }

        value.Missing("style", $"One of {string.Join(", ", SpecKeys.Words<EnvelopeKind>().Keys)}.");
        return value.Word<EnvelopeKind>("style") is { } style ? new(style, value.Text("result"), value.Text("error")) : null;
    }

    private EquatableArray<RateLimitSpec> BindRateLimits(SpecObject owner)
    {
        if (owner.Get("rateLimits") is not { } node
            || SpecObject.OpenMap(context, node, owner.At("rateLimits"), "\"rateLimits\"") is not { } map)
        {
            return default;
        }

        var limits = new List<RateLimitSpec>();
        foreach (var property in map.Members())
        {
            if (SpecObject.Open(context, property.Value, map.At(property.Name), SpecKeys.RateLimit) is { } value
                && BindRateLimit(value, property.Name) is { } limit)
            {
                limits.Add(limit);
            }
        }

        return new([.. limits]);
    }

    private static RateLimitSpec? BindRateLimit(SpecObject value, string name)
    {
        var limit = new RateLimitSpec(name) { Path = value.Text("path") };
        if (value.Get("requests") is not null)
        {
            value.Missing("seconds", "How long the stretch of time is.");
            var requests = value.Whole("requests", 1);
            var seconds = value.Whole("seconds", 1);
            if (value.Get("capacity") is not null)
                value.Report(RuleIds.SpecRule, "capacity", "A limit is a bucket (\"capacity\", \"perSecond\") or a stretch of time (\"requests\", \"seconds\").");
            return requests is null || seconds is null ? null : limit with { Requests = requests.Value, Seconds = seconds.Value };
        }

        value.Missing("capacity", "How many requests the bucket holds; or \"requests\" in so many \"seconds\".");
        value.Missing("perSecond", "How many requests a second leak out.");
        var capacity = value.Whole("capacity", 1);
        var perSecond = value.Number("perSecond");
        if (perSecond <= 0)
            value.Report(RuleIds.SpecRule, "perSecond", "\"perSecond\" is above 0.");
        return capacity is null || perSecond is null or <= 0 ? null : limit with { Capacity = capacity.Value, PerSecond = perSecond.Value };
    }

    private EquatableArray<NamingHint> BindNaming(SpecObject owner)
    {
        if (owner.Get("naming") is not { } node
            || SpecObject.OpenMap(context, node, owner.At("naming"), "\"naming\"") is not { } map)
        {
            return default;
        }

        var hints = new List<NamingHint>();
        foreach (var property in map.Members())
        {
            if (property.Value is JsonString name && IsSpelling(name.Value))
                hints.Add(new(property.Name, name.Value));
            else
                map.Wrong(property.Name, property.Value, "is the C# spelling of the word: letters and digits, a capital first");
        }

        return new([.. hints]);
    }

    private static bool IsSpelling(string name)
    {
        var valid = name.Length is > 0 and <= 100 && name[0] is >= 'A' and <= 'Z';
        foreach (var c in name)
            valid &= c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9');
        return valid;
    }
}

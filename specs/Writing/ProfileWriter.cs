namespace Bitrix24.Gen.Specs;

/// <summary>Writes profiles.</summary>
internal static class ProfileWriter
{
    public static JsonObject Write(ProfileSpec profile)
    {
        var usual = new ProfileSpec { Api = profile.Api };
        return new JsonBuilder(SpecKeys.Profile)
            .Add("title", profile.Title)
            .Add("docs", profile.Docs)
            .Add("client", profile.Client)
            .Add("envelope", Envelope(profile.Envelope))
            .Add("nameCase", profile.NameCase, usual.NameCase)
            .Add("partial", profile.Partial)
            .Add("answerNameCase", profile.AnswerNameCase, usual.AnswerNameCase)
            .Add("looseTypes", profile.LooseTypes)
            .Add("camelCaseFields", profile.CamelCaseFields)
            .AddMap("modules", profile.Modules, static m => m.Prefix, Module)
            .Add("filterForm", profile.FilterConditions ? SpecKeys.FilterConditions : null)
            .AddMap("filterOperators", profile.FilterOperators, static o => o.Prefix, static o => JsonBuilder.Text(o.Name))
            .AddMap("filterKeys", profile.FilterKeys, static o => o.Prefix, static o => JsonBuilder.Text(o.Name))
            .Add("orderDirections", profile.OrderDirections)
            .Add("orderForms", profile.OrderForms)
            .Add("commonParams", profile.CommonParams)
            .Add("undocumentedMethods", profile.UndocumentedMethods)
            .Add("pageSize", profile.PageSize == usual.PageSize ? null : profile.PageSize)
            .Add("batch", profile.Batch is { } batch ? Batch(batch) : null)
            .Add("batchLimit", profile.BatchLimit == usual.BatchLimit ? null : profile.BatchLimit)
            .AddMap("rateLimits", profile.RateLimits, static l => l.Name, RateLimit)
            .Add("tokenHosts", profile.TokenHosts)
            .AddMap("naming", profile.Naming, static n => n.Word, static n => JsonBuilder.Text(n.CSharpName))
            .Add("errors", ErrorWriter.Messages(profile.SystemErrors))
            .Add("ruleErrors", ErrorWriter.RuleErrors(profile.RuleErrors))
            .Build();
    }

    private static JsonObject Envelope(EnvelopeSpec envelope) => new JsonBuilder(SpecKeys.Envelope)
        .Add("style", SpecKeys.Word(envelope.Style))
        .Add("result", envelope.Result)
        .Add("error", envelope.Error)
        .Build();

    private static JsonObject Batch(BatchSpec batch) => new JsonBuilder(SpecKeys.Batch)
        .Add("method", batch.Method)
        .Add("form", SpecKeys.Word(batch.Form))
        .Add("param", batch.Param)
        .Build();

    private static JsonObject Module(ModuleSpec module) => new JsonBuilder(SpecKeys.Module)
        .Add("nameCase", module.NameCase is { } names ? JsonBuilder.Text(SpecKeys.Word(names)) : null)
        .Add("queryCase", module.QueryCase is { } queries ? JsonBuilder.Text(SpecKeys.Word(queries)) : null)
        .Add("positional", module.Positional)
        .Add("files", module.Files)
        .Build();

    private static JsonObject RateLimit(RateLimitSpec limit) => new JsonBuilder(SpecKeys.RateLimit)
        .Add("capacity", limit.Capacity == 0 ? null : limit.Capacity)
        .Add("perSecond", limit.Capacity == 0 ? null : limit.PerSecond)
        .Add("requests", limit.Requests == 0 ? null : limit.Requests)
        .Add("seconds", limit.Requests == 0 ? null : limit.Seconds)
        .Add("path", limit.Path)
        .Build();
}

namespace Bitrix24.Gen.Specs;

/// <summary>Writes methods.</summary>
internal sealed class MethodWriter(SpecFile file, FieldSpecWriter fields)
{
    public JsonObject Write(MethodSpec method) => new JsonBuilder(SpecKeys.Method)
        .Add("operation", method.Operation, Operation.Action)
        .Add("calls", method.Calls)
        .Add("scope", method.Scope == file.Scope ? null : method.Scope)
        .Add("http", method.Http is { } route ? $"{route.Verb} {route.Path}" : null)
        .Add("docs", method.Docs)
        .Add("csharp", method.CSharpName)
        .Add("description", method.Description)
        .Add("deprecated", method.Deprecated)
        .Add("superseded", method.Superseded)
        .Add("replacement", method.Replacement)
        .Add("auth", Auth(method))
        .Add("access", method.Access is { } access ? JsonBuilder.Text(SpecKeys.Word(access)) : null)
        .Add("batchable", method.Batchable, usual: true)
        .Add("idempotency", method.Idempotency, MethodBinder.Usual(method.Operation))
        .Add("of", method.Of is { } type ? TypeExpression.Write(type, file.Name) : null)
        .Add("items", method.Items)
        .Add("key", method.Key)
        .Add("verify", method.Verify)
        .AddMap("params", method.Params, static p => p.Name, p => fields.Write(p, method.Http))
        .Add("openParams", method.OpenParams && method.OpenFilter is null)
        .Add("openParams", method.OpenFilter)
        .Add("positional", method.Positional)
        .Add("paging", method.Paging, Paging.None)
        .Add("pageSize", method.PageSize)
        .Add("result", Result(method.Result))
        .Add("noResult", method.NoResult)
        .Add("errors", ErrorWriter.Errors(method.Errors, file.Messages))
        .Add("ruleErrors", ErrorWriter.RuleErrors(method.RuleErrors))
        .Add("order", method.CheckOrder)
        .Build();

    private static EquatableArray<string> Auth(MethodSpec method)
    {
        if (method.AllowWebhook == method.AllowApplication)
            return default;
        return new([method.AllowWebhook ? "webhook" : "application"]);
    }

    private JsonObject? Result(ResultSpec? result) => result is null
        ? null
        : fields.AddType(new(SpecKeys.Result), result.Type)
            .Add("at", result.At)
            .Add("nullable", result.Nullable)
            .AddMap("wire", result.Wire, static w => w.Path, static w => JsonBuilder.Text(SpecKeys.Word(w.Kind)))
            .Build();
}

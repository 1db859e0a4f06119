namespace Bitrix24.Gen.Specs;

/// <summary>Writes events, placements and callbacks.</summary>
internal static class IncomingWriter
{
    public static JsonObject Write(EventSpec spec, FieldSpecWriter fields) => new JsonBuilder(SpecKeys.Event)
        .Add("name", spec.Name)
        .Add("scope", spec.Scope)
        .Add("docs", spec.Docs)
        .Add("csharp", spec.CSharpName)
        .Add("description", spec.Description)
        .Add("deprecated", spec.Deprecated)
        .Add("data", Payload(spec.Data, fields))
        .Build();

    public static JsonObject Write(PlacementSpec spec, FieldSpecWriter fields) => new JsonBuilder(SpecKeys.Placement)
        .Add("scope", spec.Scope)
        .Add("docs", spec.Docs)
        .Add("csharp", spec.CSharpName)
        .Add("description", spec.Description)
        .Add("deprecated", spec.Deprecated)
        .Add("method", spec.Method)
        .Add("field", spec.Field)
        .Add("options", Payload(spec.Options, fields))
        .Add("bindOptions", Payload(spec.BindOptions, fields))
        .Build();

    public static JsonObject Write(CallbackSpec spec, string file, FieldSpecWriter fields) => new JsonBuilder(SpecKeys.Callback)
        .Add("docs", spec.Docs)
        .Add("csharp", spec.CSharpName)
        .Add("description", spec.Description)
        .Add("of", spec.Of is { } of ? TypeExpression.Write(of, file) : null)
        .Add("method", spec.Method)
        .Add("field", spec.Field)
        .Add("body", spec.Body, CallbackBody.Form)
        .Add("signed", spec.Signed)
        .Add("timeout", spec.Timeout)
        .Add("token", spec.Token)
        .Add("reply", spec.Reply)
        .Add("request", Payload(spec.Request, fields))
        .Add("result", spec.Result is { } result
            ? fields.AddType(new(SpecKeys.Result), result.Type).Add("at", result.At).Add("nullable", result.Nullable).Build()
            : null)
        .Add("failure", spec.Failure is { } failure ? Write(failure) : null)
        .Build();

    private static JsonObject Write(CallbackFailure failure) => new JsonBuilder(SpecKeys.CallbackFailure)
        .Add("status", failure.Status == CallbackFailure.Taken ? null : failure.Status)
        .Add("body", failure.Body is { } body ? JsonReader.Read(body).Root : null)
        .Build();

    private static JsonObject? Payload(TypeRef? type, FieldSpecWriter fields) =>
        type is null ? null : fields.AddType(new(SpecKeys.Payload), type).Build();
}

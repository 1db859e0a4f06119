using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Writes spec files: the same model gives the same bytes, and reading them gives the model again.</summary>
/// <remarks>Templates and entities are not part of a model: what they expand to is written.</remarks>
public static class SpecWriter
{
    /// <summary>Where packaged files find the JSON Schema of the format.</summary>
    public const string Schema = "../b24.schema.json";

    /// <summary>Writes a spec file.</summary>
    /// <param name="file">What it says.</param>
    /// <param name="schema">The value of its <c>$schema</c> key; null: none.</param>
    public static string Write(SpecFile file, string? schema = Schema)
    {
        var fields = new FieldSpecWriter(file);
        var methods = new MethodWriter(file, fields);
        var failure = file.Methods.Count == 0 ? FailureSpec.TopLevel : file.Methods[0].Failure;
        var root = new JsonBuilder(SpecKeys.File)
            .Add("$schema", schema)
            .Add("api", file.Api)
            .Add("overlay", file.Overlay)
            .Add("scope", file.Scope)
            .Add("docs", file.Docs)
            .Add("nameCase", file.Methods is [{ NameCase: { } names }, ..] ? JsonBuilder.Text(SpecKeys.Word(names)) : null)
            .Add("queryCase", file.Methods is [{ QueryCase: { } queries }, ..] ? JsonBuilder.Text(SpecKeys.Word(queries)) : null)
            .Add("failure", failure == FailureSpec.TopLevel ? null : Failure(failure))
            .Add("profile", file.Profile is { } profile ? ProfileWriter.Write(profile) : null)
            .Add("messages", ErrorWriter.Messages(file.Messages))
            .AddMap("types", file.Types.Where(t => !fields.IsInline(t)), static t => t.Name, t => Type(t, fields))
            .AddMap("methods", file.Methods, static m => m.Name, methods.Write)
            .AddMap("events", file.Events, static e => e.Code, e => IncomingWriter.Write(e, fields))
            .AddMap("placements", file.Placements, static p => p.Code, p => IncomingWriter.Write(p, fields))
            .AddMap("callbacks", file.Callbacks, static c => c.Name, c => IncomingWriter.Write(c, file.Name, fields))
            .Build();
        return JsonFormatter.Format(root);
    }

    private static JsonObject Failure(FailureSpec failure) => new JsonBuilder(SpecKeys.Failure)
        .Add("envelope", failure.InResult ? "result" : "top")
        .Add("status", failure.Status)
        .Build();

    private static JsonObject Builder(BuilderSpec builder) => new JsonBuilder(SpecKeys.Builder)
        .Add("to", builder.List)
        .Add("in", builder.In)
        .Add("args", new EquatableArray<string>([.. builder.Arguments.Select(static a => a.Optional ? a.Field + "?" : a.Field)]))
        .AddMap("set", builder.Values, static v => v.Field, static v => JsonBuilder.Text(v.Value))
        .Build();

    private static JsonObject Type(TypeSpec type, FieldSpecWriter fields)
    {
        var builder = new JsonBuilder(type.Scalar is null ? SpecKeys.ObjectType : SpecKeys.ScalarType)
            .Add("csharp", type.CSharpName)
            .Add("description", type.Description)
            .Add("docs", type.Docs);
        if (type.Scalar is { } scalar)
            return fields.AddRules(fields.AddType(builder, scalar.Type), scalar).Build();
        return builder
            .Add("open", type.Open)
            .Add("undescribed", type.Undescribed)
            .Add("input", type.Input)
            .AddMap("fields", type.Fields, static f => f.Name, f => fields.Write(f), evenEmpty: true)
            .AddMap("builders", type.Builders, static b => b.Name, Builder)
            .Add("errors", ErrorWriter.RuleErrors(type.Errors))
            .Build();
    }
}

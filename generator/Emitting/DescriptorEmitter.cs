using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes what the runtime's engine has to know: fields by index, rules, error codes, methods.</summary>
internal sealed class DescriptorEmitter(SourceWriter writer, FileOutput file)
{
    /// <summary>The array of the file's methods. Lower case, as all here that is no type: no type of a spec has such a name.</summary>
    public const string Methods = "methods";

    private const string Types = "types";

    private readonly FieldDescriptorText _fields = new();

    // That of the runtime's ApiDescriptor.
    private const int UsualBatch = 50;

    // Answers with the names of its entities' fields in another case than it documents.
    private const string VibeCode = "vibecode";

    /// <summary>Writes what the methods of an API share.</summary>
    public static void EmitApi(SourceWriter writer, ApiOutput api)
    {
        var profile = api.Profile;
        var members = new List<string>();
        if (Envelope(profile.Envelope.Style) is { } envelope)
            members.Add($"Envelope = b24::Infrastructure.EnvelopeKind.{envelope}");
        AddErrors(members, "RuleErrors", profile.RuleErrors);
        if (profile.SystemErrors.Any(static e => e.Message is not null))
            members.Add($"Errors = [{string.Join(", ", profile.SystemErrors.Where(static e => e.Message is not null).Select(Error))}]");
        if (profile.NameCase == NameCase.Any)
            members.Add("AnyNameCase = true");
        Add("FilterOperators", profile.FilterOperators.Select(static o => o.Prefix).ToEquatableArray());
        Add("FilterKeys", profile.FilterKeys.Select(static o => o.Prefix).ToEquatableArray());
        Add("OrderDirections", profile.OrderDirections);
        Add("OrderForms", profile.OrderForms);
        Add("CommonParameters", profile.CommonParams);
        if (profile.BatchLimit != UsualBatch)
            members.Add($"BatchLimit = {CSharpText.Number(profile.BatchLimit)}");

        writer.GeneratedBy().Open($"internal static class {ApiOutput.ClassName}");
        writer.Line("public static b24::Infrastructure.ApiDescriptor Api { get; } = new()").Line("{").Indent();
        foreach (var member in members)
            writer.Line(member + ",");
        writer.Unindent().Line("};").Close();

        void Add(string name, EquatableArray<string> values)
        {
            if (values.Count > 0)
                members.Add($"{name} = [{string.Join(", ", values.Select(CSharpText.Literal))}]");
        }
    }

    private static string? Envelope(string style) => style switch
    {
        "vibecode" => "VibeCode",
        "hal" => "Hal",
        "bitrix24-v3" => "Bitrix24V3",
        _ => null,
    };

    public void Emit()
    {
        writer.Open($"internal static class {file.DescriptorsName}");
        foreach (var type in file.Types)
            EmitType(type);
        var methods = file.Groups.SelectMany(static g => g.Methods).ToList();
        if (methods.Count > 0)
            EmitMethods(methods);
        // A class needs no more than a name for what it has itself.
        var own = $"{SourceFile.Own}{file.DescriptorsName}.";
        var types = _fields.Types.Select(t => t.StartsWith(own, StringComparison.Ordinal) ? t.Substring(own.Length) : t);
        if (_fields.Types.Count > 0)
            writer.Line($"static b24fields[] {Types}() => [{string.Join(", ", types)}];");
        writer.Close();
    }

    private void EmitType(TypeModel type)
    {
        var extra = new List<string>();
        if (type.Spec.Open)
            extra.Add("Open = true");
        if (type.Spec.Undescribed)
            extra.Add("Undescribed = true");
        if (file.Api == VibeCode)
            extra.Add("AnyCase = true");
        AddErrors(extra, "Errors", type.Spec.Errors);
        var name = type.Spec.Name == type.Name ? "" : $", name: {CSharpText.Literal(type.Spec.Name)}";
        var types = type.Fields.Any(static f => FieldDescriptorText.HasType(f)) ? ", " + Types : "";
        writer.Line($"public static readonly b24fields {type.Name} = new({CSharpText.Literal(_fields.Of(type.Fields))}{types}{name}){Initializer(extra)};");
    }

    private void EmitMethods(List<MethodModel> methods)
    {
        var types = methods.Any(static m => m.Params.Any(static f => FieldDescriptorText.HasType(f))) ? Types : "null";
        writer.Line($"public static readonly b24::Infrastructure.MethodDescriptor[] {Methods} = b24::Infrastructure.MethodDescriptor.Read({file.ApiDescriptor}.Api, {types}, [{string.Join(", ", file.Messages.Select(Error))}],");
        writer.Indent();
        for (var i = 0; i < methods.Count; i++)
        {
            var (spec, last) = (methods[i].Spec, i == methods.Count - 1);
            writer.Line(string.Join(
                ", ",
                CSharpText.Literal(spec.Name),
                CSharpText.Literal(FieldDescriptorText.Facts(Facts(spec))),
                CSharpText.Literal(_fields.Of(methods[i].Params))) + (last ? ");" : ","));
        }

        writer.Unindent();
    }

    private IEnumerable<(string, IEnumerable<string>?)> Facts(MethodSpec method)
    {
        if (method.Operation != Operation.Action)
            yield return One("does", method.Operation.ToString());
        if (method.Idempotency != Idempotency.Unsafe)
            yield return One("repeat", method.Idempotency.ToString());
        if (!method.AllowWebhook)
            yield return One("access", "Application");
        else if (!method.AllowApplication)
            yield return One("access", "Webhook");
        if (method.Paging != Paging.None)
            yield return ("paging", [method.Paging.ToString(), CSharpText.Number(method.PageSize ?? file.PageSize)]);
        if (method.OpenParams)
            yield return ("open", null);
        if (method.NameCase is { } names)
            yield return One("anyCase", names == NameCase.Any ? "yes" : "no");
        if (method.Positional)
            yield return ("positional", null);
        if (!method.Batchable)
            yield return ("notBatchable", null);
        if (method.Result?.At is { } at)
            yield return One("result", at);
        if (method.Result is { Nullable: true })
            yield return ("nullable", null);
        if (method.Deprecated)
            yield return One("replacement", method.Replacement ?? "");
        if (method.Http is { } http)
            yield return ("http", [http.Verb, http.Path]);
        // The runtime asks for the texts of codes that a rule raises, and of no others.
        var errors = method.Errors
            .Where(e => e.Message is not null && file.RuleCodes.Contains(e.Code) && !file.Messages.Any(m => m.Code == e.Code && m.Message == e.Message))
            .ToList();
        if (errors.Count > 0)
            yield return ("errors", errors.SelectMany(static e => new[] { e.Code, e.Message! }));
        if (method.RuleErrors.Count > 0)
            yield return ("ruleErrors", FieldDescriptorText.Values(method.RuleErrors));
        if (method.CheckOrder.Count > 0)
            yield return ("order", method.CheckOrder);
    }

    private static (string, IEnumerable<string>?) One(string name, string value) => (name, [value]);

    private static void AddErrors(List<string> to, string name, EquatableArray<RuleError> errors)
    {
        if (errors.Count > 0)
            to.Add($"{name} = [{string.Join(", ", errors.Select(RuleErrorText))}]");
    }

    private static string RuleErrorText(RuleError error) =>
        $"new({CSharpText.Literal(error.Rule)}, {CSharpText.Literal(error.Code)}{(error.Message is { } message ? ", " + CSharpText.Literal(message) : "")})";

    private static string Initializer(List<string> members) => members.Count == 0 ? "" : $" {{ {string.Join(", ", members)} }}";

    private static string Error(ErrorSpec error) =>
        $"new({CSharpText.Literal(error.Code)}{(error.Message is { } message ? ", " + CSharpText.Literal(message) : "")})";
}

using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes what the runtime's engine has to know: fields by index, rules, error codes, methods.</summary>
internal sealed class DescriptorEmitter
{
    // Below this, a name for a repeated descriptor costs as much as it saves.
    private const int WorthSharing = 60;

    // Answers with the names of its entities' fields in another case than it documents.
    private const string VibeCode = "vibecode";

    private readonly SourceWriter _writer;
    private readonly FileOutput _file;
    private readonly List<string> _shared;

    public DescriptorEmitter(SourceWriter writer, FileOutput file)
    {
        _writer = writer;
        _file = file;
        _shared = file.Types.SelectMany(static t => t.Fields)
            .Concat(Methods.SelectMany(static m => m.Params))
            .Select(FieldDescriptorText.Of)
            .Where(static t => t.Length >= WorthSharing)
            .GroupBy(static t => t, StringComparer.Ordinal)
            .Where(static g => g.Skip(1).Any())
            .Select(static g => g.Key)
            .ToList();
    }

    private IEnumerable<MethodModel> Methods => _file.Groups.SelectMany(static g => g.Methods);

    /// <summary>Writes what the methods of an API share.</summary>
    public static void EmitApi(SourceWriter writer, ApiOutput api)
    {
        var profile = api.Profile;
        var members = new List<string>();
        if (Envelope(profile.Envelope.Style) is { } envelope)
            members.Add($"Envelope = b24d::EnvelopeKind.{envelope}");
        FieldDescriptorText.AddErrors(members, "RuleErrors", profile.RuleErrors);
        if (profile.SystemErrors.Any(static e => e.Message is not null))
            members.Add($"Errors = [{string.Join(", ", profile.SystemErrors.Where(static e => e.Message is not null).Select(Error))}]");
        if (profile.NameCase == NameCase.Any)
            members.Add("AnyNameCase = true");
        Add("FilterOperators", profile.FilterOperators.Select(static o => o.Prefix).ToEquatableArray());
        Add("FilterKeys", profile.FilterKeys.Select(static o => o.Prefix).ToEquatableArray());
        Add("OrderDirections", profile.OrderDirections);
        Add("OrderForms", profile.OrderForms);
        Add("CommonParameters", profile.CommonParams);

        writer.Generated().Open($"internal static class {ApiOutput.ClassName}");
        writer.Line("public static b24d::ApiDescriptor Api { get; } = new()").Line("{").Indent();
        foreach (var member in members)
            writer.Line(member + ",");
        writer.Unindent().Line("};").Close();

        void Add(string name, EquatableArray<string> values)
        {
            if (FieldDescriptorText.List(values) is { } list)
                members.Add($"{name} = {list}");
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
        _writer.Generated().Open($"internal static class {_file.DescriptorsName}");
        EmitShared();
        foreach (var type in _file.Types)
            EmitType(type);
        foreach (var method in Methods)
            EmitMethod(method);
        _writer.Close();
    }

    // Fields of a class are initialized in the order of the text: the messages have to stand first.
    private void EmitShared()
    {
        if (_file.Messages.Count > 0)
        {
            _writer.Line("private static readonly b24d::MethodError[] messages =").Line("[").Indent();
            foreach (var message in _file.Messages)
                _writer.Line(Error(message) + ",");
            _writer.Unindent().Line("];");
        }

        for (var i = 0; i < _shared.Count; i++)
            _writer.Line($"private static b24d::FieldDescriptor {SharedName(i)} => {_shared[i]};");
    }

    private void EmitType(TypeModel type)
    {
        _writer.Line($"public static b24d::TypeDescriptor {type.Name} {{ get; }} = new({CSharpText.Literal(type.Spec.Name)}, static () =>");
        EmitFields(type.Fields);
        var extra = new List<string>();
        if (type.Spec.Open)
            extra.Add("Open = true");
        if (type.Spec.Undescribed)
            extra.Add("Undescribed = true");
        if (_file.Api == VibeCode)
            extra.Add("AnyCase = true");
        FieldDescriptorText.AddErrors(extra, "Errors", type.Spec.Errors);
        _writer.Line($"]){FieldDescriptorText.Initializer(extra)};").Line();
    }

    private void EmitMethod(MethodModel method)
    {
        _writer.Line($"public static b24d::MethodDescriptor {method.RequestName} {{ get; }} = new({CSharpText.Literal(method.Spec.Name)}, static () =>");
        EmitFields(method.Params);
        _writer.Line("])").Line("{").Indent();
        foreach (var member in Members(method.Spec))
            _writer.Line(member + ",");
        _writer.Unindent().Line("};").Line();
    }

    private IEnumerable<string> Members(MethodSpec method)
    {
        yield return $"Api = {_file.ApiDescriptor}.Api";
        if (_file.Messages.Count > 0)
            yield return "Messages = messages";
        if (method.Operation != Operation.Action)
            yield return $"Operation = b24d::MethodOperation.{method.Operation}";
        if (method.Idempotency != Idempotency.Unsafe)
            yield return $"Idempotency = b24d::MethodIdempotency.{method.Idempotency}";
        if (!method.AllowWebhook)
            yield return "Access = b24d::MethodAccess.Application";
        else if (!method.AllowApplication)
            yield return "Access = b24d::MethodAccess.Webhook";
        if (method.Paging != Paging.None)
            yield return $"Paging = b24d::PagingKind.{method.Paging}, PageSize = {CSharpText.Number(method.PageSize ?? _file.PageSize)}";
        if (method.OpenParams)
            yield return "OpenParameters = true";
        if (method.NameCase is { } names)
            yield return $"AnyNameCase = {(names == NameCase.Any ? "true" : "false")}";
        if (method.Positional)
            yield return "Positional = true";
        if (!method.Batchable)
            yield return "NotBatchable = true";
        if (method.Result?.At is { } at)
            yield return $"ResultPath = {CSharpText.Literal(at)}";
        if (method.Result is { Nullable: true })
            yield return "ResultNullable = true";
        if (method.Deprecated)
            yield return $"Replacement = {CSharpText.Literal(method.Replacement ?? "")}";
        if (method.Http is { } http)
            yield return $"Verb = {CSharpText.Literal(http.Verb)}, Path = {CSharpText.Literal(http.Path)}";
        var errors = method.Errors.Where(e => e.Message is not null && !_file.Messages.Any(m => m.Code == e.Code && m.Message == e.Message)).ToList();
        if (errors.Count > 0)
            yield return $"Errors = [{string.Join(", ", errors.Select(Error))}]";
        var rules = new List<string>();
        FieldDescriptorText.AddErrors(rules, "RuleErrors", method.RuleErrors);
        if (rules.Count > 0)
            yield return rules[0];
        if (FieldDescriptorText.List(method.CheckOrder) is { } order)
            yield return $"CheckOrder = {order}";
    }

    private void EmitFields(EquatableArray<FieldModel> fields)
    {
        _writer.Line("[").Indent();
        foreach (var field in fields)
        {
            var text = FieldDescriptorText.Of(field);
            var shared = _shared.IndexOf(text);
            _writer.Line((shared < 0 ? text : SharedName(shared)) + ",");
        }

        _writer.Unindent();
    }

    // Lower case: no type of a spec has such a name.
    private static string SharedName(int index) => "f" + CSharpText.Number(index);

    private static string Error(ErrorSpec error) =>
        $"new({CSharpText.Literal(error.Code)}{(error.Message is { } message ? ", " + CSharpText.Literal(message) : "")})";
}

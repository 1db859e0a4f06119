using System.Globalization;
using System.Linq;
using System.Text;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes the records of what portals send, and the constants of their codes.</summary>
internal static class IncomingEmitter
{
    private const string InvariantCulture = "global::System.Globalization.CultureInfo.InvariantCulture";

    public static void Emit(SourceWriter writer, IncomingModel incoming, string access)
    {
        foreach (var model in incoming.Events.Where(static e => e.Used))
            Emit(writer, model, access);
        foreach (var model in incoming.Placements.Where(static p => p.Used))
            Emit(writer, model, access);
        foreach (var model in incoming.Callbacks)
            Emit(writer, model);
        if (incoming.Events.Count > 0)
        {
            writer.Summary("Codes of the area's events.").Open($"{access} static partial class {incoming.EventCodes}");
            foreach (var model in incoming.Events)
                writer.Line($"public const string {model.Constant} = {CSharpText.Literal(model.Spec.Code)};");
            writer.Close().Line();
        }

        if (incoming.Placements.Count > 0)
        {
            writer.Summary("Codes of the area's placements.").Open($"{access} static partial class {incoming.PlacementCodes}");
            foreach (var model in incoming.Placements)
            {
                writer.Line(model.Parameters.Count == 0
                    ? $"public const string {model.Name} = {CSharpText.Literal(model.Spec.Code)};"
                    : $"public static string {model.Name}({string.Join(", ", model.Parameters.Select(p => $"{TypeOf(p)} {Argument(p)}"))}) => {CodeFor(model)};");
            }

            writer.Close().Line();
        }
    }

    private static void Emit(SourceWriter writer, EventModel model, string access)
    {
        writer.Summary(Doc(model.Spec.Description, $"The event <c>{CSharpText.Xml(model.Spec.Code)}</c>", model.Scope)).Remarks(DocText.Link(model.Spec.Docs));
        Obsolete(writer, model.Spec.Deprecated);
        writer.Open($"{access} sealed partial class {model.Name} : {model.Base}, b24::IIncomingType");
        EmitCode(writer, "Code", model.Spec.Code);
        writer.Close().Line();
    }

    private static void Emit(SourceWriter writer, PlacementModel model, string access)
    {
        writer.Summary(Doc(model.Spec.Description, $"The placement <c>{CSharpText.Xml(model.Spec.Code)}</c>", model.Scope)).Remarks(DocText.Link(model.Spec.Docs));
        Obsolete(writer, model.Spec.Deprecated);
        writer.Open($"{access} sealed partial class {model.Name} : b24::Bitrix24Placement{(model.Options is { } options ? $"<{options}>" : "")}, b24::IIncomingType");
        EmitCode(writer, model.Parameters.Count == 0 ? "Code" : "CodePattern", model.Spec.Code);
        foreach (var parameter in model.Parameters)
        {
            writer.Summary($"What stands for <c>{{{CSharpText.Xml(parameter.Name)}}}</c> in the code.");
            writer.Line($"public {TypeOf(parameter)} {parameter.Property} {{ get; private set; }}{(IsNumber(parameter) ? "" : " = \"\";")}");
        }

        if (model.Parameters.Count > 0)
        {
            writer.Open("protected override void ReadParameters(b24c::IReadOnlyDictionary<string, string> parameters)");
            foreach (var parameter in model.Parameters)
            {
                var value = $"parameters[{CSharpText.Literal(parameter.Name)}]";
                writer.Line(IsNumber(parameter)
                    ? $"{parameter.Property} = long.TryParse({value}, global::System.Globalization.NumberStyles.None, {InvariantCulture}, out long value) ? value : 0;"
                    : $"{parameter.Property} = {value};");
            }

            writer.Close();
        }

        writer.Close().Line();
    }

    // Another part of the record that the file's types have.
    private static void Emit(SourceWriter writer, CallbackModel model)
    {
        var type = model.Answer is { } answer ? ValueCode.TypeOf(answer.Value, View.Create) : null;
        var request = type is null ? "b24::IIncomingType" : $"b24::ICallbackRequest<{type}>";
        writer.Open($"partial class {model.Request} : {request}{(model.Spec.Signed ? ", b24::ISignedCallback" : "")}");
        EmitCode(writer, null, model.Spec.Name);
        if (type is not null)
        {
            writer.Line($"static b24fields {request}.Answer => {SourceFile.Descriptors}{model.AnswerDescriptor};");
            writer.Line($"static void {request}.WriteAnswer(ref b24out w, {type} answer) => {ValueCode.Write(model.Answer!.Value, View.Create, 0, "answer", nullable: false)};");
        }

        if (model.Spec.Failure is { } failure)
        {
            var body = failure.Body is { } json ? CSharpText.Literal(json) : "null";
            writer.Line($"static b24::CallbackFailure? b24::IIncomingType.Failure => new({failure.Status.ToString(CultureInfo.InvariantCulture)}, {body});");
        }

        writer.Close().Line();
    }

    private static void EmitCode(SourceWriter writer, string? constant, string code)
    {
        if (constant is not null)
            writer.Line($"public const string {constant} = {CSharpText.Literal(code)};");
        writer.Line($"static string b24::IIncomingType.Code => {constant ?? CSharpText.Literal(code)};");
    }

    private static string CodeFor(PlacementModel model)
    {
        var code = new StringBuilder();
        var parts = model.Spec.Code.Split('{', '}');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 0)
                continue;
            code.Append(code.Length == 0 ? "" : " + ");
            if (i % 2 == 0)
                code.Append(CSharpText.Literal(parts[i]));
            else
                code.Append(model.Parameters.First(p => p.Name == parts[i]) is var p && IsNumber(p) ? $"{Argument(p)}.ToString({InvariantCulture})" : Argument(p));
        }

        return code.ToString();
    }

    private static void Obsolete(SourceWriter writer, bool deprecated)
    {
        if (deprecated)
            writer.Remarks("Not for new applications.");
    }

    private static string Doc(string? description, string what, string? scope) =>
        !string.IsNullOrWhiteSpace(description) ? CSharpText.Xml(description!.Trim()) : what + (scope is null ? "." : $", scope {CSharpText.Xml(scope)}.");

    // The ids of records are numbers.
    private static bool IsNumber(PlacementParameter parameter) => parameter.Name.EndsWith("Id", StringComparison.Ordinal);

    private static string TypeOf(PlacementParameter parameter) => IsNumber(parameter) ? "long" : "string";

    private static string Argument(PlacementParameter parameter) => CSharpNames.Parameter(parameter.Property);
}

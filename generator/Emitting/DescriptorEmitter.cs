using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Prints descriptors, which the runtime makes objects of: those of types by name, those of methods by index.</summary>
internal sealed class DescriptorEmitter(SourceWriter writer, FileOutput file)
{
    /// <summary>The list of the file's methods. Lower case, as all here that is no type: no type of a spec has such a name.</summary>
    public const string Methods = "methods";

    private const string Types = "types";

    /// <summary>Prints what the methods of an API share.</summary>
    public static void EmitApi(SourceWriter writer, ApiOutput api)
    {
        writer.GeneratedBy().Open($"internal static class {ApiOutput.ClassName}");
        var callable = api.Callable.Count == 0 ? "" : $", static () => [{string.Join(", ", api.Callable.Select(static c => $"{c}.{Methods}"))}]";
        writer.Line($"public static global::Bitrix24.Infrastructure.ApiDescriptor Api {{ get; }} = new({CSharpText.Literal(api.Facts)}{callable});").Close();
    }

    public void Emit()
    {
        writer.Open($"internal static class {file.DescriptorsName}");
        foreach (var type in file.Types)
            EmitType(type);
        foreach (var callback in file.Incoming?.Callbacks ?? default)
            EmitAnswer(callback);
        var methods = file.Groups.SelectMany(static g => g.Methods).ToList();
        if (methods.Count > 0)
            EmitMethods(methods);
        // A class needs no more than a name for what it has itself.
        var own = $"{SourceFile.Own}{file.DescriptorsName}.";
        var types = file.DescriptorTypes.Select(t => t.StartsWith(own, StringComparison.Ordinal) ? t.Substring(own.Length) : t);
        if (file.DescriptorTypes.Count > 0)
            writer.Line($"static b24fields[] {Types}() => [{string.Join(", ", types)}];");
        writer.Close();
    }

    private void EmitType(TypeModel type)
    {
        var descriptor = type.Descriptor;
        var types = descriptor.HasTypes ? ", " + Types : "";
        var name = type.Spec.Name == type.Name ? "" : $", name: {CSharpText.Literal(type.Spec.Name)}";
        var facts = descriptor.Facts.Length == 0 ? "" : $", facts: {CSharpText.Literal(descriptor.Facts)}";
        writer.Line($"public static readonly b24fields {type.Name} = new({CSharpText.Literal(descriptor.Fields)}{types}{name}{facts});");
    }

    private void EmitAnswer(CallbackModel callback)
    {
        if (callback.Answer is { Descriptor: var descriptor })
            writer.Line($"public static readonly b24fields {callback.AnswerDescriptor} = new({CSharpText.Literal(descriptor.Fields)}{(descriptor.HasTypes ? ", " + Types : "")});");
    }

    private void EmitMethods(List<MethodModel> methods)
    {
        var types = methods.Any(static m => m.Descriptor.HasTypes) ? Types : "null";
        writer.Line($"public static readonly b24c::IReadOnlyList<b24method> {Methods} = b24method.Read({file.ApiDescriptor}.Api, {types}, [{string.Join(", ", file.Messages.Select(Error))}],");
        writer.Indent();
        for (var i = 0; i < methods.Count; i++)
        {
            var (method, last) = (methods[i], i == methods.Count - 1);
            writer.Line(string.Join(
                ", ",
                CSharpText.Literal(method.Spec.WireName),
                CSharpText.Literal(method.Descriptor.Facts),
                CSharpText.Literal(method.Descriptor.Fields)) + (last ? ");" : ","));
        }

        writer.Unindent();
    }

    private static string Error(ErrorSpec error) =>
        $"new({CSharpText.Literal(error.Code)}{(error.Message is { } message ? ", " + CSharpText.Literal(message) : "")})";
}

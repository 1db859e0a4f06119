using System.Linq;
using System.Threading;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Generator.Parsing;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes a generated file.</summary>
internal static class OutputEmitter
{
    public static SourceText Emit(OutputModel output, CancellationToken cancellationToken) => output switch
    {
        FileOutput file => SourceFile.Create(
            file.Namespace,
            w => EmitFile(w, file, cancellationToken),
            (SourceFile.Descriptors, ApiNames.Qualify(file.Namespace, file.DescriptorsName))),
        ApiOutput api => SourceFile.CreateUnaliased(api.Namespace, w => DescriptorEmitter.EmitApi(w, api)),
        AreaOutput area => SourceFile.Create(area.Namespace, w => EmitArea(w, area)),
        AreaInterfaces interfaces => SourceFile.Create(interfaces.Namespace, w => InterfaceEmitter.Emit(w, interfaces)),
        ClientInterfaces interfaces => SourceFile.CreateUnaliased(interfaces.Client.Namespace, w => InterfaceEmitter.Emit(w, interfaces)),
        ClientOutput client => SourceFile.CreateUnaliased(client.Client.Namespace, w => EmitClient(w, client)),
        _ => throw new ArgumentOutOfRangeException(nameof(output)),
    };

    private static void EmitFile(SourceWriter writer, FileOutput file, CancellationToken cancellationToken)
    {
        foreach (var type in file.Types)
        {
            cancellationToken.ThrowIfCancellationRequested();
            new TypeEmitter(writer, type, file).Emit();
        }

        foreach (var model in file.Enums)
            EnumEmitter.Emit(writer, model, file.Access);
        var index = 0;
        foreach (var group in file.Groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var methods = group.Methods.Select(m => (m.Used, Index: index++, Model: m)).Where(static m => m.Used)
                .Select(m => new RequestEmitter(writer, m.Model, m.Index, file.Access)).ToList();
            if (methods.Count == 0)
                continue;
            foreach (var method in methods)
                method.EmitRequest();
            writer.Open($"partial class {group.ClassName}");
            foreach (var method in methods)
                method.EmitMember();
            writer.Close().Line();
        }

        if (file.Incoming is { } incoming)
            IncomingEmitter.Emit(writer, incoming, file.Access);
        if (file.Types.Count > 0 || file.Groups.Count > 0)
            new DescriptorEmitter(writer, file).Emit();
    }

    private static void EmitArea(SourceWriter writer, AreaOutput area)
    {
        foreach (var group in area.Groups)
        {
            var isArea = group.ClassName == area.ClassName;
            writer.Open($"{area.Access} sealed partial class {group.ClassName}(b24::Bitrix24Client _client)");
            foreach (var child in group.Children)
                writer.Line($"public {child.ClassName} {child.Property} {{ get; }} = new(_client);");
            if (isArea)
                EmitFind(writer, area);
            writer.Close().Line();
        }

        EmitErrors(writer, area);
    }

    private static void EmitFind(SourceWriter writer, AreaOutput area)
    {
        var tables = area.Descriptors.Select(static d => $"{SourceFile.Own}{d}.{DescriptorEmitter.Methods}");
        // A client of another assembly reads it too.
        if (area.Access == "public")
            writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        writer.Line($"{area.Access} static b24::Infrastructure.MethodTable Methods {{ get; }} = new(static () => [{string.Join(", ", tables)}]);");
    }

    private static void EmitErrors(SourceWriter writer, AreaOutput area)
    {
        writer.Summary("Error codes of the area.").Open($"{area.Access} static partial class {area.ErrorsName}");
        foreach (var error in area.Errors)
        {
            if (error.Message is { } message)
                writer.Summary(CSharpText.Xml(message));
            writer.Line($"public const string {error.Name} = {CSharpText.Literal(error.Code)};");
        }

        writer.Close();
    }

    private static void EmitClient(SourceWriter writer, ClientOutput output)
    {
        var client = output.Client;
        foreach (var type in client.ContainingTypes)
            writer.Open($"partial {type.Keyword} {CSharpNames.Escape(type.Name)}");
        writer.GeneratedBy().Open($"partial {client.Keyword} {CSharpNames.Escape(client.Name)} : global::Bitrix24.Bitrix24Client");
        if (!client.HasConstructor)
        {
            writer.Summary("Makes a client.");
            writer.Line("/// <param name=\"credentials\">Who calls which portal.</param>");
            writer.Line("/// <param name=\"options\">How the client works.</param>");
            writer.Line($"public {CSharpNames.Escape(client.Name)}(global::Bitrix24.Bitrix24Credentials credentials, global::Bitrix24.Bitrix24ClientOptions? options = null)");
            writer.Indent().Line(": base(credentials, options)").Unindent();
            writer.Line("{").Line("}").Line();
        }

        EmitAreas(writer, output.Areas, "this");
        foreach (var api in output.Apis)
        {
            writer.Line($"public {api.ClassName} {api.Property} => _{api.Property} ??= new(this);");
            writer.Line($"private {api.ClassName}? _{api.Property};").Line();
        }

        EmitFindMethod(writer, "FindMethod", output.Areas.Concat(output.Apis.SelectMany(static a => a.Areas)));
        EmitFindMethod(writer, "FindV3Method", output.Apis.Where(static a => a.IsV3).SelectMany(static a => a.Areas));
        foreach (var api in output.Apis)
        {
            writer.Line().Summary("Areas of another API.").Open($"public sealed {(client.Interfaces ? "partial " : "")}class {api.ClassName}");
            writer.Line("private readonly global::Bitrix24.Bitrix24Client _client;");
            writer.Line($"internal {api.ClassName}(global::Bitrix24.Bitrix24Client client) => _client = client;").Line();
            EmitAreas(writer, api.Areas, "_client");
            writer.Close();
        }

        writer.Close();
        foreach (var _ in client.ContainingTypes)
            writer.Close();
    }

    private static void EmitAreas(SourceWriter writer, EquatableArray<AreaReference> areas, string client)
    {
        foreach (var area in areas)
        {
            writer.Line($"public {area.CSharpType} {area.Property} => _{area.Property} ??= new({client});");
            writer.Line($"private {area.CSharpType}? _{area.Property};").Line();
        }
    }

    private static void EmitFindMethod(SourceWriter writer, string method, IEnumerable<AreaReference> areas)
    {
        var calls = areas.Select(static a => $"{a.CSharpType}.Methods.Find(name)").ToList();
        if (calls.Count == 0)
            return;
        writer.Line($"protected override global::Bitrix24.Infrastructure.MethodDescriptor? {method}(string name) =>").Indent();
        for (var i = 0; i < calls.Count; i++)
            writer.Line((i == 0 ? "" : "?? ") + calls[i] + (i == calls.Count - 1 ? ";" : ""));
        writer.Unindent();
    }
}

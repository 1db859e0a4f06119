using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes an interface for each class of an area and for each client: what code under test takes, and a fake implements.</summary>
internal static class InterfaceEmitter
{
    public static void Emit(SourceWriter writer, AreaInterfaces area)
    {
        foreach (var group in area.Groups)
        {
            writer.Summary($"What <see cref=\"{group.ClassName}\"/> does, for tests without a portal.").Open($"{area.Access} interface {group.Name}");
            foreach (var child in group.Children)
                writer.Line($"{child.ClassName} {child.Property} {{ get; }}");
            foreach (var method in group.Methods)
                new RequestEmitter(writer, method, 0, area.Access).EmitSignature();
            writer.Close().Line();
            writer.Open($"partial class {group.ClassName} : {group.Name}");
            foreach (var child in group.Children)
                writer.Line($"{child.ClassName} {group.Name}.{child.Property} => {child.Property};");
            writer.Close().Line();
        }
    }

    public static void Emit(SourceWriter writer, ClientInterfaces output)
    {
        var client = output.Client;
        foreach (var type in client.ContainingTypes)
            writer.Open($"partial {type.Keyword} {CSharpNames.Escape(type.Name)}");
        var name = "I" + client.Name;
        var access = client.Public ? "public" : "internal";
        writer.Summary($"What <see cref=\"{CSharpNames.Escape(client.Name)}\"/> does, for tests without a portal.");
        EmitInterface(writer, access, name, " : global::Bitrix24.IBitrix24Client", output.Areas, output.Apis.Select(a => (a.Property, name + a.Property)));
        foreach (var api in output.Apis)
            EmitInterface(writer, access, name + api.Property, "", api.Areas, []);
        writer.Open($"partial {client.Keyword} {CSharpNames.Escape(client.Name)} : {name}");
        foreach (var area in output.Areas)
            writer.Line($"{area.CSharpType} {name}.{area.Property} => {area.Property};");
        foreach (var api in output.Apis)
            writer.Line($"{name}{api.Property} {name}.{api.Property} => {api.Property};");
        foreach (var api in output.Apis)
        {
            writer.Line().Open($"partial class {api.ClassName} : {name}{api.Property}");
            foreach (var area in api.Areas)
                writer.Line($"{area.CSharpType} {name}{api.Property}.{area.Property} => {area.Property};");
            writer.Close();
        }

        writer.Close();
        foreach (var _ in client.ContainingTypes)
            writer.Close();
    }

    private static void EmitInterface(
        SourceWriter writer, string access, string name, string parents, EquatableArray<AreaReference> areas, IEnumerable<(string Property, string Type)> others)
    {
        writer.Open($"{access} interface {name}{parents}");
        foreach (var area in areas)
            writer.Line($"{area.CSharpType} {area.Property} {{ get; }}");
        foreach (var (property, type) in others)
            writer.Line($"{type} {property} {{ get; }}");
        writer.Close().Line();
    }
}

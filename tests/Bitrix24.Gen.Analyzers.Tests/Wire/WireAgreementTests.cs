using System.Buffers;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;
using Bitrix24.Gen.Analyzers.Tests.Harness;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Tests.Wire;

/// <summary>
/// Typed code is checked by what it sends: for every kind of field, in every view, in every way to write a value, the
/// analyzers, <c>Validate()</c> and the validator's reading of the bytes that leave find the same.
/// </summary>
public class WireAgreementTests
{
    private static readonly SpecText Spec = SpecText.Own("wire.kinds.b24.json", KindsSpec.Text);

    /// <summary>A method that makes a request, and what is claimed of it.</summary>
    /// <param name="Name">The method's name.</param>
    /// <param name="Code">The method.</param>
    /// <param name="Path">Where the value is in the JSON.</param>
    /// <param name="Json">The value there.</param>
    /// <param name="IsCertain">The source tells the value.</param>
    private sealed record Case(string Name, string Code, string[] Path, string Json, bool IsCertain);

    [Fact]
    public async Task Analyzers_validation_and_the_bytes_agree()
    {
        var (portal, usings) = Portal();
        var cases = Cases().ToList();
        var source = "public static class Cases\n{\n    static T Of<T>(T value) => value;\n    public static bool Unknown;\n"
            + string.Concat(cases.Select(static c => c.Code)) + "}\n";
        var compilation = Analysis.Compile([("Usings.cs", usings), ("Cases.cs", source)]).AddReferences(portal);
        Verify.AssertCompiles(compilation, "Cases.cs");
        var found = Found(compilation, await Analysis.RunAsync(compilation, [.. SpecText.OfRepository, Spec]));
        var type = Load(portal, compilation);
        var specs = SpecSet.Create([.. SpecText.OfRepository.Append(Spec).Select(static s => SpecReader.Read(s.Path, s.GetText().ToString(), !s.Packaged))]);

        var wrong = new StringBuilder();
        foreach (var each in cases)
        {
            var request = (IBitrix24Request)type.GetMethod(each.Name)!.Invoke(null, null)!;
            var bytes = new ArrayBufferWriter<byte>();
            request.WriteParameters(bytes);
            var json = Encoding.UTF8.GetString(bytes.WrittenSpan);
            var sent = At(json, each.Path);
            var validated = ((IEnumerable<Violation>)request.GetType().GetMethod("Validate")!.Invoke(request, null)!).Select(static v => v.Rule).Order(StringComparer.Ordinal).ToList();
            var expected = SpecValidator.ValidateCall(specs, SpecSet.DefaultApi, request.Method.Name, JsonReader.Read(json).Root).Select(static v => v.RuleId).Order(StringComparer.Ordinal).ToList();
            var analyzed = found[each.Name].Order(StringComparer.Ordinal).ToList();
            if (sent != each.Json || !validated.SequenceEqual(expected) || !analyzed.SequenceEqual(each.IsCertain ? expected : []))
                wrong.AppendLine($"{each.Code.Trim()}\n  sent {sent}, expected {each.Json}; analyzers [{string.Join(' ', analyzed)}], Validate [{string.Join(' ', validated)}], bytes [{string.Join(' ', expected)}]");
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
        Assert.True(cases.Count > 300, $"{cases.Count} cases");
        Assert.Contains(found, static f => f.Any());
    }

    private static IEnumerable<Case> Cases()
    {
        var number = 0;
        foreach (var kind in KindsSpec.Kinds)
        {
            foreach (var value in kind.Values)
            {
                foreach (var (setup, code, certain) in Forms(kind, value.Code))
                {
                    yield return Make($"new KindsAddRequest {{ Fields = new() {{ {kind.Property} = {code} }} }}", "fields");
                    yield return Make($"new KindsUpdateRequest {{ Id = 1, Fields = new() {{ {kind.Property} = {code} }} }}", "fields");
                    // A parameter's enumeration is a type of its own.
                    if (!kind.IsEnumeration)
                        yield return Make($"new KindsSetRequest {{ {kind.Property} = {code} }}");
                    if (kind.HasConstants && !kind.Values[0].Code.Contains('"'))
                        yield return Make($"new KindsListRequest {{ Filter = default(KindsFilter).{kind.Property} == ({code}) }}", "filter", "=") with { IsCertain = true };

                    Case Make(string request, params string[] path)
                    {
                        var name = $"Case{number++}";
                        string[] full = path is ["filter", ..] ? ["filter", "=" + kind.Name] : [.. path, kind.Name];
                        var text = $"    static readonly {(kind.IsScalar ? kind.Type : "object?")} s_{name} = {(kind.IsScalar ? value.Code : "null")};\n"
                            + $"    public static IBitrix24Request {name}() {{ {setup} return {request}; }}\n";
                        return new(name, text.Replace("NAME", name, StringComparison.Ordinal), full, value.Json, certain);
                    }
                }
            }
        }

        foreach (var kind in KindsSpec.Kinds.Where(static k => k.Type.Length > 0))
        {
            var name = $"Case{number++}";
            yield return new(name, $"    public static IBitrix24Request {name}() => new KindsListRequest {{ Select = [default(KindsSelect).{kind.Property}] }};\n", ["select"], $"[\"{kind.Name}\"]", true);
            name = $"Case{number++}";
            yield return new(name, $"    public static IBitrix24Request {name}() => new KindsListRequest {{ Order = [default(KindsOrder).{kind.Property}.Descending] }};\n", ["order"], $"{{\"{kind.Name}\":\"DESC\"}}", true);
        }
    }

    /// <summary>The ways to write a value: what stands before, the expression, and whether the source tells the value.</summary>
    private static IEnumerable<(string Setup, string Code, bool IsCertain)> Forms(FieldKind kind, string value)
    {
        yield return ("", value, true);
        if (kind.Type.Length == 0)
            yield break;
        if (kind.Type is "string")
            yield return ("", $"$\"{{{value}}}\"", true);
        if (kind.HasConstants)
            yield return ($"const {kind.Type} Known = {value};", "Known", true);
        if (kind.IsScalar)
        {
            yield return ("", $"({kind.Type})({value})", true);
            yield return ($"{kind.Type} given = {value};", "given", true);
            yield return ("", "s_NAME", true);
        }

        yield return ("", $"Unknown ? Of<{kind.Type}>({value}) : Of<{kind.Type}>({value})", false);
        yield return ("", $"Of<{kind.Type}>({value})", false);
    }

    private static string At(string json, string[] path)
    {
        using var document = JsonDocument.Parse(json);
        var at = document.RootElement;
        foreach (var step in path)
            at = at.GetProperty(step);
        return at.GetRawText();
    }

    private static (MetadataReference Portal, string Usings) Portal()
    {
        var compilation = Analysis.Generate(
            Analysis.Compile([("Portal.cs", "using Bitrix24; [Bitrix24Client(\"wire\")] public partial class Portal;")]).WithAssemblyName("WirePortal"), [.. SpecText.OfRepository, Spec]);
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.Empty(result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => d.ToString()));
        AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(assembly.ToArray()));
        var space = compilation.GetSymbolsWithName("KindsAddRequest").Single().ContainingNamespace.ToDisplayString();
        return (MetadataReference.CreateFromImage(assembly.ToArray()), Sample.RawUsings + $"global using {space};\n");
    }

    private static Type Load(MetadataReference portal, Compilation compilation)
    {
        using var assembly = new MemoryStream();
        Assert.True(compilation.Emit(assembly).Success);
        assembly.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(assembly).GetType("Cases")!;
    }

    private static ILookup<string, string> Found(Compilation compilation, IEnumerable<Diagnostic> diagnostics) => diagnostics.ToLookup(
        d => d.Location.SourceTree!.GetRoot().FindNode(d.Location.SourceSpan).Ancestors()
            .OfType<Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax>().First().Identifier.ValueText,
        static d => d.Id);
}

using Bitrix24.Gen.Specs;
using Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Validation.Tests;

/// <summary>What the generator prints, the runtime reads: the same, byte by byte, when it is written again.</summary>
public class NotationTests
{
    [Theory]
    [InlineData("bitrix24")]
    [InlineData("bitrix24-v3")]
    [InlineData("vibecode")]
    [InlineData("amocrm")]
    public void Packaged_specs_survive_writing_reading_and_writing(string api)
    {
        var set = SpecSets.Of(api);
        var shared = NotationWriter.Facts(set.Contract.Api(api));
        Assert.Equal(shared, NotationWriter.Facts(new ApiDescriptor(shared)));
        foreach (var file in set.Files)
        {
            foreach (var type in file.Types.Where(static t => t.Scalar is null))
                AssertSurvives(set.Contract.Type(type, api));
            foreach (var method in file.Methods)
                AssertSurvives(set.Contract.Method(method));
        }
    }

    [Theory]
    [InlineData("a;b:c,d|e~f=g", "x;y|z,~:")]
    [InlineData("", "")]
    [InlineData("имя\u0001\ud83d\ude00", "\"\\\n\t")]
    public void Any_text_survives(string name, string text)
    {
        var field = new FieldDescriptor(name, ValueKind.Union, FieldFlags.Required | FieldFlags.Guessed)
        {
            Format = text,
            Aliases = [text, "b"],
            Alternatives = [new("", ValueKind.String) { Rules = new() { Pattern = text, Enum = [text, ""] } }, new("", ValueKind.Int, FieldFlags.List)],
            Rules = new() { RequiredIf = new(text, [text, "1"]), Weak = ["required"], Errors = [new("type", text, text)], Min = -0.5m, MaxItems = 3 },
        };
        var writer = new NotationWriter(static _ => 0);
        var written = writer.Fields([field]);
        var read = new TypeDescriptor(written, static () => [], "T").Fields;

        Assert.Equal(written, writer.Fields(read));
        Assert.Equal(
            (name, text, text, text, text),
            (read[0].Name, read[0].Format, read[0].Aliases[0], read[0].Alternatives[0].Rules!.Pattern, read[0].Rules!.RequiredIf!.Values[0]));
    }

    [Fact]
    public void Every_word_has_a_letter()
    {
        Assert.All(Enum.GetValues<Operation>(), static o => Assert.Equal(o, Read(new MethodDescriptor("m", static () => []) { Operation = o }).Operation));
        Assert.All(Enum.GetValues<Idempotency>(), static i => Assert.Equal(i, Read(new MethodDescriptor("m", static () => []) { Idempotency = i }).Idempotency));
        Assert.All(Enum.GetValues<Paging>(), static p => Assert.Equal(p, Read(new MethodDescriptor("m", static () => []) { Paging = p }).Paging));
        Assert.All(Enum.GetValues<NameCase>(), static n => Assert.Equal(n, Read(new MethodDescriptor("m", static () => []) { NameCase = n, QueryCase = n }).QueryCase));
        Assert.All(Enum.GetValues<MethodAccess>(), static a => Assert.Equal(a, Read(new MethodDescriptor("m", static () => []) { Access = a }).Access));
        Assert.All(Enum.GetValues<EnvelopeKind>(), static e => Assert.Equal(e, new ApiDescriptor(NotationWriter.Facts(new ApiDescriptor { Envelope = e })).Envelope));
        Assert.All(Enum.GetValues<ValueKind>(), static k => Assert.Equal(k, Read(new FieldDescriptor("f", k)).Kind));
        Assert.All(Enum.GetValues<FieldFlags>(), static f => Assert.Equal(f, Read(new FieldDescriptor("f", ValueKind.String, f)).Flags));
        Assert.All(Enum.GetValues<View>(), static v => Assert.Equal(v, Read(new FieldDescriptor("f", ValueKind.String) { As = v }).As));
        Assert.All(Enum.GetValues<ParameterLocation>(), static l => Assert.Equal(l, Read(new FieldDescriptor("f", ValueKind.String) { In = l }).In));
    }

    private static MethodDescriptor Read(MethodDescriptor method) =>
        Assert.Single(MethodDescriptor.Read(ApiDescriptor.Unknown, null, [], method.Name, NotationWriter.Facts(method, method.Errors), ""));

    private static FieldDescriptor Read(FieldDescriptor field) =>
        Assert.Single(new TypeDescriptor(new NotationWriter(static _ => 0).Fields([field]), static () => [], "T").Fields);

    private static void AssertSurvives(TypeDescriptor type)
    {
        var (fields, types) = Write(type);
        var facts = NotationWriter.Facts(type);
        var read = new TypeDescriptor(fields, () => types, type.Name, facts);
        Assert.Equal((fields, facts), (Write(read).Fields, NotationWriter.Facts(read)));
    }

    private static void AssertSurvives(MethodDescriptor method)
    {
        var (fields, types) = Write(method.Parameters);
        var facts = NotationWriter.Facts(method, method.Errors);
        var read = Assert.Single(MethodDescriptor.Read(method.Api, () => types, method.Messages, method.Name, facts, fields));
        Assert.Equal((fields, facts), (Write(read.Parameters).Fields, NotationWriter.Facts(read, read.Errors)));
    }

    private static (string Fields, TypeDescriptor[] Types) Write(TypeDescriptor type)
    {
        var types = new List<TypeDescriptor>();
        var fields = new NotationWriter(t =>
        {
            if (!types.Contains(t))
                types.Add(t);
            return types.IndexOf(t);
        }).Fields(type.Fields);
        return (fields, [.. types]);
    }
}

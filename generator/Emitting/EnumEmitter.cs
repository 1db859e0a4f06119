using Bitrix24.Gen.Generator.Model;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes a struct around a text: its known values by name, and room for those that the spec does not know.</summary>
internal static class EnumEmitter
{
    public static void Emit(SourceWriter writer, EnumModel model, string access)
    {
        writer.Open($"{access} readonly partial record struct {model.Name}(string Value) : b24::IBitrix24Enum<{model.Name}>");
        for (var i = 0; i < model.Values.Count; i++)
        {
            if (model.Meanings[i].Length > 0)
                writer.Summary(CSharpText.Xml(model.Meanings[i] + "."));
            writer.Line($"public static {model.Name} {model.Constants[i]} => new({CSharpText.Literal(model.Values[i])});");
        }

        writer.Line("public override string ToString() => Value ?? \"\";");
        writer.Line($"public static implicit operator {model.Name}(string value) => new(value);");
        writer.Close();
        writer.Line();
    }
}

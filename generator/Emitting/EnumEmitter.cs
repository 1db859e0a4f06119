using Bitrix24.Gen.Generator.Model;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>
/// Writes a struct around a text: its known values by name, and room for those that the spec does not know. Numbers that mean
/// something get constants.
/// </summary>
internal static class EnumEmitter
{
    public static void Emit(SourceWriter writer, EnumModel model, string access)
    {
        if (model.Number is not null)
        {
            EmitNumbers(writer, model, access);
            return;
        }

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

    // The field itself stays a number: others than those of the spec, sums and comparisons need no conversion.
    private static void EmitNumbers(SourceWriter writer, EnumModel model, string access)
    {
        writer.Open($"{access} static partial class {model.Name}");
        for (var i = 0; i < model.Values.Count; i++)
            writer.Line($"public const {model.Number} {model.Constants[i]} = {model.Values[i]};");
        writer.Close();
        writer.Line();
    }
}

using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>
/// Tells files by the form in which examples send them: <c>{"fileData": ["a.png", "iVBOR…"]}</c>, <c>["a.png", "iVBOR…"]</c>, and
/// the bare Base64 text of a field that its table calls a file.
/// </summary>
internal static partial class FileForms
{
    private const int Deepest = 6;

    public static void Apply(ObjectShape shape, JsonObject example, int depth = 0)
    {
        foreach (var property in example.Properties)
        {
            if (shape.FindLoose(property.Name) is not { } member)
                continue;
            if (FormOf(member, property.Value) is { } form)
                (member.Shape, member.Format, member.Declared) = (form.Shape, form.Format, true);
            else if (depth < Deepest)
                Descend(member.Shape, property.Value, depth + 1);
        }
    }

    private static void Descend(Shape shape, JsonNode value, int depth)
    {
        switch (shape, value)
        {
            case (ObjectShape inner, JsonObject given):
                Apply(inner, given, depth);
                break;
            case (ListShape { Item: ObjectShape inner }, JsonArray items):
                foreach (var item in items.Items.OfType<JsonObject>())
                    Apply(inner, item, depth);
                break;
        }
    }

    private static (Shape Shape, string? Format)? FormOf(Member member, JsonNode value)
    {
        var file = Shape.Scalar(TypeKind.File);
        return value switch
        {
            JsonObject wrapper when IsWrapper(wrapper) => (file, FileWords.FileData),
            JsonArray { Items.Count: > 0 } list when list.Items.All(static i => i is JsonObject o && IsWrapper(o)) => (new ListShape(file), FileWords.FileData),
            JsonArray { Items: [JsonString name, JsonString content] } when IsPair(member, name.Value, content.Value) => (file, null),
            JsonArray { Items.Count: > 0 } list when list.Items.All(i => i is JsonArray { Items: [JsonString name, JsonString content] }
                && IsPair(member, name.Value, content.Value)) => (new ListShape(file), null),
            JsonString text when member.Shape is ScalarShape { Kind: TypeKind.File } && !MentionsPair(member) && ContentPattern().IsMatch(text.Value) => (file, member.Format ?? FileWords.Base64),
            _ => null,
        };
    }

    private static bool IsWrapper(JsonObject value) => value.Properties is [{ Name: FileWords.FileData }];

    private static bool IsPair(Member member, string name, string content) =>
        member.Shape is ListShape { Item: ScalarShape or ListShape } or ScalarShape { Kind: TypeKind.File or TypeKind.Json }
        && (FileNamePattern().IsMatch(name) || MentionsBase64(member)) && (ContentPattern().IsMatch(content) || MentionsBase64(member));

    private static bool MentionsBase64(Member member) => member.Description?.Contains(FileWords.Base64, StringComparison.OrdinalIgnoreCase) == true;

    private static bool MentionsPair(Member member) => member.Description is { } text && (text.Contains(FileWords.FileData, StringComparison.Ordinal) || PairTextPattern().IsMatch(text));

    [GeneratedRegex(@"^[\w .()-]+\.[A-Za-z0-9]{2,5}$", RegexOptions.NonBacktracking)]
    private static partial Regex FileNamePattern();

    [GeneratedRegex(@"^[A-Za-z0-9+/\u00AD]{16,}={0,2}|base64|content", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ContentPattern();

    [GeneratedRegex(@"\b(array|pair|name and)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex PairTextPattern();
}

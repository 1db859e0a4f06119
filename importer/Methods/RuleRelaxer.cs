using System.Globalization;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Drops rules that were read out of prose and that the page's own examples break: the reading was wrong, or the text is.</summary>
public static class RuleRelaxer
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(200);

    public static void Apply(MethodDoc method)
    {
        var code = new Lazy<CodeUse>(() => CodeUse.Of(method.Page));
        foreach (var request in method.Requests.Where(r => r.Parameters is not null && MethodReader.Matches(r, method)))
        {
            Walk(method, method.Params, request.Parameters!);
            DropStars(method, method.Params, request.Parameters!, code);
        }
    }

    // A star on what no example on the page gives: one of a pair, or a slip.
    private static void DropStars(MethodDoc method, Shape shape, JsonNode value, Lazy<CodeUse> code)
    {
        switch (shape, value)
        {
            case (ObjectShape obj, JsonObject given):
                foreach (var member in obj.Members)
                {
                    var property = given.Properties.FirstOrDefault(p => p.Name.Equals(member.Name, StringComparison.OrdinalIgnoreCase));
                    if (property is not null)
                    {
                        if (member.As is null or View.Create)
                            DropStars(method, member.Shape, property.Value, code);
                    }
                    else if (member.Required && code.Value.Count(member.Name) == 0)
                    {
                        member.Required = false;
                        method.Tally.Note(member.Line, $"'{member.Name}' is marked as required, but no example on the page gives it; read as optional.");
                    }
                }

                break;
            case (ListShape list, JsonArray items):
                foreach (var item in items.Items)
                    DropStars(method, list.Item, item, code);
                break;
        }
    }

    private static void Walk(MethodDoc method, Shape shape, JsonNode value)
    {
        switch (shape, value)
        {
            case (ObjectShape obj, JsonObject given):
                foreach (var property in given.Properties)
                {
                    if (obj.Find(property.Name) is { As: not (View.Filter or View.Select or View.Order) } member)
                        Judge(method, member, property.Value);
                }

                break;
            case (ListShape list, JsonArray items):
                foreach (var item in items.Items)
                    Walk(method, list.Item, item);
                break;
            case (MapShape map, JsonObject entries):
                foreach (var entry in entries.Properties)
                    Walk(method, map.Value, entry.Value);
                break;
        }
    }

    private static void Judge(MethodDoc method, Member member, JsonNode value)
    {
        if (value is JsonArray list && member.Shape is ListShape)
        {
            foreach (var item in list.Items)
                JudgeScalar(method, member, item);
        }
        else
            JudgeScalar(method, member, value);
        Walk(method, member.Shape, value);
    }

    private static void JudgeScalar(MethodDoc method, Member member, JsonNode value)
    {
        var text = value switch { JsonString s => s.Value, JsonNumber n => n.Text, _ => null };
        if (text is null)
            return;
        if (member.Enum.Count > 0 && !member.Enum.Contains(text))
            Drop("enum", () => member.Enum = []);
        if (member.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, PatternLimit))
            Drop("pattern", () => member.Pattern = null);
        if (member.MaxLength < text.Length)
            Drop("maxLength", () => member.MaxLength = null);
        if (member.MinLength > text.Length)
            Drop("minLength", () => member.MinLength = null);
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return;
        if (member.Min > number)
            Drop("min", () => member.Min = null);
        if (member.Max < number)
            Drop("max", () => member.Max = null);

        void Drop(string rule, Action drop)
        {
            drop();
            method.Tally.Note(member.Line, $"Rule '{rule}' of '{member.Name}' dropped: the page's own example breaks it.");
        }
    }
}

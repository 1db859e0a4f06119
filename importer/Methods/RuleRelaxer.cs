using System.Globalization;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Drops rules that were read out of prose and that the page's own examples break: the reading was wrong, or the text is.</summary>
public static class RuleRelaxer
{
    private const string ReadOnlyRule = "readOnly";
    private const string TypeRule = "type";
    private const string UnknownRule = "unknown";

    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(200);

    public static void Apply(MethodDoc method)
    {
        foreach (var request in method.Requests.Concat(method.CodeRequests).Where(r => r.Parameters is not null && MethodReader.Matches(r, method)))
        {
            Visit(method, method.Params, request.Parameters!);
            DropStars(method, method.Params, request.Parameters!);
        }

        foreach (var property in method.CodeRequests.Where(r => MethodReader.Matches(r, method)).SelectMany(static r => r.Parameters!.Properties))
        {
            if (method.Params.FindLoose(property.Name) is { As: View.Filter or View.Select or View.Order, Shape: ObjectShape { Members.Count: > 0 } } query)
                OpenQuery(query, property.Value);
        }
    }

    // What an example asks by may be asked by, whether the list of names has it or not.
    private static void OpenQuery(Member query, JsonNode value)
    {
        var names = value switch
        {
            JsonObject given => given.Properties.Select(static p => p.Name),
            JsonArray list => list.Items.OfType<JsonString>().Select(static i => i.Value),
            _ => [],
        };
        if (names.Select(static n => n.TrimStart('!', '=', '>', '<', '%', '@', '?', '*', '~')).Any(n => n.Length > 0 && char.IsAsciiLetter(n[0]) && ((ObjectShape)query.Shape).FindLoose(n)?.Name != n))
            query.AddWeak(UnknownRule);
    }

    // A star on what no example on the page gives: one of a pair, or a slip.
    private static void DropStars(MethodDoc method, Shape shape, JsonNode value)
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
                            DropStars(method, member.Shape, property.Value);
                    }
                    else if (member.Required && !given.Partial)
                    {
                        member.Required = false;
                        method.Tally.Note(member.Line, $"'{member.Name}' is marked as required, but an example on the page lacks it; read as optional.");
                    }
                }

                break;
            case (ListShape list, JsonArray items):
                foreach (var item in items.Items)
                    DropStars(method, list.Item, item);
                break;
        }
    }

    private static void Visit(MethodDoc method, Shape shape, JsonNode value)
    {
        switch (shape, value)
        {
            case (ObjectShape obj, JsonObject given):
                foreach (var property in given.Properties)
                {
                    if (obj.Find(property.Name) is not { As: not (View.Filter or View.Select or View.Order) } member)
                        continue;
                    if (member.ReadOnly && !member.Weak.Contains(ReadOnlyRule))
                    {
                        member.ReadOnly = false;
                        method.Tally.Note(member.Line, $"'{member.Name}' is said to be read-only, but an example on the page writes it.");
                    }

                    if (Contradicts(member.Shape, property.Value))
                        member.AddWeak(TypeRule);
                    CheckMember(method, member, property.Value);
                }

                break;
            case (ListShape list, JsonArray items):
                foreach (var item in items.Items)
                    Visit(method, list.Item, item);
                break;
            case (MapShape map, JsonObject entries):
                foreach (var entry in entries.Properties)
                    Visit(method, map.Value, entry.Value);
                break;
        }
    }

    // A word where the table has a number, an object where it has a text: one of the two is wrong, and nobody knows which.
    // "your_id" is neither: it stands for a value of the stated type.
    private static bool Contradicts(Shape stated, JsonNode value) => (stated, value) switch
    {
        (_, JsonNull or JsonUnknown) => false,
        (_, JsonString text) when Placeholders.IsPlaceholder(text.Value) => false,
        (ScalarShape { Kind: TypeKind.Json or TypeKind.File }, _) => false,
        (ScalarShape scalar, JsonString or JsonNumber or JsonBool) =>
            ExampleShape.Infer(value) is ScalarShape shown && !ExampleOverlay.Fits(scalar.Kind, shown)
            && !(ReferenceEquals(shown, Shape.EmptyText) && value is JsonString { Value.Length: 0 }),
        (ScalarShape, _) => true,
        (ListShape { Item: ScalarShape item }, JsonArray list) => list.Items.Any(i => Contradicts(item, i)),
        (ListShape { Item: ObjectShape or MapShape }, JsonArray list) => list.Items.Any(static i => i is JsonString or JsonNumber or JsonBool),
        (ListShape, JsonArray or JsonObject) => false,
        (ListShape or ObjectShape or MapShape, JsonString or JsonNumber or JsonBool) => true,
        (ObjectShape or MapShape, JsonArray { Items.Count: > 0 }) => true,
        (MapShape map, JsonObject entries) => entries.Properties.Any(e => Contradicts(map.Value, e.Value)),
        _ => false,
    };

    private static void CheckMember(MethodDoc method, Member member, JsonNode value)
    {
        if (value is JsonArray list && member.Shape is ListShape)
        {
            foreach (var item in list.Items)
                CheckScalar(method, member, item);
        }
        else
            CheckScalar(method, member, value);
        Visit(method, member.Shape, value);
    }

    private static void CheckScalar(MethodDoc method, Member member, JsonNode value)
    {
        var text = value switch { JsonString s => s.Value, JsonNumber n => n.Text, _ => null };
        if (text is null)
            return;
        // In another case it is the listed value all the same.
        if (member.Enum.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            if (!member.Enum.Contains(text))
                member.AddWeak(Member.EnumRule);
        }
        else if (member.Enum.Count > 0)
            Drop("enum", () => (member.Samples, member.Enum) = ([.. member.Enum, text], []));
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

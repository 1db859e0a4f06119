using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Takes over names that JavaScript and PHP examples give and no table or request does: known, and of any kind.</summary>
internal static class CodeEvidence
{
    private const int Deepest = 6;

    private static readonly string[] Queries = ["filter", "select", "order", "start"];

    public static void Apply(MethodDoc doc)
    {
        foreach (var request in doc.CodeRequests.Where(r => MethodReader.Matches(r, doc)))
            Add(doc, doc.Params, request.Parameters!, "", 0);
    }

    private static void Add(MethodDoc doc, ObjectShape shape, JsonObject given, string path, int depth)
    {
        foreach (var property in given.Properties)
        {
            var at = path.Length == 0 ? property.Name : path + "." + property.Name;
            if (shape.FindLoose(property.Name) is not { } member)
            {
                // Names of one portal's own fields, and a query's conditions, are no names of the method.
                if (SchemaReader.IsPattern(property.Name) || !property.Name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_') || char.IsAsciiDigit(property.Name[0]))
                    continue;
                if (ExampleOverlay.IsNumberedField(property.Name))
                {
                    shape.Open |= depth > 0;
                    continue;
                }

                // A query that no table knows is none.
                if (depth == 0 && Queries.Contains(property.Name, StringComparer.OrdinalIgnoreCase))
                    continue;
                doc.Tally.Note(0, $"Parameter '{at}' stands in a JavaScript or PHP example only.");
                shape.Add(new Member(property.Name, ExampleShape.Infer(property.Value, property.Name)) { Guessed = depth == 0 });
            }
            else if (depth == 0 && Queries.Contains(property.Name, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }
            else if (member.Shape is ListShape { IsOpaque: true })
            {
                member.Shape = MethodReader.FillFromExample(member.Shape, ExampleShape.Infer(property.Value, property.Name));
            }
            else if (depth < Deepest && !member.Shape.IsOpaque)
            {
                // An object of which the page says nothing stays any object.
                Descend(doc, member.Shape, property.Value, at, depth + 1);
            }
        }
    }

    private static void Descend(MethodDoc doc, Shape shape, JsonNode value, string path, int depth)
    {
        switch (shape, value)
        {
            case (ObjectShape inner, JsonObject given):
                Add(doc, inner, given, path, depth);
                break;
            case (ListShape { Item: ObjectShape inner }, JsonArray items):
                foreach (var item in items.Items.OfType<JsonObject>())
                    Add(doc, inner, item, path, depth);
                break;
        }
    }
}

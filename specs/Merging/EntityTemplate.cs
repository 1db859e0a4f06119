namespace Bitrix24.Gen.Specs;

/// <summary>Fills the marks of a template in.</summary>
/// <param name="entity">The entity's name.</param>
/// <param name="type">Its type.</param>
/// <param name="path">Its part of URLs.</param>
/// <param name="keepNames">Leave the marks in names of members, so that JSON pointers stay those of the template.</param>
internal sealed class EntityTemplate(string entity, string type, string path, bool keepNames = false)
{
    /// <summary>Fills a template in to be checked by itself.</summary>
    public static EntityTemplate Sample { get; } = new("entity", "Type", "path", keepNames: true);

    public const string EntityMark = "{entity}";
    public const string TypeMark = "{Type}";
    public const string PathMark = "{path}";

    private const int LongestText = 4_000;

    /// <summary>How many values have been filled in.</summary>
    public int Filled { get; private set; }

    /// <summary>The template's methods with the marks filled in.</summary>
    public JsonObject Fill(JsonObject methods)
    {
        var properties = new List<JsonProperty>(methods.Properties.Count);
        foreach (var property in methods.Properties)
            properties.Add(new(keepNames ? property.Name : Fill(property.Name), property.NameRange, Fill(property.Value)));
        return new(methods.Range, properties);
    }

    private JsonNode Fill(JsonNode node)
    {
        Filled++;
        switch (node)
        {
            case JsonObject value:
                return Fill(value);
            case JsonArray value:
                var items = new List<JsonNode>(value.Items.Count);
                foreach (var item in value.Items)
                    items.Add(Fill(item));
                return new JsonArray(value.Range, items);
            case JsonString value:
                return new JsonString(value.Range, Fill(value.Value));
            default:
                return node;
        }
    }

    private string Fill(string text) =>
        text.IndexOf('{') < 0 || text.Length > LongestText
            ? text
            : text.Replace(EntityMark, entity).Replace(TypeMark, type).Replace(PathMark, path);
}

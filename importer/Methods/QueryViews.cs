using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Gives select, filter and order parameters the view of the entity that they ask about, where the documentation bears it out.</summary>
internal sealed class QueryViews(MethodDoc method, ObjectShape? entity, bool complete)
{
    private const int FewestKnownForOne = 5;
    private const int FewestSortable = 3;

    public void Apply()
    {
        foreach (var member in method.Params.Members)
        {
            switch (member.Name.ToLowerInvariant())
            {
                case "select" when !method.Facts.V3 || Shown(member).All(static v => v is JsonArray { Items: var items } && items.All(static i => i is JsonString)):
                    ApplySelect(member);
                    break;
                case "filter" when method.Facts.V3:
                    if (Shown(member).All(static v => v is JsonArray))
                        ApplyConditions(member);
                    break;
                case "filter":
                    ApplyFilter(member);
                    break;
                case "order":
                    ApplyOrder(member);
                    break;
            }
        }
    }

    private IEnumerable<JsonNode> Shown(Member member) =>
        method.Requests.Where(r => r.Parameters is not null && MethodReader.Matches(r, method))
            .SelectMany(r => r.Parameters!.Properties.Where(p => p.Name.Equals(member.Name, StringComparison.OrdinalIgnoreCase))).Select(static p => p.Value);

    // A dotted name leads into a related record.
    private bool KnowsPath(string name) => Knows(name.Split('.')[0]);

    private bool Knows(string name) => name.EndsWith('*') || entity?.Find(name) is not null || (entity is { Open: true } && ExampleOverlay.IsPortalField(name));

    private void ApplySelect(Member member)
    {
        var names = Shown(member).ToArray();
        if (complete && entity is not null && names.All(v => v is JsonArray list && list.Items.All(i => i is JsonString s && KnowsPath(s.Value))))
            View(member, Specs.View.Select);
        else
            member.Shape = names.All(static v => v is JsonArray) ? new ListShape(Shape.String) : Shape.Json;
    }

    private void ApplyFilter(Member member)
    {
        var shown = Shown(member).ToArray();
        if (complete && entity is not null)
            AdoptStrangers(shown);
        var fits = shown.All(Fits);
        var own = member.Shape as ObjectShape;
        if (fits && complete && entity is not null && (own is null || own.Members.Count == 0 || own.Members.All(m => Knows(Bare(m.Name)))))
        {
            View(member, Specs.View.Filter);
            member.Logic = shown.Any(HasLogic);
            return;
        }

        if (own is not { Members.Count: > 0, FromExample: false } || !shown.All(v => v is JsonObject o && o.Properties.All(p => own.Find(Bare(p.Name)) is not null)))
            member.Shape = shown.All(static v => v is JsonObject) ? new MapShape(Shape.Json) : Shape.Json;
        else
        {
            foreach (var inner in own.Members)
                (inner.Required, inner.Enum) = (false, []);
            // Conditions on plain fields; groups of conditions are an object of their own.
            if (own.Members.All(static m => m.Shape is ScalarShape or ListShape { Item: ScalarShape }))
                member.As = Specs.View.Filter;
        }
    }

    private bool Fits(JsonNode value) => value switch
    {
        JsonArray { Items.Count: 0 } => true,
        JsonObject conditions => conditions.Properties.All(c =>
            IsGroup(c) ? Fits(c.Value) : IsLogic(c) || (c.Value is not JsonObject && Knows(Bare(c.Name)))),
        _ => false,
    };

    // {"0": {"logic": "OR", "0": {…}, "1": {…}}}
    private static bool IsGroup(JsonProperty condition) => condition.Value is JsonObject && condition.Name.All(char.IsAsciiDigit);

    private static bool IsLogic(JsonProperty condition) => condition is { Name: "logic", Value: JsonString { Value: "AND" or "OR" } };

    private static bool HasLogic(JsonNode value) =>
        value is JsonObject conditions && conditions.Properties.Any(static c => IsLogic(c) || (IsGroup(c) && HasLogic(c.Value)));

    // A page may filter by a field that none of the entity's tables lists. One among several that are known is a gap in the
    // tables; many are fields of something else.
    private void AdoptStrangers(IReadOnlyList<JsonNode> shown)
    {
        var conditions = shown.OfType<JsonObject>().SelectMany(static o => o.Properties).Where(static c => !IsGroup(c) && c.Value is not JsonObject).ToArray();
        var strangers = conditions.Where(c => !Knows(Bare(c.Name)) && entity!.FindLoose(Bare(c.Name)) is null).ToArray();
        if (strangers.Length == 0 || strangers.DistinctBy(static c => c.Name).Count() * FewestKnownForOne > conditions.DistinctBy(static c => c.Name).Count())
            return;
        foreach (var stranger in strangers.DistinctBy(static c => Bare(c.Name)))
        {
            method.Tally.Note(method.Requests[0].Line, $"Field '{Bare(stranger.Name)}' stands in an example's filter only.");
            entity!.Add(new Member(Bare(stranger.Name), ExampleShape.Infer(stranger.Value, stranger.Name)));
        }
    }

    // REST 3.0: [field, operator, value] or [field, value], in groups of {"logic", "conditions"}.
    private void ApplyConditions(Member member)
    {
        if (complete && entity is not null && Shown(member).All(FitsConditions))
            View(member, Specs.View.Filter);
        else
            member.Shape = new ListShape(Shape.Json);
    }

    private bool FitsConditions(JsonNode value) => value is JsonArray { Items: var items } && items.All(FitsCondition);

    private bool FitsCondition(JsonNode value) => value switch
    {
        JsonArray { Items: [JsonString field, ..] } => KnowsPath(field.Value),
        JsonObject group => group.Find("conditions")?.Value is { } conditions && FitsConditions(conditions),
        _ => false,
    };

    private static string Bare(string name) => name.TrimStart('!', '=', '<', '>', '@', '%', '~', '*', '?');

    private void ApplyOrder(Member member)
    {
        var shown = Shown(member).ToArray();
        if (complete && entity is not null && shown.All(v => v is JsonObject o && o.Properties.All(p => entity.Find(p.Name) is not null && p.Value is JsonString s && s.Value.ToUpperInvariant() is "ASC" or "DESC")))
        {
            AdoptSortable(member);
            View(member, Specs.View.Order);
        }
        else
            member.Shape = shown.All(static v => v is JsonObject) ? new MapShape(Shape.String) : Shape.Json;
    }

    // "Available fields for sorting: …" knows better than the marks of an example answer.
    private void AdoptSortable(Member member)
    {
        var named = member.Mentions.Select(n => entity!.Find(n)).OfType<Member>().Distinct().ToArray();
        if (named.Length < FewestSortable)
            return;
        foreach (var field in named.Where(static f => f.Sortable == false))
        {
            field.Sortable = null;
            method.Tally.Note(member.Line, $"'{field.Name}' is not sortable by the API's own description, yet listed among what is sorted by.");
        }
    }

    private void View(Member member, View view)
    {
        member.Shape = entity!;
        member.As = view;
        member.Enum = [];
        member.Default = null;
    }
}

using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>
/// Gives select, filter and order parameters the fields that they ask about: the entity's where examples and text bear it out,
/// else those that the page itself lists and shows.
/// </summary>
internal sealed class QueryViews(MethodDoc method, ObjectShape? entity, bool complete)
{
    private const int FewestKnownForOne = 5;
    private const int FewestSortable = 3;

    private static readonly string[] UnknownRule = ["unknown"];

    /// <summary>Whether a method asks: what writes may have a parameter called filter that is no query.</summary>
    public static bool Asks(MethodDoc method) => Operations.IsRead(method.Operation) || Operations.Reads(method.Verb)
        || (method.Result is ListShape && method.Params.FindLoose("filter") is not null && method.Params.FindLoose("select") is not null);

    /// <summary>Whether a parameter of that name asks.</summary>
    public static bool IsQuery(string name) =>
        name.Equals("filter", StringComparison.OrdinalIgnoreCase) || name.Equals("select", StringComparison.OrdinalIgnoreCase) || name.Equals("order", StringComparison.OrdinalIgnoreCase);

    /// <summary>What the items of an answer are, where no entity is known.</summary>
    public static ObjectShape? ItemOf(MethodDoc method) => method.Result is ListShape { Item: ObjectShape { Members.Count: > 0 } item } ? item : null;

    // The parameter that the query stands in: {"params": {"filter": …}}.
    private Member? _holder;

    public void Apply()
    {
        Apply(method.Params);
        SortNames.Apply(method.Params);
        foreach (var member in method.Params.Members.Where(static m => m.Name.Equals("params", StringComparison.OrdinalIgnoreCase)))
        {
            if (member.Shape is not ObjectShape within)
                continue;
            _holder = member;
            Apply(within);
            _holder = null;
        }
    }

    private void Apply(ObjectShape parameters)
    {
        foreach (var member in parameters.Members)
        {
            switch (member.Name.ToLowerInvariant())
            {
                case "group" when _holder is not null:
                    member.Shape = new ListShape(Shape.String);
                    break;
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
                case "sort" or "element_order" or "iblock_order" when Shown(member).Any(static v => v is JsonObject):
                    ApplyOrder(member);
                    break;
            }
        }
    }

    private IEnumerable<JsonNode> Shown(Member member)
    {
        var given = method.Requests.Where(r => r.Parameters is not null && MethodReader.Matches(r, method)).Select(static r => r.Parameters!);
        return Values(_holder is null ? given : given.SelectMany(g => Values([g], _holder)).OfType<JsonObject>(), member);
    }

    private static IEnumerable<JsonNode> Values(IEnumerable<JsonObject> objects, Member member) =>
        objects.SelectMany(o => o.Properties.Where(p => p.Name.Equals(member.Name, StringComparison.OrdinalIgnoreCase))).Select(static p => p.Value);

    // A dotted name leads into a related record.
    private bool KnowsPath(string name) => Knows(name.Split('.')[0]);

    private bool Knows(string name) => name.EndsWith('*') || entity?.Find(name) is not null || (entity is { Open: true } && ExampleOverlay.IsPortalField(name));

    // What only one portal, or a table of another page, lists as the record's fields need not be all that may be asked by.
    private bool HasEntity => entity is { Members.Count: > 0 } && (complete || entity.FromExample);

    private void ApplySelect(Member member)
    {
        var shown = Shown(member).ToArray();
        if (member is { Declared: true, Shape: ScalarShape { Kind: TypeKind.String or TypeKind.YesNo } } && shown.All(static v => v is JsonString))
            return;
        var names = shown.OfType<JsonArray>().SelectMany(static l => l.Items.OfType<JsonString>()).Select(static s => s.Value.Split('.')[0]).ToArray();
        var lists = shown.All(static v => v is JsonArray list && list.Items.All(static i => i is JsonString));
        if (HasEntity && lists && names.All(KnowsPath) && Listed(member).All(Knows))
            View(member, Specs.View.Select, entity!);
        else if (lists && Fields(member, names, _ => null) is { } fields)
        {
            if (!fields.Undescribed && !method.Facts.V3)
                SelectedFields.AddTo(entity, fields);
            View(member, Specs.View.Select, fields);
        }
        else
            member.Shape = shown.All(static v => v is JsonArray) ? new ListShape(Shape.String) : Shape.Json;
    }

    private void ApplyFilter(Member member)
    {
        var shown = Shown(member).ToArray();
        if (member is { Declared: true, Shape: ScalarShape { Kind: TypeKind.String } } && shown.Length > 0 && shown.All(static v => v is JsonString))
            return;
        if (HasEntity)
            AdoptStrangers(shown);
        var conditions = shown.SelectMany(FilterConditions.Of).ToArray();
        var names = conditions.Select(static c => FilterConditions.Bare(c.Name)).Where(static n => n.Length > 0).ToArray();
        if (HasEntity && shown.All(Fits) && Listed(member).All(Knows) && !IsDescribed(member))
            View(member, Specs.View.Filter, entity!);
        else if (shown.All(static v => v is JsonObject or JsonArray { Items.Count: 0 }) && conditions.All(static c => c.Value is not JsonObject || FilterConditions.Bare(c.Name) != c.Name)
            && Fields(member, names, name => conditions.Where(c => FilterConditions.Bare(c.Name) == name).Select(static c => c.Value).FirstOrDefault(), isFilter: true) is { } fields)
            View(member, Specs.View.Filter, fields);
        else if (member.Shape is not ObjectShape { Members.Count: > 0 })
            member.Shape = shown.All(static v => v is JsonObject) ? new MapShape(Shape.Json) : Shape.Json;
        if (member.As is not null)
            member.Logic = shown.Any(FilterConditions.HasLogic);
    }

    // The page's own table of what may be asked by knows more of it than a record that only an answer shows.
    private bool IsDescribed(Member member) => entity!.FromExample && member.Shape is ObjectShape own && own.Docs == method.Page.Path
        && own.Members.Count(static m => m is { Listed: true, Declared: true }) >= FewestKnownForOne;

    private bool Fits(JsonNode value) => value switch
    {
        JsonArray { Items.Count: 0 } => true,
        JsonObject => FilterConditions.Of(value).All(c => c.Value is not JsonObject && Knows(FilterConditions.Bare(c.Name))),
        _ => false,
    };

    // The fields that a page lists for a query, and those that its examples show. Without a list of its own the page says what a
    // record holds in another place, and nobody knows whether that is all.
    private ObjectShape? Fields(Member member, IReadOnlyList<string> shown, Func<string, JsonNode?> example, bool isFilter = false)
    {
        var fields = new ObjectShape { Name = member.Name, Docs = null };
        var own = (member.Shape as ObjectShape)?.Members.Where(static m => m.Listed).ToArray() ?? [];
        foreach (var field in own.Where(static f => FilterConditions.Bare(f.Name).Length > 0 && !SchemaReader.IsPattern(FilterConditions.Bare(f.Name))))
        {
            if (isFilter)
                TypeAnswered(field);
            var type = field.Declared ? KnownBetter(field) ?? field.Shape : TypeOf(FilterConditions.Bare(field.Name), example);
            fields.Add(new Member(FilterConditions.Bare(field.Name), Plain(type))
            {
                Declared = true,
                Listed = true,
                Filterable = field.Filterable,
                Sortable = field.Sortable,
                Line = field.Line,
                Enum = isFilter ? field.Enum : [],
                Weak = isFilter && field.Enum.Count > 0 ? field.Weak : [],
            });
        }

        foreach (var name in Listed(member).Where(n => fields.Find(n) is null))
            fields.Add(new Member(name, TypeOf(name, example)) { Declared = true, Listed = true });
        var closed = fields.Members.Count > 0;
        if (entity is { Members.Count: > 0 } && (!closed || fields.Members.Exists(m => entity!.Find(m.Name) is not null)))
        {
            foreach (var field in entity!.Members.Where(f => fields.Find(f.Name) is null))
                fields.Add(field.Clone(_holder is null ? null : Plain(field.Shape))).Enum = [];
            fields.Open |= entity.Open;
        }

        foreach (var name in shown.Where(n => !n.EndsWith('*') && !ExampleOverlay.IsPortalField(n)))
        {
            if (fields.Find(name) is null)
                fields.Add(new Member(name, TypeOf(name, example)));
        }

        if (fields.Members.Count == 0)
            return null;
        fields.Open |= own.Any(static f => SchemaReader.IsPattern(FilterConditions.Bare(f.Name))) || shown.Any(ExampleOverlay.IsPortalField);
        fields.Open |= fields.Undescribed = !closed || own.Any(NamesPattern);
        foreach (var field in fields.Members)
            (field.Required, field.ReadOnly, field.Immutable, field.OneOf, field.RequiredIf, field.Default, field.As) = (false, false, false, [], null, null, null);
        return fields;
    }

    // "Use the key `PROPERTY_<CODE>`": the codes are the caller's.
    private static bool NamesPattern(Member field) =>
        Inline.CodeSpans(field.Text ?? "").Any(static s => s.Contains('<', StringComparison.Ordinal) && SchemaReader.IsPattern(s));

    // A query compares values, not records.
    private static Shape Plain(Shape type) => type is ScalarShape or ListShape { Item: ScalarShape } or UnionShape ? type : Shape.Json;

    // What an answer shows as a number in quotes is a number where a table on the page says so.
    private void TypeAnswered(Member field)
    {
        if (field is { Declared: true, Shape: ScalarShape { Kind: TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal } number }
            && entity?.Find(FilterConditions.Bare(field.Name)) is { } answered && ReferenceEquals(answered.Shape, Shape.NumericText))
            answered.Shape = number;
    }

    // The table that an answer refers to is the same one, and calls text what the answer shows to be a number or a flag, or a record
    // what the answer shows to be its id.
    private ScalarShape? KnownBetter(Member field) =>
        field.Shape is ScalarShape { Kind: TypeKind.String } or ObjectShape
        && entity?.Find(FilterConditions.Bare(field.Name))?.Shape is ScalarShape { Kind: not (TypeKind.String or TypeKind.Json) } known ? known : null;

    // By the record's field of that name in any spelling ("CREATED_BY", "createdBy"), by an example, by the name.
    private Shape TypeOf(string name, Func<string, JsonNode?> example)
    {
        var known = entity?.Members.Find(m => Letters(m.Name) == Letters(name))?.Shape;
        if (known is ScalarShape { Kind: not TypeKind.Json } or UnionShape)
            return known;
        if (example(name) is { } value && ExampleShape.Infer(value, name) is { IsWeak: false } shape && (shape as ListShape)?.Item is null or ScalarShape && shape is ScalarShape or ListShape)
            return shape is ListShape { Item: var item } ? item : ReferenceEquals(shape, Shape.NumericText) ? Shape.String : shape;
        return ExampleShape.IsIdName(name) ? Shape.Long : ShownTypes.OfName(name) ?? Shape.String;
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    // Names that the text explains one by one: "- `ID` — identifier".
    private static IEnumerable<string> Listed(Member member) =>
        member.Shape is ObjectShape { Members.Count: > 0 } own && own.Members.Exists(static m => m.Listed)
            ? own.Members.Where(static m => m.Listed).Select(static m => FilterConditions.Bare(m.Name)).Where(static n => n.Length > 0)
            : member.Explained.Where(static n => FilterConditions.Bare(n) == n && !InlineContent.IsPlaceholder(n) && !SchemaReader.IsPattern(n) && char.IsAsciiLetter(n[0]));

    // A page may filter by a field that none of the entity's tables lists. One among several that are known is a gap in the
    // tables; many are fields of something else.
    private void AdoptStrangers(IReadOnlyList<JsonNode> shown)
    {
        var conditions = shown.SelectMany(FilterConditions.Of).Where(static c => c.Value is not JsonObject).ToArray();
        var strangers = conditions.Where(c => !Knows(FilterConditions.Bare(c.Name)) && entity!.FindLoose(FilterConditions.Bare(c.Name)) is null).ToArray();
        if (strangers.Length == 0 || strangers.DistinctBy(static c => c.Name).Count() * FewestKnownForOne > conditions.DistinctBy(static c => c.Name).Count())
            return;
        foreach (var stranger in strangers.DistinctBy(static c => FilterConditions.Bare(c.Name)))
        {
            method.Tally.Note(method.Requests[0].Line, $"Field '{FilterConditions.Bare(stranger.Name)}' stands in an example's filter only.");
            entity!.Add(new Member(FilterConditions.Bare(stranger.Name), ExampleShape.Infer(stranger.Value, stranger.Name)));
        }
    }

    // REST 3.0: [field, operator, value] or [field, value], in groups of {"logic", "conditions"}.
    private void ApplyConditions(Member member)
    {
        if (complete && entity is not null && Shown(member).All(FitsConditions))
            View(member, Specs.View.Filter, entity);
        else
            member.Shape = new ListShape(Shape.Json);
    }

    private bool FitsConditions(JsonNode value) => value is JsonArray { Items: var items } && items.All(i => i switch
    {
        JsonArray { Items: [JsonString field, ..] } => KnowsPath(field.Value),
        JsonObject group => group.Find("conditions")?.Value is { } conditions && FitsConditions(conditions),
        _ => false,
    });

    private void ApplyOrder(Member member)
    {
        var shown = Shown(member).ToArray();
        // Some name the field in one parameter and the direction in the other.
        if (member is { Declared: true, Shape: ScalarShape { Kind: TypeKind.String } } && shown.All(static v => v is JsonString))
            return;
        var objects = shown.All(static v => v is JsonObject o && o.Properties.All(static p => p.Value is JsonString s && s.Value.ToUpperInvariant() is "ASC" or "DESC"));
        var names = shown.OfType<JsonObject>().SelectMany(static o => o.Properties).Select(static p => p.Name).ToArray();
        if (HasEntity && objects && names.All(n => entity!.Find(n) is not null) && (complete || Listed(member).All(Knows)))
        {
            AdoptSortable(member);
            View(member, Specs.View.Order, entity!);
        }
        else if (objects && Fields(member, names, _ => null) is { } fields)
            View(member, Specs.View.Order, fields);
        else
            member.Shape = shown.All(static v => v is JsonObject) ? new MapShape(Shape.String) : Shape.Json;
    }

    // "Available fields for sorting: …".
    private void AdoptSortable(Member member)
    {
        var named = member.Mentions.Select(n => entity!.Find(n)).OfType<Member>().Distinct().ToArray();
        foreach (var field in named.Where(f => named.Length >= FewestSortable && f.Sortable == false))
        {
            field.Sortable = null;
            method.Tally.Note(member.Line, $"'{field.Name}' is not sortable by the API's own description, yet listed among what is sorted by.");
        }
    }

    private void View(Member member, View view, ObjectShape fields)
    {
        member.Shape = fields;
        member.As = view;
        member.Enum = [];
        member.Default = null;
        member.Weak = (ReferenceEquals(fields, entity) || (view == Specs.View.Filter && entity is { FromExample: true })) && !method.Facts.V3 ? UnknownRule : [];
    }
}

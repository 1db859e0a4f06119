namespace Bitrix24.Gen.Specs;

/// <summary>Binds fields, parameters and named scalars, and the objects written inline in them.</summary>
internal sealed class FieldBinder(BindContext context, InlineTypes inline)
{
    private readonly ErrorBinder _errors = new(context);

    /// <summary>The fields of an object, in order; those that cannot be bound are left out.</summary>
    /// <param name="node">The object.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="owner">What names of inline objects begin with.</param>
    /// <param name="parameters">They are a method's parameters.</param>
    public EquatableArray<FieldSpec> BindAll(JsonNode node, NodePointer pointer, string owner, bool parameters)
    {
        if (SpecObject.OpenMap(context, node, pointer, parameters ? "\"params\"" : "\"fields\"") is not { } map)
            return default;
        var fields = new List<FieldSpec>(map.Json.Properties.Count);
        foreach (var property in map.Members())
        {
            if (Bind(property, map.At(property.Name), owner, parameters) is { } field)
                fields.Add(field);
        }

        if (!context.Partial)
            SiblingRules.Check(context, fields, map);
        return new([.. fields]);
    }

    /// <summary>A scalar with rules: a type without fields.</summary>
    public FieldSpec? BindScalar(string name, JsonNode node, NodePointer pointer) =>
        SpecObject.Open(context, node, pointer, SpecKeys.ScalarType) is { } value
        && BindType(value, name) is { } type
            ? BindRules(value, name, type)
            : null;

    /// <summary>The type of a field or result: an expression, or an object written inline.</summary>
    public TypeRef? BindType(SpecObject value, string inlineName)
    {
        var fields = value.Get("fields");
        var expression = value.Text("type");
        if (fields is not null && expression is not null)
        {
            value.Report(RuleIds.SpecConflict, "fields", "\"type\" and \"fields\" say different things; keep one (an overlay takes the other away with null).");
            return null;
        }

        if (fields is not null)
        {
            var type = inline.Reserve(inlineName, value.Pointer);
            inline.Add(new()
            {
                Name = type.Name!,
                File = type.File!,
                Inline = true,
                Open = value.Flag("open"),
                Undescribed = value.Flag("undescribed"),
                Fields = BindAll(fields, value.At("fields"), type.Name!, parameters: false),
            });
            return value.Flag("list") ? new(TypeKind.Array, Element: type) : type;
        }

        if (value.Flag("list"))
            value.Report(RuleIds.SpecFlags, "list", "\"list\" is for inline \"fields\"; write \"type\": \"T[]\".");
        if (value.Flag("open"))
            value.Report(RuleIds.SpecFlags, "open", "\"open\" is for inline \"fields\"; a named type says it itself.");
        if (value.Flag("undescribed"))
            value.Report(RuleIds.SpecFlags, "undescribed", "\"undescribed\" is for inline \"fields\"; a named type says it itself.");
        if (expression is not null)
            return context.Type(expression, value.At("type"), value.Json.Find("type")!.Value.Range);

        value.Missing("type", "Write \"type\": \"string\", or \"fields\": { … } for an object.");
        return context.Partial ? TypeRef.Unstated : null;
    }

    private FieldSpec? Bind(JsonProperty property, NodePointer pointer, string owner, bool parameters)
    {
        if (SpecObject.Open(context, property.Value, pointer, SpecKeys.Field) is not { } value)
            return null;
        if (BindType(value, CSharpNames.Inline(owner, CSharpNames.Pascal(property.Name))) is not { } type)
            return null;
        var multiple = value.Flag("multiple");
        if (multiple && type.Kind is not (TypeKind.Array or TypeKind.Unstated))
            type = new(TypeKind.Array, Element: type);
        var field = BindRules(value, property.Name, type) with
        {
            As = value.Word<View>("as"),
            Guessed = value.Flag("guessed"),
            Aliases = value.Texts("aliases"),
            Weak = BindWeak(value),
            Labels = BindLabels(value),
            Fixed = value.Get("fixed")?.ToJsonText(),
            Hints = value.Texts("hints", scalars: true),
            Required = value.Flag("required"),
            ReadOnly = value.Flag("readOnly"),
            Immutable = value.Flag("immutable"),
            Multiple = multiple,
            Nullable = value.Flag("nullable"),
            Answered = value.Flag("answered"),
            Deprecated = value.Flag("deprecated"),
            Filterable = value.Flag("filterable", absent: true),
            Sortable = value.Flag("sortable", absent: true),
            Selectable = value.Flag("selectable", absent: true),
            Wire = value.Word<WireKind>("wire"),
            Unique = value.Flag("unique"),
            RequiredIf = BindRequiredIf(value),
            OneOf = value.Texts("oneOf"),
            Logic = value.Flag("logic"),
            Use = value.Text("use"),
            Call = BindCall(value, type),
            Instead = BindInstead(value),
            Markup = BindMarkup(value),
            Address = value.Word<AddressKind>("address") ?? AddressKind.None,
            Separator = value.Text("separator"),
            MustName = value.Texts("mustName"),
            With = BindWith(value),
            References = BindReferences(value),
            Codes = value.Word<CodeKind>("codes"),
            Server = ServerFill.Check(value),
            In = value.Word<ParameterLocation>("in") ?? ParameterLocation.Body,
            CSharpName = value.CSharpName(),
            Description = value.Text("description"),
        };
        FieldFlagChecks.Check(value, field, parameters, context.Partial);
        return field;
    }

    private FieldSpec BindRules(SpecObject value, string name, TypeRef type)
    {
        var field = new FieldSpec
        {
            Name = name,
            Type = type,
            Enum = value.Texts("enum", scalars: true),
            Pattern = BindPattern(value),
            MinLength = value.Whole("minLength", 0),
            MaxLength = value.Whole("maxLength", 0),
            Min = value.Number("min"),
            Max = value.Number("max"),
            MinItems = value.Whole("minItems", 0),
            MaxItems = value.Whole("maxItems", 0),
            UniqueBy = value.Texts("uniqueBy"),
            Default = value.Get("default")?.ToJsonText(),
            Format = value.Text("format"),
            Errors = _errors.BindRuleErrors(value, "errors"),
        };
        return FieldRuleChecks.Check(value, field);
    }

    private static EquatableArray<string> BindWeak(SpecObject value)
    {
        var words = value.Texts("weak");
        foreach (var word in words)
        {
            if (!RuleIds.IsWord(word))
                value.Report(RuleIds.SpecRule, "weak", $"\"{BindContext.Quote(word)}\" is no rule. {BindContext.Hint(word, RuleIds.Words, "Rules")}");
        }

        return words;
    }

    private static string? BindPattern(SpecObject value)
    {
        if (value.Text("pattern") is not { } pattern)
            return null;
        if (PatternCheck.Problem(pattern) is not { } problem)
            return pattern;
        value.Report(RuleIds.SpecRule, "pattern", $"The pattern {problem}.");
        return null;
    }

    private RequiredIfSpec? BindRequiredIf(SpecObject value)
    {
        if (value.Get("requiredIf") is not { } node
            || SpecObject.Open(context, node, value.At("requiredIf"), SpecKeys.RequiredIf) is not { } condition)
        {
            return null;
        }

        condition.Missing("field", "Name the sibling field that decides.");
        if (condition.Text("field") is not { } field)
            return null;
        var values = condition.Get("values");
        if (values is null)
            return new(field, default);
        if (values is not JsonArray list)
        {
            condition.Wrong("values", values, $"is a list [ … ], not {SpecObject.Describe(values)}");
            return null;
        }

        var texts = new string[list.Items.Count];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = list.Items[i].ToJsonText();
        return new(field, new(texts));
    }

    private NestedCall? BindCall(SpecObject value, TypeRef type)
    {
        if (value.Get("call") is not { } node || SpecObject.Open(context, node, value.At("call"), SpecKeys.NestedCall) is not { } call)
            return null;
        if (type.Kind is not (TypeKind.Array or TypeKind.Unstated))
            value.Report(RuleIds.SpecRule, "call", "\"call\" is for lists: each item is a call.");
        call.Missing("method", "Name the method that an item calls: \"{entity}.{action}\".");
        return call.Text("method") is { } method ? new(method, call.Text("key"), call.Text("params")) : null;
    }

    private MarkupParts? BindMarkup(SpecObject value) =>
        value.Get("markup") is { } node && SpecObject.Open(context, node, value.At("markup"), SpecKeys.Markup) is { } markup
            ? new(markup.Text("root"), markup.Text("phrases"), markup.Text("data"))
            : null;

    private EquatableArray<FieldPair> BindWith(SpecObject value)
    {
        if (value.Get("with") is not { } node || SpecObject.OpenMap(context, node, value.At("with"), "\"with\"") is not { } map)
            return default;
        if (value.Get("references") is null && !context.Partial)
            value.Report(RuleIds.SpecFlags, "with", "\"with\" says what a record that is referred to must agree with; this field has no \"references\".");
        var pairs = new List<FieldPair>();
        foreach (var property in map.Members())
        {
            if (map.Text(property.Name) is { } sibling)
                pairs.Add(new(property.Name, sibling));
        }

        return new([.. pairs]);
    }

    private EquatableArray<InsteadOf> BindInstead(SpecObject value)
    {
        if (value.Get("instead") is not { } node || SpecObject.OpenMap(context, node, value.At("instead"), "\"instead\"") is not { } map)
            return default;
        var instead = new List<InsteadOf>();
        foreach (var property in map.Members())
        {
            if (map.Text(property.Name) is { } method)
                instead.Add(new(property.Name, method));
        }

        return new([.. instead]);
    }

    private EquatableArray<ValueLabel> BindLabels(SpecObject value)
    {
        if (value.Get("labels") is not { } node || SpecObject.OpenMap(context, node, value.At("labels"), "\"labels\"") is not { } map)
            return default;
        var labels = new List<ValueLabel>();
        foreach (var property in map.Members())
        {
            if (map.Text(property.Name) is { } label)
                labels.Add(new(property.Name, label));
        }

        return new([.. labels]);
    }

    private TypeRef? BindReferences(SpecObject value)
    {
        if (value.Text("references") is not { } expression)
            return null;
        var type = context.Type(expression, value.At("references"), value.Json.Find("references")!.Value.Range);
        if (type is null or { Kind: TypeKind.Named })
            return type;
        value.Report(RuleIds.SpecReference, "references", "\"references\" names one type whose records this value identifies: \"biconnector.source/Source\".");
        return null;
    }
}

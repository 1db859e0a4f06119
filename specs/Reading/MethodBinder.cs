using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>What the methods of a file have in common.</summary>
internal sealed record MethodDefaults(string Api, string? Scope, NameCase? NameCase, NameCase? QueryCase, FailureSpec Failure, ILookup<string, ErrorSpec> Messages);

/// <summary>Binds methods.</summary>
internal sealed class MethodBinder(BindContext context, FieldBinder fields, MethodDefaults defaults)
{
    private readonly ErrorBinder _errors = new(context);

    /// <param name="node">The object of methods by name.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="template">Names hold placeholders and say nothing yet about the file.</param>
    public List<MethodSpec> BindAll(JsonNode node, NodePointer pointer, bool template)
    {
        var methods = new List<MethodSpec>();
        if (SpecObject.OpenMap(context, node, pointer, "\"methods\"") is not { } map)
            return methods;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in map.Members())
        {
            var at = map.At(property.Name);
            if (!template)
                CheckName(property, at);
            if (!names.Add(property.Name))
                context.Report(RuleIds.SpecConflict, at, property.NameRange, $"Another method differs from \"{BindContext.Quote(property.Name)}\" in case only; keep one.");
            else if (Bind(property, at) is { } method)
                methods.Add(method);
        }

        return methods;
    }

    private void CheckName(JsonProperty property, NodePointer pointer)
    {
        var (name, file) = (property.Name, context.File);
        foreach (var c in name)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                continue;
            context.Report(RuleIds.SpecShape, pointer, property.NameRange, "A method's name has no spaces in it.");
            return;
        }

        if (name.StartsWith(file, StringComparison.OrdinalIgnoreCase) && (name.Length == file.Length || name[file.Length] == '.'))
            return;
        context.Report(
            RuleIds.SpecShape, pointer, property.NameRange,
            $"A method of this file is called \"{BindContext.Quote(file)}\" or \"{BindContext.Quote(file)}.…\": the file's name is the prefix. Move it, or rename the file.");
    }

    private MethodSpec? Bind(JsonProperty property, NodePointer pointer)
    {
        if (SpecObject.Open(context, property.Value, pointer, SpecKeys.Method) is not { } value)
            return null;
        var operation = value.Word<Operation>("operation") ?? Operation.Action;
        var auth = BindAuth(value);
        var method = new MethodSpec
        {
            Name = property.Name,
            Api = defaults.Api,
            Calls = value.Text("calls"),
            File = context.File,
            Scope = value.Text("scope") ?? defaults.Scope,
            NameCase = defaults.NameCase,
            QueryCase = defaults.QueryCase,
            Failure = defaults.Failure,
            Operation = operation,
            CSharpName = value.CSharpName(),
            OpenParams = value.Get("openParams") is JsonString || value.Flag("openParams"),
            OpenFilter = value.Get("openParams") is JsonString ? value.Text("openParams") : null,
            Positional = value.Flag("positional"),
            NoResult = value.Flag("noResult"),
            Errors = _errors.BindErrors(value, "errors", defaults.Messages),
            RuleErrors = _errors.BindRuleErrors(value, "ruleErrors"),
            CheckOrder = BindOrder(value),
            AllowWebhook = auth.Webhook,
            AllowApplication = auth.Application,
            Batchable = value.Flag("batchable", absent: true),
            Paging = value.Word<Paging>("paging") ?? Paging.None,
            PageSize = value.Whole("pageSize", 1),
            Idempotency = value.Word<Idempotency>("idempotency") ?? Usual(operation),
            Deprecated = value.Flag("deprecated"),
            Superseded = value.Flag("superseded"),
            Access = value.Word<Access>("access"),
            Replacement = value.Text("replacement"),
            Of = BindOf(value),
            Items = value.Text("items"),
            Key = value.Text("key"),
            Verify = value.Text("verify"),
            Http = HttpRoutes.Bind(value),
            Docs = value.Text("docs"),
            Description = value.Text("description"),
        };
        var stem = CSharpNames.Stem(method, null);
        method = method with
        {
            Params = value.Get("params") is { } parameters
                ? fields.BindAll(parameters, value.At("params"), stem, parameters: true)
                : default,
            Result = BindResult(value, stem),
        };
        CheckFlags(value, method);
        return HttpRoutes.Locate(context, value, method);
    }

    /// <summary>What an operation is unless its method says otherwise.</summary>
    public static Idempotency Usual(Operation operation) => operation switch
    {
        Operation.Get or Operation.List or Operation.Fields or Operation.Count or Operation.Search
            or Operation.Aggregate => Idempotency.Read,
        Operation.Update or Operation.Delete => Idempotency.Safe,
        _ => Idempotency.Unsafe,
    };

    private ResultSpec? BindResult(SpecObject method, string stem)
    {
        if (method.Get("result") is not { } node
            || SpecObject.Open(context, node, method.At("result"), SpecKeys.Result) is not { } value)
        {
            return null;
        }

        return fields.BindType(value, stem + "Result") is { } type
            ? new(type, value.Text("at"), value.Flag("nullable"), BindWire(value))
            : null;
    }

    /// <summary>Paths of the answer to kinds of JSON values.</summary>
    private EquatableArray<WireKindAt> BindWire(SpecObject result)
    {
        if (result.Get("wire") is not { } node || SpecObject.OpenMap(context, node, result.At("wire"), "\"wire\"") is not { } map)
            return default;
        var wire = new List<WireKindAt>();
        foreach (var property in map.Members())
        {
            if (property.Value is JsonString word && SpecKeys.Words<WireKind>().TryGetValue(word.Value, out var kind))
                wire.Add(new(property.Name, kind));
            else
                map.Wrong(property.Name, property.Value, $"is one of {string.Join(", ", SpecKeys.Words<WireKind>().Keys)}");
        }

        return new([.. wire]);
    }

    private TypeRef? BindOf(SpecObject value)
    {
        if (value.Text("of") is not { } expression)
            return null;
        var type = context.Type(expression, value.At("of"), value.Json.Find("of")!.Value.Range);
        if (type is null or { Kind: TypeKind.Named })
            return type;
        value.Report(RuleIds.SpecReference, "of", "\"of\" names the record type that the operation works on.");
        return null;
    }

    private (bool Webhook, bool Application) BindAuth(SpecObject value)
    {
        var words = value.Texts("auth");
        if (words.Count == 0)
            return (true, true);
        var (webhook, application) = (false, false);
        foreach (var word in words)
        {
            switch (word)
            {
                case "webhook":
                    webhook = true;
                    break;
                case "application":
                    application = true;
                    break;
                default:
                    value.Unknown("auth", word, ["webhook", "application"]);
                    break;
            }
        }

        return webhook || application ? (webhook, application) : (true, true);
    }

    private static EquatableArray<string> BindOrder(SpecObject value)
    {
        var entries = value.Texts("order");
        foreach (var entry in entries)
        {
            var word = RuleOf(entry);
            if (!RuleIds.IsWord(word))
                value.Report(RuleIds.SpecRule, "order", $"\"{BindContext.Quote(entry)}\" does not end in a rule. {BindContext.Hint(word, RuleIds.Words, "Rules")}");
        }

        return entries;
    }

    /// <summary>The rule at the end of an entry of <c>order</c>: <c>uniqueBy.name</c> of <c>fields.uniqueBy.name</c>.</summary>
    private static string RuleOf(string entry)
    {
        var last = entry.LastIndexOf('.');
        var before = last <= 0 ? -1 : entry.LastIndexOf('.', last - 1);
        var pair = entry.Substring(before + 1);
        return pair.StartsWith("unique", StringComparison.Ordinal) && RuleIds.IsWord(pair) ? pair : entry.Substring(last + 1);
    }

    private void CheckFlags(SpecObject value, MethodSpec method)
    {
        if (context.Partial)
            return;
        Contradicts(method.Replacement is not null && method is { Deprecated: false, Superseded: false }, "replacement",
            "only a deprecated or superseded method is replaced; add \"superseded\": true");
        Contradicts(method is { Deprecated: true, Superseded: true }, "superseded", "a method that goes away is not merely developed no further");
        Contradicts(method.PageSize is not null && method.Paging == Paging.None, "pageSize", "the method has no \"paging\"");
        Contradicts(method.Items is not null && method.Operation != Operation.PatchItems, "items", "only the operation patchItems works on a list field");
        Contradicts(method is { NoResult: true, Result: not null }, "noResult", "\"result\" says what the method answers");
        Contradicts(method is { Positional: true, OpenParams: true }, "openParams", "parameters read by position cannot be unlisted");

        void Contradicts(bool holds, string key, string why)
        {
            if (holds)
                value.Report(RuleIds.SpecFlags, key, $"\"{key}\" contradicts the rest: {why}.");
        }
    }
}

using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>What came of binding a file.</summary>
internal sealed record BoundFile(
    SpecFile File, EquatableArray<SpecDiagnostic> Diagnostics, IReadOnlyDictionary<string, string> InlinePointers);

/// <summary>Binds a whole spec file.</summary>
internal static class FileBinder
{
    /// <param name="path">The file.</param>
    /// <param name="root">Its text as JSON.</param>
    /// <param name="partial">It changes another file of its name.</param>
    public static BoundFile Bind(string path, JsonObject root, bool partial)
    {
        var name = SpecFileName.BaseName(path);
        var context = new BindContext(path, name, partial);
        var file = SpecObject.Open(context, root, NodePointer.Root, SpecKeys.File)!;
        var errors = new ErrorBinder(context);
        var inline = new InlineTypes(name);
        var fields = new FieldBinder(context, inline);

        file.Text("$schema");
        var api = BindApi(file, path, context);
        var messages = errors.BindErrors(file, "messages");
        var scope = file.Text("scope");
        var defaults = new MethodDefaults(
            api, scope, file.Word<NameCase>("nameCase"), file.Word<NameCase>("queryCase"), BindFailure(file, context), messages.ToLookup(static m => m.Code, StringComparer.Ordinal));
        var methods = new MethodBinder(context, fields, defaults);

        // Named types first: they keep their names, and inline ones step aside.
        var types = new TypeBinder(context, inline, fields).BindAll(file);
        var bound = file.Get("methods") is { } node ? methods.BindAll(node, file.At("methods"), template: false) : [];
        var incoming = new IncomingBinder(context, fields);
        var events = incoming.BindEvents(file);
        var placements = incoming.BindPlacements(file);
        var callbacks = incoming.BindCallbacks(file);
        var profile = new ProfileBinder(context).Bind(file, api);
        types.AddRange(inline.Types);
        TemplateChecks.Check(context, file, fields, methods);
        var spec = new SpecFile
        {
            Name = name,
            Api = api,
            Overlay = SpecFileName.IsOverlay(path) | file.Flag("overlay"),
            Scope = scope,
            Docs = file.Text("docs"),
            Messages = messages,
            Types = new([.. types]),
            Methods = new([.. bound]),
            Events = new([.. events]),
            Placements = new([.. placements]),
            Callbacks = new([.. callbacks]),
            Profile = profile,
        };
        return new(spec, new([.. context.Diagnostics]), inline.Pointers);
    }

    private static string BindApi(SpecObject file, string path, BindContext context)
    {
        file.Missing("api", "Write \"api\": \"bitrix24\".");
        if (file.Text("api") is not { } api)
            return SpecSet.DefaultApi;
        if (IsPackaged(path) && SpecFileName.ApiFolder(path) is var folder && folder != api)
            file.Wrong("api", file.Json.Find("api")!.Value, $"is \"{BindContext.Quote(folder)}\" for the files of this folder");
        else if (api.IndexOfAny([' ', '/', '\\']) >= 0)
            context.Report(RuleIds.SpecShape, file.At("api"), file.Json.Find("api")!.Value.Range, "\"api\" is a folder name, such as \"bitrix24\".");
        return api;
    }

    /// <summary>Packaged files are in a folder of their API within one called <c>specs</c>.</summary>
    private static bool IsPackaged(string path)
    {
        var folder = SpecFileName.ApiFolder(path);
        if (folder.Length == 0)
            return false;
        var end = Math.Max(path.LastIndexOf('/'), path.LastIndexOf('\\'));
        return SpecFileName.ApiFolder(path.Substring(0, end)) == "specs";
    }

    private static FailureSpec BindFailure(SpecObject file, BindContext context)
    {
        if (file.Get("failure") is not { } node
            || SpecObject.Open(context, node, file.At("failure"), SpecKeys.Failure) is not { } value)
        {
            return FailureSpec.TopLevel;
        }

        var envelope = value.Text("envelope");
        if (envelope is not (null or "result" or "top"))
            value.Unknown("envelope", envelope, ["result", "top"]);
        var inResult = envelope == "result";
        return new(inResult, ErrorBinder.Status(value) ?? (inResult ? 200 : FailureSpec.TopLevel.Status));
    }
}

using System.Globalization;
using System.Text.Json;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>
/// The methods that are about the portal itself rather than about records in it: who calls, what the caller may use, what
/// there is. Clients ask them before anything else, so a portal without answers to them is of little use.
/// </summary>
internal sealed class PortalMethods(Portal portal)
{
    /// <summary>The scope of methods that every application may call.</summary>
    private const string Common = "basic";

    private readonly Lazy<JsonObject> _openApi = new(() => OpenApiWriter.Write(portal.Specs, SpecSelector.V3Api));

    private static readonly TypeRef UserType = new(TypeKind.Named, "User", "user");

    /// <summary>The answer; null: the method is not about the portal.</summary>
    public Success? Run(MethodCall call)
    {
        if (call.Method.Api == SpecSelector.V3Api)
        {
            return call.Method.Name switch
            {
                "rest.documentation.openapi" => new Success(_openApi.Value.DeepClone()),
                "rest.scope.list" => new Success(MethodScopes(call)),
                _ => null,
            };
        }

        if (call.Method.Api != SpecSet.DefaultApi)
            return null;
        return call.Method.Name switch
        {
            "app.info" => Shaped(call, Application()),
            "events" => Names(portal.Specs.Files.Where(f => f.Api == SpecSet.DefaultApi).SelectMany(static f => f.Events)
                .Where(e => JsonValues.Text(call.Parameters["SCOPE"]) is not { Length: > 0 } scope || string.Equals(e.Scope, scope, StringComparison.OrdinalIgnoreCase))
                .Select(static e => e.Code.ToUpperInvariant())),
            "method.get" => Shaped(call, Availability(call)),
            "methods" => Names(portal.Specs.MethodNames().Where(name => IsOf(name, JsonValues.Text(call.Parameters["scope"])))),
            "placement.list" => Names(Placements(call)),
            "profile" => Shaped(call, Shown(call, User(call))),
            "user.current" => Shaped(call, User(call)),
            "scope" => Names(Scopes(call, call.Parameters["full"]?.GetValueKind() == JsonValueKind.True)),
            "server.time" => new Success(portal.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    private Success Shaped(MethodCall call, JsonObject facts) =>
        new(ResultShape.At(call.Method.Result, call.Form is { } form ? form.Write(facts) : facts));

    private static Success Names(IEnumerable<string> names) =>
        new(new JsonArray([.. names.Order(StringComparer.Ordinal).Select(name => (JsonNode)name)]));

    private JsonObject Application() => new()
    {
        ["ID"] = 1,
        ["CODE"] = portal.Options.ClientId,
        ["VERSION"] = 1,
        ["STATUS"] = "L",
        ["INSTALLED"] = true,
        ["PAYMENT_EXPIRED"] = "N",
        ["DAYS"] = null,
        ["LANGUAGE_ID"] = "en",
        ["LICENSE"] = "emulator",
        ["LICENSE_TYPE"] = "emulator",
        ["LICENSE_FAMILY"] = "emulator",
    };

    private JsonObject Availability(MethodCall call)
    {
        var method = JsonValues.Text(call.Parameters["name"]) is { } name ? portal.Specs.FindMethod(name) : null;
        return new JsonObject
        {
            ["isExisting"] = method is not null,
            ["isAvailable"] = method is not null && (method.Scope is not { } scope || call.Caller.Covers(scope)),
        };
    }

    /// <summary>The user of the call: the seeded record of that key, or one made up.</summary>
    private JsonObject User(MethodCall call)
    {
        var key = call.Caller.UserId;
        var user = portal.Records.Table(UserType, SpecSet.DefaultApi)?.Find((long)key)?.ToJson()
            ?? new JsonObject { ["ID"] = key, ["ACTIVE"] = true, ["NAME"] = "Emulated", ["LAST_NAME"] = "User", ["TIME_ZONE"] = "UTC" };
        user["ADMIN"] = call.Caller.Rights is null;
        return user;
    }

    /// <summary>What the page shows of the user.</summary>
    private static JsonObject Shown(MethodCall call, JsonObject user) =>
        call.Form is not { } form ? user : new(user.Where(u => form.Members.Any(m => m.Key == u.Key)).Select(static u => KeyValuePair.Create(u.Key, u.Value?.DeepClone())));

    private bool IsOf(string name, string? scope) =>
        scope is null || string.Equals(portal.Specs.FindMethod(name)?.Scope ?? Common, scope.Length == 0 ? Common : scope, StringComparison.OrdinalIgnoreCase);

    /// <summary>Placements of a scope, of all, or of those that the application has and of none.</summary>
    private IEnumerable<string> Placements(MethodCall call)
    {
        var scope = JsonValues.Text(call.Parameters["SCOPE"]) is { Length: > 0 } named ? named : null;
        var full = JsonValues.Text(call.Parameters["FULL"]) is { } asked && JsonValues.Truth(asked);
        foreach (var file in portal.Specs.Files.Where(static f => f.Api == SpecSet.DefaultApi && f.Placements.Count > 0))
        {
            var module = file.Name.Split('.')[0];
            // A module may be called otherwise than its scope: tasks and task.
            var scopes = portal.Specs.MethodNames().Where(m => m.StartsWith(module + ".", StringComparison.Ordinal))
                .Select(m => portal.Specs.FindMethod(m)?.Scope).OfType<string>().Append(module).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (scope is not null ? scopes.Contains(scope) : full || module == "placement" || call.Caller.Scopes is not { } granted || scopes.Overlaps(granted))
            {
                foreach (var placement in file.Placements)
                    yield return placement.Code;
            }
        }
    }

    /// <summary>The scope of each method, by module and by what stands between module and verb.</summary>
    private JsonObject MethodScopes(MethodCall call)
    {
        var scopes = new JsonObject();
        foreach (var name in portal.Specs.MethodNames(SpecSelector.V3Api).Order(StringComparer.Ordinal))
        {
            var parts = name.Split('.');
            if (parts.Length < 2 || portal.Specs.FindMethod(name, SpecSelector.V3Api) is not { Calls: null } method)
                continue;
            var controller = string.Join('.', parts[1..^1]);
            if (!IsAsked("filterModule", parts[0]) || !IsAsked("filterController", controller) || !IsAsked("filterMethod", parts[^1]))
                continue;
            Within(Within(scopes, parts[0]), controller)[parts[^1]] = new JsonObject { ["scope"] = method.Scope ?? parts[0], ["title"] = name, ["description"] = "", ["fields"] = null };
        }

        return scopes;

        bool IsAsked(string parameter, string of) => JsonValues.Text(call.Parameters[parameter]) is not { Length: > 0 } asked || string.Equals(asked, of, StringComparison.OrdinalIgnoreCase);

        static JsonObject Within(JsonObject holder, string name)
        {
            if (holder[name] is not JsonObject inner)
                holder[name] = inner = [];
            return inner;
        }
    }

    private IEnumerable<string> Scopes(MethodCall call, bool all) => all || call.Caller.Scopes is not { } granted ? portal.KnownScopes : granted;
}

using System.Globalization;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Tests.Statements;

/// <summary>Shows what a statement says: by the specs that types and analyzers are made of, by the validator, and by a call of the emulator.</summary>
public sealed class StatementChecks : IAsyncLifetime
{
    private static readonly Dictionary<char, string> Apis = new() { ['v'] = "vibecode", ['a'] = "amocrm" };

    private readonly SpecSet _specs = SpecFiles.Load(new PortalOptions()).Value;
    private PortalEmulator _portal = null!;
    private PortalEmulator _strict = null!;

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync();
        _strict = await PortalEmulator.StartAsync(new() { Strict = true });
        foreach (var portal in new[] { _portal, _strict })
        {
            portal.SeedBiConnector();
            portal.Seed("landing.landing/Page", """{ "ID": 351 }""");
            portal.Seed("landing.landing/Block", """{ "ID": 6428, "LID": 351 }""");
        }
    }

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _strict.DisposeAsync();
    }

    public async Task RunAsync(int number)
    {
        var statement = Statement.All.Single(s => s.Number == number);
        foreach (var check in statement.Checks)
            await RunAsync(statement, check);
    }

    private async Task RunAsync(Statement statement, string check)
    {
        var (kind, arguments) = Statement.PartsOf(check);
        var api = SpecSet.DefaultApi;
        if (Apis.TryGetValue(kind[0], out var other) && kind is not ("verify" or "auth" or "auth2"))
            (api, kind) = (other, kind[1..]);
        switch (kind)
        {
            case "test":
                CheckTest(arguments[0]);
                break;
            case "doc":
                Assert.Contains(arguments[1], await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Folder, "docs", arguments[0])), StringComparison.Ordinal);
                break;
            case "field":
                CheckField(api, arguments);
                break;
            case "default":
                Assert.Equal(arguments[1].Split(' ')[1], Field(api, arguments[0], arguments[1].Split(' ')[0]).Default);
                break;
            case "format":
                Assert.NotNull(Field(api, arguments[0], arguments[1]).Format);
                break;
            case "system":
                await CheckErrorAsync("server.time", arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture));
                break;
            case "error":
                Assert.Contains(Method(api, arguments[0]).Errors, e => e.Code == arguments[1]);
                await CheckErrorAsync(arguments[0], arguments[1], null);
                break;
            case "breaks":
                await CheckBreaksAsync(api, arguments[0], arguments[1], statement.Holds.Contains('E', StringComparison.Ordinal));
                break;
            case "warns":
                await CheckWarnsAsync(api, arguments[0], arguments[1]);
                break;
            case "passes":
                Assert.DoesNotContain(Violations(api, arguments[0], arguments[1]), static v => v.RuleId != RuleIds.Deprecated);
                if (api == SpecSet.DefaultApi && statement.Holds.Contains('E', StringComparison.Ordinal))
                {
                    await _portal.CallAsync(arguments[0], arguments[1]);
                    Assert.DoesNotContain(Logged(_portal, arguments[0]), static f => f.StartsWith("B24", StringComparison.Ordinal));
                }

                break;
            default:
                CheckMethod(kind, Method(api, arguments[0]), arguments.ElementAtOrDefault(1) ?? "");
                break;
        }
    }

    private void CheckMethod(string kind, MethodSpec method, string expected)
    {
        switch (kind)
        {
            case "method":
                Assert.Contains(method.Name, _specs.MethodNames(method.Api));
                break;
            case "scope":
                Assert.Equal(expected, method.Scope);
                break;
            case "operation":
                Assert.Equal(expected, method.Operation.ToString(), ignoreCase: true);
                break;
            case "result":
                Assert.Equal(expected, method.Result is null ? "none" : method.Result.Type.Kind == TypeKind.Named ? "fields" : method.Result.Type.ToString());
                break;
            case "verify":
                Assert.NotNull(method.Verify);
                break;
            case "auth":
                Assert.Equal((true, false), (method.AllowApplication, method.AllowWebhook));
                break;
            case "auth2":
                Assert.Equal((true, true), (method.AllowApplication, method.AllowWebhook));
                break;
            case "case":
                Assert.Equal(expected, method.Name);
                break;
            case "paging":
                Assert.Equal(expected, $"{method.Paging} {method.PageSize ?? _specs.Profile(method.Api).PageSize}", ignoreCase: true);
                break;
            case "maxitems":
                Assert.Equal(expected.Split(' ')[1], method.Params.Single(p => p.Name == expected.Split(' ')[0]).MaxItems?.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                Assert.Fail($"There is no check \"{kind}\".");
                break;
        }
    }

    private void CheckField(string api, string[] arguments)
    {
        var words = arguments[1].Split(' ');
        var field = Field(api, arguments[0], words[0]);
        Assert.True(field.ReadOnly || !words.Contains("readOnly"), $"{words[0]} is not read-only.");
        Assert.True(field.Immutable || !words.Contains("immutable"), $"{words[0]} is not immutable.");
    }

    /// <summary>A test of the class, or of the name after it, is there.</summary>
    private static void CheckTest(string name)
    {
        var parts = name.Split('.');
        Assert.Contains(
            Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Folder, "tests"), parts[0] + ".cs", SearchOption.AllDirectories),
            f => parts.Length == 1 || File.ReadAllText(f).Contains($" {parts[1]}(", StringComparison.Ordinal));
    }

    /// <summary>The validator finds it, and the emulator answers the code of one of the findings, where the server has one; else it logs the finding.</summary>
    private async Task CheckBreaksAsync(string api, string method, string text, bool emulates)
    {
        var (parameters, expected, violations) = Find(api, method, text);
        if (api != SpecSet.DefaultApi || !emulates)
            return;
        var codes = violations.Select(static v => v.Code).OfType<string>().ToList();
        var reply = await _portal.CallAsync(method, parameters);
        if (codes.Count > 0)
            Assert.Contains(reply.Error, codes);
        else
            Assert.Contains(expected, Logged(_portal, method));
    }

    /// <summary>The validator finds it; the server takes it, and so does the emulator, which logs the finding, and refuses with --strict.</summary>
    private async Task CheckWarnsAsync(string api, string method, string text)
    {
        var (parameters, expected, violations) = Find(api, method, text);
        Assert.Null(violations.First(v => $"{v.RuleId} {v.Path}" == expected).Code);
        if (api != SpecSet.DefaultApi)
            return;
        Assert.Null((await _portal.CallAsync(method, parameters)).Error);
        Assert.Contains(expected, Logged(_portal, method));
        Assert.NotNull((await _strict.CallAsync(method, parameters)).Error);
    }

    private (string Parameters, string Expected, IReadOnlyList<SpecViolation> Violations) Find(string api, string method, string text)
    {
        var (parameters, expected) = text.Split(" => ") is [var given, var found] ? (given, found) : throw new InvalidDataException(text);
        var violations = Violations(api, method, parameters);
        Assert.Contains(expected, violations.Select(static v => $"{v.RuleId} {v.Path}"));
        return (parameters, expected, violations);
    }

    private static IEnumerable<string> Logged(PortalEmulator portal, string method) =>
        portal.Requests.Last(c => c.Method.Equals(method, StringComparison.OrdinalIgnoreCase)).Findings.Select(static f => $"{f.RuleId} {f.Path}");

    private async Task CheckErrorAsync(string method, string code, int? status)
    {
        _portal.Inject(Fault.Documented(code) with { Method = method });
        var reply = await _portal.CallAsync(method);
        Assert.Equal(code, reply.Error);
        if (status is not null)
            Assert.Equal(status, (int)reply.Status);
    }

    private IReadOnlyList<SpecViolation> Violations(string api, string method, string parameters) =>
        SpecValidator.Validate(_specs, Method(api, method), JsonReader.Read(parameters).Root);

    private MethodSpec Method(string api, string name)
    {
        var method = _specs.FindMethod(name, api);
        Assert.True(method is not null, $"There is no method {name}.");
        return method;
    }

    private FieldSpec Field(string api, string type, string name)
    {
        var (file, simple) = type.Split('/') is [var folder, var last] ? (folder, last) : throw new InvalidDataException(type);
        var field = _specs.ResolveType(new TypeRef(TypeKind.Named, simple, file), api)?.Fields.FirstOrDefault(f => f.Name == name);
        Assert.True(field is not null, $"{type} has no field {name}.");
        return field;
    }
}

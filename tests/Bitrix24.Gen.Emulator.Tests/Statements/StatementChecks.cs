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
                Assert.Contains(arguments[1], await File.ReadAllTextAsync(RepositoryRoot.PathTo("docs", arguments[0])), StringComparison.Ordinal);
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
                if (statement.Holds.Contains('E', StringComparison.Ordinal))
                {
                    await SendAsync(_portal, api, arguments[0], arguments[1]);
                    Assert.DoesNotContain(Logged(_portal, arguments[0]), static f => f.StartsWith("B24", StringComparison.Ordinal));
                }

                break;
            case "method":
                await CheckNameAsync(api, arguments[0]);
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

    /// <summary>The method is known, and a name beside it is not: to the specs, and to the portal.</summary>
    private async Task CheckNameAsync(string api, string name)
    {
        Assert.Contains(name, _specs.MethodNames(api), StringComparer.OrdinalIgnoreCase);
        var unknown = Assert.Single(SpecValidator.ValidateCall(_specs, api, name + "x", null));
        Assert.Equal((RuleIds.UnknownMethod, RuleSeverity.Error), (unknown.RuleId, unknown.Severity));
        Assert.Contains(unknown.Suggestion, _specs.MethodNames(api));
        if (api != SpecSet.DefaultApi)
            return;
        Assert.Equal("ERROR_METHOD_NOT_FOUND", (await _portal.CallAsync(name + "x")).Error);
        Assert.NotEqual("ERROR_METHOD_NOT_FOUND", (await _portal.CallAsync(name)).Error);
    }

    /// <summary>The test is there: <c>Class.Method</c>, or <c>Class.Method(case)</c> for a case of a theory, by a part of its data.</summary>
    private static void CheckTest(string name)
    {
        var test = System.Text.RegularExpressions.Regex.Match(name, @"^(?<class>\w+)\.(?<method>\w+)(\((?<case>.+)\))?$");
        Assert.True(test.Success, $"\"{name}\" names no test of a class.");
        var method = test.Groups["method"].Value;
        Assert.Contains(
            Directory.EnumerateFiles(RepositoryRoot.PathTo("tests"), test.Groups["class"].Value + ".cs", SearchOption.AllDirectories)
                .Select(static f => File.ReadAllText(f).ReplaceLineEndings("\n").Split("\n\n"))
                .SelectMany(static blocks => blocks),
            block => block.Contains($" {method}(", StringComparison.Ordinal)
                && (block.Contains("[Fact]", StringComparison.Ordinal) || block.Contains("[Theory]", StringComparison.Ordinal))
                && (!test.Groups["case"].Success || block[..block.IndexOf($" {method}(", StringComparison.Ordinal)].Contains(test.Groups["case"].Value, StringComparison.Ordinal)));
    }

    /// <summary>The validator finds it, and the emulator answers the code of one of the findings, where the server has one; else it logs the finding.</summary>
    private async Task CheckBreaksAsync(string api, string method, string text, bool emulates)
    {
        var (parameters, expected, violations) = Find(api, method, text);
        if (!emulates)
            return;
        var codes = violations.Select(static v => v.Code).OfType<string>().ToList();
        if (await SendAsync(_portal, api, method, parameters) is not { } reply)
            return;
        if (codes.Count > 0)
            Assert.Contains(reply.Error, codes);
        else if (api == SpecSet.DefaultApi || reply.Error is null)
            Assert.Contains(Logged(_portal, method), f => f.StartsWith(expected, StringComparison.Ordinal));
    }

    /// <summary>The validator finds it; the server takes it, and so does the emulator, which logs the finding, and refuses with --strict.</summary>
    private async Task CheckWarnsAsync(string api, string method, string text)
    {
        var (parameters, expected, violations) = Find(api, method, text);
        Assert.Null(violations.First(v => $"{v.RuleId} {v.Path}" == expected).Code);
        var reply = await SendAsync(_portal, api, method, parameters);
        Assert.Contains(expected, Logged(_portal, method));
        if (api != SpecSet.DefaultApi)
            return;
        Assert.Null(reply?.Error);
        Assert.NotNull((await _strict.CallAsync(method, parameters)).Error);
    }

    /// <summary>Calls the emulator; null: the call cannot be written as a request, since its path is not complete.</summary>
    private async Task<Reply?> SendAsync(PortalEmulator portal, string api, string method, string parameters)
    {
        if (api == SpecSet.DefaultApi)
            return await portal.CallAsync(method, parameters);
        return StatementRequest.Of(portal, Method(api, method), System.Text.Json.Nodes.JsonNode.Parse(parameters)!.AsObject()) is { } request ? await PortalCalls.SendAsync(request) : null;
    }

    private (string Parameters, string Expected, IReadOnlyList<SpecViolation> Violations) Find(string api, string method, string text)
    {
        var parts = text.Split(" => ");
        Assert.InRange(parts.Length, 2, 3);
        var violations = Violations(api, method, parts[0]);
        Assert.Contains(parts[1], violations.Select(static v => $"{v.RuleId} {v.Path}"));
        if (parts.Length > 2)
            Assert.Contains(violations, v => v.Message.Contains(parts[2], StringComparison.Ordinal));
        return (parts[0], parts[1], violations);
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

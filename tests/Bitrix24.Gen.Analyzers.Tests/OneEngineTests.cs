using Bitrix24.Gen.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>
/// The calls of tests/Fixtures/agreement.jsonl as raw calls in C#: the analyzers find what is written there, as validator,
/// <c>b24-spec check</c>, client and emulator do in tests/Bitrix24.Gen.HttpApis.Tests.
/// </summary>
public class OneEngineTests
{
    private const string Clients = """
        public sealed class Classic(Bitrix24Credentials credentials) : Bitrix24Client(credentials);
        [VibeCodeClient("deals")] public sealed class Vibe(Bitrix24Credentials credentials) : Bitrix24Client(credentials);
        [AmoCrmClient("widgets")] public sealed class Amo(Bitrix24Credentials credentials) : Bitrix24Client(credentials);
        """;

    [Fact]
    public async Task Analyzers_find_what_the_shared_calls_expect()
    {
        var lines = FixtureData.Agreements.Select(static a => $"await {Client(a.Api)}.CallAsync({Quote(a.Api == "bitrix24-v3" ? "v3/" + a.Method : a.Method)}, {Quote(a.Params)});").ToList();
        var compilation = Analysis.Compile(
        [
            ("Clients.cs", Sample.RawUsings + Clients),
            ("Sample.cs", $"static class Sample {{ static async Task RunAsync(Classic classic, Vibe vibe, Amo amo) {{\n{string.Join('\n', lines)}\n}} }}"),
        ]);
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));

        var found = (await Analysis.RunAsync(compilation, RepositorySpecs.Apis.SelectMany(static api => SpecText.All(api))))
            .Where(static d => d.Location.SourceTree!.FilePath == "Sample.cs" && string.CompareOrdinal(d.Id, "B24300") < 0 && AgreementFixture.Expects(d.Id))
            .ToLookup(static d => d.Location.GetLineSpan().StartLinePosition.Line - 1);

        Assert.All(FixtureData.Agreements.Index(), call => Assert.Equal(
            call.Item.Expected.Select(Show).Order(StringComparer.Ordinal),
            found[call.Index].Select(static d => $"{d.Id} {Code(d)}").Order(StringComparer.Ordinal)));
    }

    // Of a method that no spec has, no spec says what the server answers.
    private static string Show(ExpectedViolation v) => v.Rule == "B24101" ? $"{v.Rule} " : $"{v.Rule} {v.Code}";

    private static string Client(string api) => api switch
    {
        "vibecode" => "vibe",
        "amocrm" => "amo",
        _ => "classic",
    };

    // The code is the last thing in parentheses: "… (VALIDATION_ID_NOT_PROVIDED)".
    private static string Code(Diagnostic diagnostic)
    {
        var message = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        var open = message.LastIndexOf(" (", StringComparison.Ordinal);
        var close = open < 0 ? -1 : message.IndexOf(')', open);
        var code = close < 0 ? "" : message[(open + 2)..close];
        return code.Length > 0 && code.All(static c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_') ? code : "";
    }

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}

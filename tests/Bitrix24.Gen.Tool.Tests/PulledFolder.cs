using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Importer.Portal;
using Bitrix24.Gen.Importer.Pull;
using Spectre.Console;

namespace Bitrix24.Gen.Tool.Tests;

/// <summary>A folder that specs are pulled into.</summary>
internal sealed class PulledFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("b24-pull-").FullName;

    public IReadOnlyDictionary<string, string> Files => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
        .ToDictionary(f => System.IO.Path.GetRelativePath(Path, f).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);

    public (int Code, string Output, string Errors) Pull(string? webhook, Action<Setup>? change = null)
    {
        var setup = new Setup();
        change?.Invoke(setup);
        var (output, errors, terminal) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" }, new StringWriter());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal), Ansi = AnsiSupport.No });
        var code = CommandFailure.Guard(
            () => new PullRun(console, interactive: false, output, errors)
            {
                Output = Path,
                Portal = setup.Portal,
                Tokens = setup.Tokens,
                Check = setup.Check,
                Report = setup.Report,
                Options = setup.Options,
                Calls = new() { RetryDelay = TimeSpan.FromMilliseconds(1) },
                Environment = name => setup.Environment.GetValueOrDefault(name) ?? (name == PortalCredentials.Webhook ? webhook : null),
            }.Run(setup.Cancelled),
            errors);
        return (code, terminal + output.ToString(), errors.ToString());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public sealed class Setup
    {
        public string? Portal { get; set; }

        public string? Tokens { get; set; }

        public bool Check { get; set; }

        public string? Report { get; set; }

        public PullOptions Options { get; set; } = new();

        public CancellationToken Cancelled { get; set; }

        public Dictionary<string, string> Environment { get; } = [];
    }
}

namespace Bitrix24.Gen.PackageCheck;

internal enum PackageKind
{
    Library,
    Tool,
    Templates,
}

/// <summary>What a package must hold.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Frameworks">Target frameworks of a library.</param>
/// <param name="Assemblies">Assemblies of this repository, for each framework; nothing else may stand in lib/.</param>
/// <param name="Dependencies">Every package that it depends on.</param>
internal sealed record ExpectedPackage(string Id, PackageKind Kind, string[] Frameworks, string[] Assemblies, string[] Dependencies)
{
    private static readonly string[] Both = ["net8.0", "net10.0"];

    public static IReadOnlyList<ExpectedPackage> All { get; } =
    [
        new("Bitrix24.Gen", PackageKind.Library, Both, ["Bitrix24.Gen.Runtime"],
            ["Microsoft.Extensions.Http", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "Polly.Core", "System.Threading.RateLimiting"]),
        new("Bitrix24.Client", PackageKind.Library, ["net8.0"], ["Bitrix24.Client"], ["Bitrix24.Gen"]),
        new("Bitrix24.Gen.AspNetCore", PackageKind.Library, Both, ["Bitrix24.Gen.AspNetCore"], ["Bitrix24.Gen"]),
        new("Bitrix24.Gen.Redis", PackageKind.Library, Both, ["Bitrix24.Gen.Redis"],
            ["Bitrix24.Gen", "Microsoft.Extensions.Logging.Abstractions", "StackExchange.Redis"]),
        new("Bitrix24.Gen.Emulator", PackageKind.Library, Both, ["Bitrix24.Gen.Emulator", "Bitrix24.Gen.Specs"],
            ["Microsoft.Bcl.Cryptography", "Microsoft.Data.Sqlite"]),
        new("Bitrix24.Gen.Templates", PackageKind.Templates, [], [], []),
        new("b24-emulator", PackageKind.Tool, ["net10.0"], ["b24-emulator", "Bitrix24.Gen.Emulator", "Bitrix24.Gen.Specs"], []),
        new("b24-spec", PackageKind.Tool, ["net10.0"], ["b24-spec", "Bitrix24.Gen.Emulator", "Bitrix24.Gen.Runtime", "Bitrix24.Gen.Specs"], []),
    ];

    /// <summary>The compiler loads these and brings what they need itself.</summary>
    public static IReadOnlyList<string> Analyzers { get; } =
        ["Bitrix24.Gen.Analyzers.dll", "Bitrix24.Gen.CodeFixes.dll", "Bitrix24.Gen.Generator.dll", "Bitrix24.Gen.Specs.dll"];

    public string AssemblyFolder(string framework) => Kind == PackageKind.Tool ? $"tools/{framework}/any/" : $"lib/{framework}/";
}

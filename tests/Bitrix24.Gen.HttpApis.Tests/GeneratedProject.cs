using System.Runtime.Loader;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>A project of a user: its source and its spec files beside the packaged ones, generated, compiled and run.</summary>
internal static class GeneratedProject
{
    /// <summary>Runs <c>Program.Run(url, key)</c> of the source.</summary>
    public static async Task<string> RunAsync(string source, IReadOnlyList<(string Name, string Text)> files, IEnumerable<SpecDocument> packaged, string url, string key)
    {
        var specs = packaged.Select(static d => new TestFile(d.Path, d.Text))
            .Concat(files.Select(static f => new TestFile("/project/" + f.Name, f.Text, packaged: false)));
        using var image = new MemoryStream();
        var result = GeneratorHarness.Run(source, specs).AssertCompiles().Output().Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));

        image.Position = 0;
        var context = new AssemblyLoadContext("user", isCollectible: true);
        var program = context.LoadFromStream(image).GetType("Program")!;
        var answer = await (Task<string>)program.GetMethod("Run")!.Invoke(null, [url, key])!;
        context.Unload();
        return answer;
    }
}

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Whose tokens are in which file, and who may read it.</summary>
public sealed class TokenFileTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "b24-" + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task Portals_whose_names_are_alike_have_files_of_their_own()
    {
        var store = new FileTokenStore(_folder);
        string[] portals = ["почта.рф", "завод.рф", "a_b.example", "a-b.example", "a%5Fb.example", "a.example:80", "a.example_80", "[::1]", "__1_", new string('a', 300), new string('a', 301)];
        foreach (var portal in portals)
            await store.SaveAsync(portal, Tokens(portal.GetHashCode(StringComparison.Ordinal)));

        foreach (var portal in portals)
            Assert.Equal(Tokens(portal.GetHashCode(StringComparison.Ordinal)), await store.LoadAsync(portal));
    }

    [Theory]
    [InlineData("почта.рф")]
    [InlineData("ПОЧТА.рф")]
    [InlineData("xn--80a1acny.xn--p1ai")]
    [InlineData("XN--80A1ACNY.xn--P1AI")]
    [InlineData("почта.рф.")]
    [InlineData("почта。рф")]
    public async Task Portal_has_one_file_however_it_is_spelt(string portal)
    {
        var store = new FileTokenStore(_folder);
        await store.SaveAsync("почта.рф", Tokens(1));

        Assert.Equal(Tokens(1), await store.LoadAsync(portal));
        Assert.Equal("xn--80a1acny.xn--p1ai", Bitrix24Credentials.AccessToken($"https://{portal}", "t").PortalName);
    }

    [Theory]
    [InlineData("example.bitrix24.com", "example.bitrix24.com.token.json")]
    [InlineData("127.0.0.1:8080", "127.0.0.1_8080.token.json")]
    public async Task File_of_version_0_1_is_taken_over(string portal, string name)
    {
        var store = new FileTokenStore(_folder);
        await store.SaveAsync(portal, Tokens(1));
        var path = Assert.Single(Directory.GetFiles(_folder));
        if (path != Path.Combine(_folder, name))
            File.Move(path, Path.Combine(_folder, name));

        Assert.Equal(Tokens(1), await store.LoadAsync(portal));
    }

    [Fact]
    public async Task File_that_may_be_another_portals_is_not_taken_over()
    {
        var store = new FileTokenStore(_folder);
        await store.SaveAsync("x", Tokens(1));
        File.Move(Assert.Single(Directory.GetFiles(_folder)), Path.Combine(_folder, "_____.__.token.json"));

        Assert.Null(await store.LoadAsync("почта.рф"));
    }

    [Fact]
    public async Task Folder_and_files_are_private()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(_folder, (UnixFileMode)0b111_101_101);
        var store = new FileTokenStore(_folder);
        await using (await store.LockAsync("a.example"))
            await store.SaveAsync("a.example", Tokens(1));

        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(_folder));
        foreach (var file in Directory.GetFiles(_folder))
            Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(file));
    }

    /// <summary>Version 0.1 made folders that others could list, named files of ports otherwise, and left drafts and locks.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Folder_of_version_0_1_is_narrowed_unless_it_holds_something_else(bool isOurs)
    {
        if (OperatingSystem.IsWindows())
            return;
        var open = (UnixFileMode)0b111_101_101;
        Directory.CreateDirectory(_folder, open);
        string[] names = ["a.example_8080.token.json", "a.example_8080.token.json.lock", "b.example.token.json.0123.tmp", "1f2e.portal.json", .. isOurs ? (string[])[] : ["notes.txt"]];
        foreach (var name in names)
            await File.WriteAllTextAsync(Path.Combine(_folder, name), Tokens(1).ToJson());

        var store = new FileTokenStore(_folder);
        Assert.Equal("a1", (await store.LoadAsync("a.example:8080"))!.AccessToken);
        await store.SaveAsync("b.example", Tokens(2));

        Assert.Equal(isOurs ? (UnixFileMode)0b111_000_000 : open, File.GetUnixFileMode(_folder));
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(Path.Combine(_folder, "b.example.token.json")));
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static Bitrix24Token Tokens(int i) => new() { AccessToken = $"a{i}", RefreshToken = $"r{i}", ExpiresAt = DateTimeOffset.UnixEpoch };
}

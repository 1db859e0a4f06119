using System.Net;
using Bitrix24.Gen.Emulator.Exchanges;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>A portal is recorded, another emulated one plays the real one here; what was kept is compared.</summary>
public sealed class ExchangeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("b24-exchanges-");

    private string Kept => Path.Combine(_folder.FullName, "exchanges.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Reads_ArePassedOn_AndKeptWithoutSecrets()
    {
        await using var real = await PortalEmulator.StartAsync(new() { WebhookSecret = "topsecret1" });
        real.Seed("biconnector.connector/Connector", """{ "title": "Calls topsecret1" }""");
        await using var recording = await PortalEmulator.StartAsync(new() { RecordFrom = new Uri(real.WebhookUrl), RecordTo = Kept });

        var fields = await recording.CallAsWebhookAsync("biconnector.connector.fields", """{ "password": "hidden" }""");
        Assert.NotNull(fields.Result);
        var refused = await recording.CallAsWebhookAsync("biconnector.connector.delete", """{ "id": 1 }""");
        Assert.Equal((HttpStatusCode.Forbidden, "NOT_RECORDED"), (refused.Status, refused.Error));
        Assert.Equal("INVALID_CREDENTIALS", (await PortalCalls.SendAsync(PortalCalls.Post($"{recording.RestUrl}1/wrong/biconnector.connector.fields", "{}", null))).Error);

        var text = await File.ReadAllTextAsync(Kept);
        Assert.Equal("biconnector.connector.fields", JsonNode.Parse(text)!["method"]!.GetValue<string>());
        Assert.DoesNotContain("topsecret1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.Empty(await ExchangeComparer.CompareAsync(real, Kept, default));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Kept));
    }

    [Theory]
    [InlineData("https://a.example/rest/download.json?auth=t0psecret&id=5", "https://a.example/rest/download.json?auth=***&id=5")]
    [InlineData("/disk/?id=5&token=disk%7Ct0psecret", "/disk/?id=5&token=***")]
    [InlineData("<a href=\"/x?a=1&amp;access_token=t0psecret\">x</a>", "<a href=\"/x?a=1&amp;access_token=***\">x</a>")]
    [InlineData("/x?sessid=t0psecret#sign=kept", "/x?sessid=***#sign=kept")]
    [InlineData("https://real.example/rest/1/hidden1/", "https://***/rest/1/***/")]
    [InlineData("design=kept&token", "design=kept&token")]
    [InlineData("https://app.example/b24/bi?b24key=t0psecret&b24portal=5", "https://app.example/b24/bi?b24key=***&b24portal=5")]
    [InlineData("https://a.example/?to=https%3A%2F%2Fb.example%2Frest%2F1%2Ft0psecret%2Fprofile%3Fx%3D1%26auth%3Dt0psecret%26y%3D2", "https://a.example/?to=https%3A%2F%2Fb.example%2Frest%2F1%2F***%2Fprofile%3Fx%3D1%26auth%3D***%26y%3D2")]
    [InlineData("https://ann:t0psecret@a.example/x", "https://ann:***@a.example/x")]
    [InlineData("{\"access_token\": \"t0psecret\", \"id\": \"5\"}", "{\"access_token\": \"***\", \"id\": \"5\"}")]
    [InlineData("Authorization: Bearer t0psecret, x", "Authorization: Bearer ***, x")]
    [InlineData("The rest of 1/2 cups", "The rest of 1/2 cups")]
    public void Address_InAText_LosesItsSecrets(string text, string expected) =>
        Assert.Equal(expected, new Redaction(new Uri("https://real.example/rest/1/hidden1/")).Of(JsonValue.Create(text))!.GetValue<string>());

    [Theory]
    [InlineData("REFRESH_ID", true)]
    [InlineData("authorization", true)]
    [InlineData("AUTH_ID", true)]
    [InlineData("privateKey", true)]
    [InlineData("userCredentials", true)]
    [InlineData("AUTHOR_ID", false)]
    [InlineData("authorName", false)]
    [InlineData("ASSIGNED_BY_ID", false)]
    [InlineData("KEY", false)]
    public void Member_ThatIsCalledLikeASecret_LosesItsValue(string name, bool isSecret) =>
        Assert.Equal(isSecret ? "***" : "kept1", new Redaction(new Uri("https://real.example/rest/1/hidden1/")).Of(new JsonObject { [name] = "kept1" })![name]!.GetValue<string>());

    /// <summary>A name hides its value wherever it stands.</summary>
    [Theory]
    [InlineData("access_token")]
    [InlineData("clientSecret")]
    [InlineData("user_password")]
    [InlineData("passwd")]
    [InlineData("pwd")]
    [InlineData("passphrase")]
    [InlineData("authorization")]
    [InlineData("api-key")]
    [InlineData("accessKey")]
    [InlineData("private_key")]
    [InlineData("sessid")]
    [InlineData("session_id")]
    [InlineData("signature")]
    [InlineData("refresh_id")]
    [InlineData("refreshId")]
    [InlineData("credential")]
    [InlineData("credentials")]
    [InlineData("cookie")]
    [InlineData("webhook")]
    public void Name_OfASecret_HidesItsValueWhereverItStands(string name)
    {
        Member_ThatIsCalledLikeASecret_LosesItsValue(name, true);
        Address_InAText_LosesItsSecrets($"/x?{name}=t0psecret&id=5", $"/x?{name}=***&id=5");
        Address_InAText_LosesItsSecrets($"{{'{name}': 't0psecret'}}", $"{{'{name}': '***'}}");
    }

    [Theory]
    [InlineData("/x?author_id=kept1")]
    [InlineData("/x?author=kept1&id=5")]
    public void Address_WithoutSecrets_IsKept(string text) => Address_InAText_LosesItsSecrets(text, text);

    [Fact]
    public async Task Data_IsPrivateFromTheStart()
    {
        var file = Path.Combine(_folder.FullName, "portal.db");
        await using (var portal = await PortalEmulator.StartAsync(new() { DataFile = file }))
        {
            await portal.CallAsWebhookAsync("crm.deal.add", """{ "fields": { "TITLE": "x" } }""");
            // SQLite's log and index of it stand beside the file while it is open, and hold the same.
            Check();
        }

        Check();

        void Check()
        {
            if (OperatingSystem.IsWindows())
                return;
            var files = Directory.GetFiles(_folder.FullName);
            Assert.NotEmpty(files);
            foreach (var kept in files)
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        }
    }

    [Fact]
    public async Task Differences_AreNamedByMethodAndPath()
    {
        await File.WriteAllTextAsync(Kept, """
            {"method":"profile","params":{},"status":200,"answer":{"result":{"ID":5,"colour":"red"}}}
            {"method":"no.such.method","params":{},"status":404,"answer":{"error":"OTHER"}}

            """.ReplaceLineEndings("\n").TrimEnd('\n') + "\n");
        await using var portal = await PortalEmulator.StartAsync();
        var differences = await ExchangeComparer.CompareAsync(portal, Kept, default);
        Assert.Contains(differences, static d => d.StartsWith("profile result.ID: the portal answers a number, the emulator text", StringComparison.Ordinal));
        Assert.Contains(differences, static d => d.EndsWith("colour: the emulator has none", StringComparison.Ordinal));
        Assert.Contains(differences, static d => d.StartsWith("no.such.method: the portal answers OTHER", StringComparison.Ordinal));

        await File.WriteAllTextAsync(Kept, "[]\n");
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => ExchangeComparer.CompareAsync(portal, Kept, default));
        Assert.Contains("(1)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com/rest/1/secret/")]
    [InlineData("https://example.com/rest/")]
    public void Address_ThatIsNoWebhookOverHttps_IsRefused_WithoutItsSecret(string address)
    {
        var error = Assert.Throws<InvalidDataException>(() => new ExchangeRecorder(new Uri(address), Kept));
        Assert.DoesNotContain("1/secret/\"", error.Message, StringComparison.Ordinal);
    }
}

using System.Net;
using System.Text;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>The content of a drive's files, behind the addresses that answers show.</summary>
public sealed class FileContentTests
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task DownloadUrl_HasTheBytesOfEachVersion()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var file = (await portal.CallAsync("disk.folder.uploadfile", $$"""{"id":1,"data":{"NAME":"r.txt"},"fileContent":["r.txt","{{Base64("first")}}"]}""")).Body!["result"]!;
        Assert.Equal("5", file["SIZE"]!.ToString());
        Assert.Equal("first", await Http.GetStringAsync(file["DOWNLOAD_URL"]!.ToString()));

        var uploaded = (await portal.CallAsync("disk.file.uploadversion", $$"""{"id":{{file["ID"]}},"fileContent":["r.txt","{{Base64("second!")}}"]}""")).Body!["result"]!;
        Assert.Equal("7", uploaded["SIZE"]!.ToString());
        Assert.Equal("2", uploaded["GLOBAL_CONTENT_VERSION"]!.ToString());
        Assert.Equal("second!", await Http.GetStringAsync(uploaded["DOWNLOAD_URL"]!.ToString()));

        var version = (await portal.CallAsync("disk.file.getVersions", $$"""{"id":{{file["ID"]}}}""")).Body!["result"]![0]!;
        Assert.Equal("second!", await Http.GetStringAsync(version["DOWNLOAD_URL"]!.ToString()));
        var copy = (await portal.CallAsync("disk.file.copyto", $$"""{"id":{{file["ID"]}},"targetFolderId":2}""")).Body!["result"]!;
        Assert.Equal("second!", await Http.GetStringAsync(copy["DOWNLOAD_URL"]!.ToString()));

        await portal.CallAsync("disk.file.delete", $$"""{"id":{{file["ID"]}}}""");
        using var gone = await Http.GetAsync(file["DOWNLOAD_URL"]!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task UploadUrl_TakesTheFileOfAFormOrABody_AndAnswersAsTheMethod()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var asked = (await portal.CallAsync("disk.folder.uploadFile", """{"id":1}""")).Body!["result"]!;
        var address = asked["uploadUrl"]!.ToString();
        byte[] bytes = [0, 255, 13, 10, 200, 1];
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), asked["field"]!.ToString(), "pic.jpg" } };
        var file = await SentAsync(address, form);
        Assert.Equal("pic.jpg", file["result"]!["NAME"]!.ToString());
        Assert.Equal(bytes, await Http.GetByteArrayAsync(file["result"]!["DOWNLOAD_URL"]!.ToString()));

        using var body = new ByteArrayContent(bytes);
        body.Headers.ContentDisposition = new("attachment") { FileName = "raw.bin" };
        Assert.Equal("raw.bin", (await SentAsync(address, body))["result"]!["NAME"]!.ToString());
        using var again = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", "pic.jpg" } };
        Assert.Equal("DISK_OBJ_22000", (await SentAsync(address, again))["error"]!.ToString());
        using var lost = new ByteArrayContent(bytes);
        Assert.Equal("invalid_token", (await SentAsync(address + "1", lost))["error"]!.ToString());
        Assert.Equal("ERROR_NOT_FOUND", (await portal.CallAsync("disk.folder.uploadFile", """{"id":999}""")).Error);
    }

    private static async Task<JsonObject> SentAsync(string address, HttpContent content)
    {
        using var answer = await Http.PostAsync(address, content);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

using System.Text;
using System.Text.Json;
using Bitrix24.Infrastructure;
using FsCheck;
using FsCheck.Xunit;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Servers cut texts inside a character: the text loses that character, and the rest of the answer is read.</summary>
public class BrokenTextTests
{
    // Stands for what each test puts into a text.
    private const char Cut = '@';

    private const string Dataset = """{"id":"7","name":"x@","description":"whole é","sourceId":3,"fields":[{"id":1,"type":"in@","name":"N@"}],"uf@":"v@"}""";

    public static TheoryData<byte[], string> Parts { get; } = new()
    {
        { [0xD0], "\uFFFD" },
        { [0xE2, 0x82], "\uFFFD" },
        { [0xF0, 0x9F, 0x98], "\uFFFD" },
        { [0xBB], "\uFFFD" },
        { [0xC0, 0xAF], "\uFFFD\uFFFD" },
        { [0xED, 0xA0, 0x80], "\uFFFD\uFFFD\uFFFD" },
        { [0xCF, 0xF0, 0xE8], "\uFFFD\uFFFD\uFFFD" },
        { "\\ud83d"u8.ToArray(), "\uFFFD" },
        { "\\uDE00\\ud83d"u8.ToArray(), "\uFFFD\uFFFD" },
        { [.. "\\n"u8, 0xD0], "\n\uFFFD" },
        { [0xD0, .. "\\ud83d\\ude00\\\\ud83d"u8], "\uFFFD😀\\ud83d" },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Record_is_read_with_what_is_left_of_a_text(byte[] part, string read)
    {
        await using var server = await Answering("""{"result":{"item":""" + Dataset + """},"total":3}""", part);
        using var client = server.Client();

        var response = await client.SendForResponseAsync(new DatasetGetRequest { Id = 7 });

        var field = Assert.Single(response.Result.Fields);
        Assert.Equal((7, "x" + read, "whole é", 3), (response.Result.Id, response.Result.Name, response.Result.Description, response.Result.SourceId));
        Assert.Equal((1, "in" + read, "N" + read, 3L), (field.Id, field.Type.Value, field.Name, response.Total));
        Assert.Equal("v" + read, response.Result.Extra["uf" + read].GetString());
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Raw_answer_batch_and_refusal_are_read_with_what_is_left_of_a_text(byte[] part, string read)
    {
        await using var server = await Answering("""{"result":""" + Dataset + "}", part);
        using var client = server.Client();
        await using var batches = await Answering("""{"result":{"result":{"c0":{"item":""" + Dataset + """}},"result_error":{"c1":{"error":"E","error_description":"d@"}}}}""", part);
        using var batching = batches.Client();
        await using var refusing = await Answering("""{"error":"E","error_description":"d@"}""", part, 400);
        using var refused = refusing.Client();
        var batch = batching.CreateBatch();
        var (first, second) = (batch.Add(new DatasetGetRequest { Id = 7 }), batch.Add(new DatasetGetRequest { Id = 8 }));

        var raw = await client.CallAsync("app.info");
        await batch.SendAsync();
        var e = await Assert.ThrowsAsync<Bitrix24ApiException>(() => refused.CallAsync("app.info"));

        Assert.Equal(("x" + read, "v" + read), (raw.GetProperty("name").GetString(), raw.GetProperty("uf" + read).GetString()));
        Assert.Equal(("x" + read, "whole é"), (first.Result.Name, first.Result.Description));
        Assert.Equal(("E", "E"), (((Bitrix24ApiException)second.Error!).Code, e.Code));
        Assert.Equal("d" + read, e.Description);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Strict_reading_names_the_text(byte[] part, string read)
    {
        Assert.Contains('\uFFFD', read);
        await using var server = await Answering("""{"result":{"item":""" + Dataset + "}}", part);
        using var client = server.Client(new() { MaxRetries = 0, StrictReading = true });

        var e = await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.SendAsync(new DatasetGetRequest { Id = 7 }));

        Assert.Contains("text of whole characters", e.Message, StringComparison.Ordinal);
        Assert.Contains("'result.item.name'", e.Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 20_000, Replay = "20261128,20261129", Arbitrary = [typeof(MutatedTexts)])]
    public void Text_is_what_SystemTextJson_reads_or_is_repaired(MutatedBytes text)
    {
        var reader = new FieldReader(text.Bytes);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.String || reader.Read())
                return;
        }
        catch (JsonException)
        {
            return;
        }

        reader = new(text.Bytes);
        reader.Read();
        var ours = reader.GetString();
        using var repaired = JsonDocument.Parse(JsonStrings.Repaired(text.Bytes).ToArray());
        Assert.Equal(repaired.RootElement.GetString(), ours);
        Assert.True(RawValues.IsWhole(ours));
        using var theirs = JsonDocument.Parse(text.Bytes);
        if (JsonStrings.IsWhole(text.Bytes))
            Assert.Equal(theirs.RootElement.GetString(), ours);
        else
            Assert.Throws<InvalidOperationException>(() => theirs.RootElement.GetString());
    }

    /// <summary>The limit is far from what one pass takes (milliseconds), and far from what a pass for each half takes (minutes).</summary>
    [Fact(Timeout = 60_000)]
    public Task Halves_of_characters_are_replaced_in_one_pass() => Task.Run(() =>
    {
        const int Halves = 1_000_000;
        var text = Encoding.UTF8.GetBytes('"' + string.Concat(Enumerable.Repeat("\\uD800", Halves)) + '"');

        var repaired = JsonStrings.Repaired(text);

        Assert.Equal(new string('\uFFFD', Halves), JsonStrings.Unescape(repaired[1..^1]));
    });

    private static Task<LoopbackServer> Answering(string body, byte[] part, int status = 200)
    {
        var pieces = body.Split(Cut);
        var bytes = pieces.Skip(1).Aggregate(Encoding.UTF8.GetBytes(pieces[0]), (sum, piece) => [.. sum, .. part, .. Encoding.UTF8.GetBytes(piece)]);
        return LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            return context.Response.Body.WriteAsync(bytes).AsTask();
        });
    }

    private static class MutatedTexts
    {
        private static readonly byte[][] Pieces =
        [
            [0xD0], [0x80], [0xF0, 0x9F], [0xED, 0xA0, 0x80],
            .. new[] { "\\ud83d", "\\uDE00", "\\\\", "\\u00e9", "\\n", "é", "😀" }.Select(Encoding.UTF8.GetBytes),
        ];

        public static Arbitrary<MutatedBytes> All() => ByteFuzz.Of(
            [.. new[] { "\"\"", "\"a\"", "\"\\ud83d\\ude00é\"", $"\"{new string('я', 300)}\\u043f\"" }.Select(Encoding.UTF8.GetBytes)], Pieces, mostEdits: 4);
    }
}

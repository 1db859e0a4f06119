using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class FuzzTests
{
    internal const string Body =
        """{"result":[{"id":"5","sourceId":3,"name":"sales","description":false,"dateCreate":"2025-03-21 10:30:00","fields":[{"id":1,"type":"int","name":"ID","externalCode":"id","visible":"Y"}],"uf":{"a":[1,"é",null]}}],"total":1,"next":"50","time":{"start":1.5,"date_start":"2025-03-21T10:30:00+03:00"}}""";

    private static readonly byte[][] Pieces =
    [
        .. new[] { "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-", "1e999", "0", "\\u12", "\"\\ud800\"", "\"error\":", "\u0000", "[[[[[[[[", "{\"a\":" }
            .Select(Encoding.UTF8.GetBytes),
    ];

    [Property(MaxTest = 20_000, Replay = "20261121,20261121", Arbitrary = [typeof(MutatedAnswers)])]
    public void Mutated_answers_give_values_or_typed_exceptions(MutatedBytes answer)
    {
        try
        {
            Read(answer.Bytes);
        }
        catch (Bitrix24Exception)
        {
            // What an unreadable answer is meant to give.
        }
    }

    [Fact]
    public void Ids_of_mutated_pages_are_read_or_refused()
    {
        var (read, refused) = (0, 0);
        ByteFuzz.Check(Mutated("""[{"id":"5","a":{"id":1}},{"x":[],"ID":7},{"id":8.0,"Id":-9}]"""), 20_000, seed: 20261125, page =>
        {
            try
            {
                var reader = new FieldReader(page.Bytes);
                if (reader.Read() && PageKeys.Read(reader, "id"u8) is { } keys)
                {
                    Assert.Equal("ID", keys.Name.ToUpperInvariant());
                    read++;
                }
                else
                {
                    refused++;
                }
            }
            catch (Exception e) when (EnvelopeReader.IsMalformed(e))
            {
                refused++;
            }
        });

        Assert.True(read > 100 && refused > 100);
    }

    /// <summary>JSON texts with one to three changes.</summary>
    internal static Arbitrary<MutatedBytes> Mutated(params IEnumerable<string> texts) => ByteFuzz.Of([.. texts.Select(Encoding.UTF8.GetBytes)], Pieces, mostEdits: 3);

    private static void Read(byte[] bytes)
    {
        using var answer = new RawAnswer(HttpStatusCode.OK, new PooledBuffer(), new Secrets());
        bytes.CopyTo(answer.Body.GetSpan(bytes.Length));
        answer.Body.Advance(bytes.Length);
        EnvelopeReader.Read(new DatasetListRequest(), answer, digest: true);
    }

    private static class MutatedAnswers
    {
        public static Arbitrary<MutatedBytes> Answers() => Mutated(Body);
    }
}

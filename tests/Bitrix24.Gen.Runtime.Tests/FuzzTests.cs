using System.Net;
using System.Text;
using System.Text.Json;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class FuzzTests
{
    internal const string Body =
        """{"result":[{"id":"5","sourceId":3,"name":"sales","description":false,"dateCreate":"2025-03-21 10:30:00","fields":[{"id":1,"type":"int","name":"ID","externalCode":"id","visible":"Y"}],"uf":{"a":[1,"é",null]}}],"total":1,"next":"50","time":{"start":1.5,"date_start":"2025-03-21T10:30:00+03:00"}}""";

    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"", "null", "true", "-", "1e999", "0", "\\u12", "\"\\ud800\"", "\"error\":", "\u0000", "[[[[[[[[", "{\"a\":"];

    [Fact]
    public void Mutated_answers_give_values_or_typed_exceptions()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Mutate(Encoding.UTF8.GetBytes(Body), random);
            try
            {
                Read(bytes);
            }
            catch (Bitrix24Exception)
            {
                // What an unreadable answer is meant to give.
            }
            catch (Exception e)
            {
                Assert.Fail($"{e} for {Convert.ToBase64String(bytes)}");
            }
        }
    }

    [Fact]
    public void Ids_of_mutated_pages_are_read_or_refused()
    {
        var random = new Random(20261125);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Mutate("""[{"id":"5","a":{"id":1}},{"x":[],"ID":7},{"id":8.0,"Id":-9}]"""u8.ToArray(), random);
            try
            {
                var reader = new FieldReader(bytes);
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
        }

        Assert.True(read > 100 && refused > 100);
    }

    private static void Read(byte[] bytes)
    {
        using var answer = new RawAnswer(HttpStatusCode.OK, new PooledBuffer(), new Secrets());
        bytes.CopyTo(answer.Body.GetSpan(bytes.Length));
        answer.Body.Advance(bytes.Length);
        EnvelopeReader.Read(new DatasetListRequest(), answer, digest: true);
    }

    internal static byte[] Mutate(byte[] bytes, Random random)
    {
        var list = new List<byte>(bytes);
        for (var n = random.Next(1, 4); n > 0 && list.Count > 0; n--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(5))
            {
                case 0:
                    list[at] = (byte)random.Next(256);
                    break;
                case 1:
                    list.RemoveRange(at, Math.Min(random.Next(1, 20), list.Count - at));
                    break;
                case 2:
                    list.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 3:
                    list.InsertRange(at, list.GetRange(random.Next(at + 1), 1));
                    break;
                default:
                    list.RemoveRange(at, list.Count - at);
                    break;
            }
        }

        return [.. list];
    }
}

using System.Buffers;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>The request type that was generated for a method reads the answer of each exchange into its result.</summary>
public class GeneratedReaderTests
{
    private const int Rounds = 15_000;

    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"", "null", "true", "-", "1e999", "0", "\\u12", "\"\\ud800\"", "\"error\":", "\"data\":", "\"meta\":5", "\u0000", "[[[[[[[[", "{\"a\":", "\"retryAfter\":1e99"];

    private static readonly int[] Statuses = [200, 200, 200, 201, 204, 302, 400, 401, 429, 500];

    private static readonly Dictionary<string, Type> Requests = typeof(Vibe).Assembly.GetTypes()
        .Where(static t => !t.IsAbstract && t.IsAssignableTo(typeof(IBitrix24Request)) && t.GetConstructor([]) is not null)
        .GroupBy(static t => ((IBitrix24Request)Activator.CreateInstance(t)!).Method.Name, StringComparer.Ordinal)
        .ToDictionary(static g => g.Key, static g => g.First(), StringComparer.Ordinal);

    public static TheoryData<string> Names => Exchange.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void Answer_is_read(string name)
    {
        var exchange = Exchange.Load(name);
        if (exchange.Status >= 400)
        {
            var error = Assert.IsAssignableFrom<Bitrix24ApiException>(Assert.Throws<TargetInvocationException>(() => Read(exchange, exchange.Status, BytesOf(exchange))).InnerException);
            Assert.Equal((exchange.Method, (HttpStatusCode)exchange.Status), (error.Method, error.Status));
            return;
        }

        var result = Read(exchange, exchange.Status, BytesOf(exchange));
        if (exchange.Answer is not null)
            AssertTyped(Assert.IsAssignableFrom<object>(result));
    }

    [Fact]
    public void Mangled_answers_give_values_or_typed_exceptions()
    {
        var random = new Random(20261125);
        var exchanges = Exchange.All().Where(static e => e.Answer is not null).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var exchange = exchanges[random.Next(exchanges.Length)];
            var bytes = Mangle([.. BytesOf(exchange)], random);
            var status = Statuses[random.Next(Statuses.Length)];
            try
            {
                Read(exchange, status, bytes);
            }
            catch (TargetInvocationException e)
            {
                Assert.True(e.InnerException is Bitrix24Exception, $"{exchange.Method} {status} {Convert.ToBase64String(bytes)}: {e.InnerException}");
            }
        }
    }

    private static byte[] Mangle(List<byte> bytes, Random random)
    {
        for (var n = random.Next(1, 4); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] BytesOf(Exchange exchange) => Encoding.UTF8.GetBytes(exchange.Answer?.ToJsonText() ?? "");

    internal static object? Read(Exchange exchange, int status, byte[] body)
    {
        var request = Activator.CreateInstance(Requests[exchange.Method])!;
        var type = request.GetType().GetInterfaces().Single(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IBitrix24Request<>)).GetGenericArguments()[0];
        return typeof(GeneratedReaderTests).GetMethod(nameof(ReadAs), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [request, status, body]);
    }

    private static T ReadAs<T>(IBitrix24Request<T> request, int status, byte[] body)
    {
        using var buffer = new PooledBuffer();
        buffer.Write(body);
        return EnvelopeReader.Read(request, new RawAnswer((HttpStatusCode)status, buffer, new Secrets()), digest: true).Result;
    }

    /// <summary>What the type has a property for did not end up among what it does not know.</summary>
    private static void AssertTyped(object value)
    {
        if (value is JsonElement)
            return;
        if (value is System.Collections.IEnumerable and not string)
        {
            foreach (var item in (System.Collections.IEnumerable)value)
                AssertTyped(item);
        }
        else if (value is Bitrix24Object record)
        {
            var known = record.GetType().GetProperties().Select(static p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            Assert.DoesNotContain(record.Extra.Keys, key => known.Contains(key.Replace("_", "", StringComparison.Ordinal)));
        }
    }
}

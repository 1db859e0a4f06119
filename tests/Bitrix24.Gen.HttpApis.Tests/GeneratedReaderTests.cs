using System.Buffers;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>The request type that was generated for a method reads the answer of each exchange into its result.</summary>
public class GeneratedReaderTests
{
    private static readonly Dictionary<string, Type> s_requests = typeof(Vibe).Assembly.GetTypes()
        .Where(static t => !t.IsAbstract && t.IsAssignableTo(typeof(IBitrix24Request)) && t.GetConstructor([]) is not null)
        .GroupBy(static t => ((IBitrix24Request)Activator.CreateInstance(t)!).Method.Name, StringComparer.Ordinal)
        .ToDictionary(static g => g.Key, static g => g.First(), StringComparer.Ordinal);

    public static TheoryData<string> Names => Exchange.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void Answer_is_read(string name)
    {
        var exchange = Exchange.Load(name);
        var request = Activator.CreateInstance(s_requests[exchange.Method])!;
        var type = request.GetType().GetInterfaces().Single(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IBitrix24Request<>)).GetGenericArguments()[0];
        var read = typeof(GeneratedReaderTests).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type);
        if (exchange.Status >= 400)
        {
            var error = Assert.IsAssignableFrom<Bitrix24ApiException>(Assert.Throws<TargetInvocationException>(() => read.Invoke(null, [request, exchange])).InnerException);
            Assert.Equal((exchange.Method, (HttpStatusCode)exchange.Status), (error.Method, error.Status));
            return;
        }

        var result = read.Invoke(null, [request, exchange]);
        if (exchange.Answer is not null)
            AssertTyped(Assert.IsAssignableFrom<object>(result));
    }

    private static T Read<T>(IBitrix24Request<T> request, Exchange exchange)
    {
        using var buffer = new PooledBuffer();
        buffer.Write(Encoding.UTF8.GetBytes(exchange.Answer?.ToJsonText() ?? ""));
        return EnvelopeReader.Read(request, new RawAnswer((HttpStatusCode)exchange.Status, buffer, new Secrets())).Result;
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

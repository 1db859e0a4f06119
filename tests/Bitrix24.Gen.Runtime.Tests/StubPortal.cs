using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>A portal without a network, on a clock that a test moves.</summary>
internal sealed class StubPortal : HttpMessageHandler
{
    private static int s_count;

    private readonly string _host = $"p{Interlocked.Increment(ref s_count)}.bitrix24.test";

    public string Address => $"https://{_host}";

    public FakeTime Time { get; } = new();

    /// <summary>The answer to a method with a body, and its status.</summary>
    public required Func<string, string, (int Status, string Body)> Answer { get; init; }

    /// <summary>The bucket that the portal keeps; null: none.</summary>
    public (int Capacity, double PerSecond)? Bucket { get; init; }

    /// <summary>Methods that were executed, in order.</summary>
    public ConcurrentQueue<string> Executed { get; } = new();

    public int Refused { get; private set; }

    /// <summary>The key of the last request.</summary>
    public string? IdempotencyKey { get; private set; }

    private double _level;
    private DateTimeOffset _leakedAt = DateTimeOffset.MinValue;

    public HandWritten.Portal Client(Func<Bitrix24ClientOptions, Bitrix24ClientOptions>? change = null, string token = "t")
    {
        var options = new Bitrix24ClientOptions
        {
            HttpClient = new(this, disposeHandler: false),
            TimeProvider = Time,
            RequestTimeout = Timeout.InfiniteTimeSpan,
        };
        return new(Bitrix24Credentials.AccessToken($"https://{_host}", token), change?.Invoke(options) ?? options);
    }

    /// <summary>Moves the clock from timer to timer until the task is done.</summary>
    public async Task<T> Run<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            // What the last timer set free runs on other threads first.
            for (var i = 0; i < 20 && !task.IsCompleted; i++)
                await Task.Yield();
            await Task.Delay(1);
            if (!task.IsCompleted)
                Time.AdvanceToNextTimer();
        }

        return await task;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var method = request.RequestUri!.Segments[^1];
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        if (!Takes())
            return Response(503, """{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}""");
        IdempotencyKey = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.First() : null;
        var (status, text) = Answer(method, body);
        if (status == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        if (status is 200 or 999)
            Executed.Enqueue(method);
        return status == 999 ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut") : Response(status, text);
    }

    private static HttpResponseMessage Response(int status, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private bool Takes()
    {
        lock (Executed)
        {
            if (Bucket is not var (capacity, perSecond))
                return true;
            var now = Time.GetUtcNow();
            _level = Math.Max(0, _level - ((now - _leakedAt).TotalSeconds * perSecond));
            _leakedAt = now;
            if (_level + 1 > capacity)
            {
                Refused++;
                return false;
            }

            _level++;
            return true;
        }
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>What VibeCode says around a value, and counts.</summary>
public class VibeCodeCallTests
{
    [Theory]
    [InlineData("""{"success":true,"data":{"count":5000},"meta":{"totalRecords":9000,"truncated":true}}""")]
    [InlineData("""{"success":true,"meta":{"totalRecords":9000,"truncated":true},"data":{"count":5000}}""")]
    [InlineData("""{"success":true,"data":{"count":5000,"meta":{"totalRecords":9000,"truncated":true}}}""")]
    [InlineData("""{"success":true,"data":{"count":5000,"meta":{"totalRecords":9000,"truncated":true}},"meta":{"durationMs":5}}""")]
    [InlineData("""{"success":true,"data":{},"meta":{"totalRecords":9000,"truncated":true}}""")]
    public async Task Sum_of_a_part_says_so_wherever_the_server_says_it(string body)
    {
        await using var server = await LoopbackServer.StartAsync(body);
        using var client = server.Client(credentials: Bitrix24Credentials.VibeCode("vibe_api_key", url: server.Address.ToString()));

        var sum = await client.CallAsync(HttpMethod.Post, "/v1/deals/aggregate", new JsonObject());

        Assert.True(sum.GetProperty("meta").GetProperty("truncated").GetBoolean());
        Assert.Equal(9000, sum.GetProperty("meta").GetProperty("totalRecords").GetInt32());
    }

    [Theory]
    [InlineData("/v1/deals/batch", "items", 500, 10)]
    [InlineData("/v1/deals/batch", "ids", 51, 2)]
    [InlineData("/v1/deals/batch", "ids", 50, 1)]
    [InlineData("/v1/deals/batch", "ids", 0, 1)]
    [InlineData("/v1/deals/search", "ids", 500, 1)]
    public void Batch_counts_as_a_request_for_each_fifty_records(string path, string list, int count, int permits)
    {
        var credentials = Bitrix24Credentials.VibeCode("vibe_api_key");
        var method = new MethodDescriptor("deals.batch", static () => []) { Verb = "POST", Path = path };
        var typed = new JsonObject { ["action"] = "update", [list] = new JsonArray([.. Enumerable.Range(0, count).Select(static i => (JsonNode)new JsonObject { ["id"] = i })]) };
        var raw = new JsonObject { ["body"] = typed.DeepClone() };

        Assert.Equal(permits, credentials.PermitsOf(method, Encoding.UTF8.GetBytes(typed.ToJsonString())));
        Assert.Equal(permits, credentials.PermitsOf(method, Encoding.UTF8.GetBytes(raw.ToJsonString())));
    }

    [Fact]
    public async Task Permits_of_one_call_are_taken_together()
    {
        var time = new FakeTime();
        using var limiter = new CallLimiter([new SlidingWindow(10, TimeSpan.FromSeconds(1)), new SlidingWindow(300, TimeSpan.FromMinutes(1))], 100, time);

        using (await limiter.AcquireAsync(10))
        {
            var waits = limiter.AcquireAsync(1).AsTask();
            Assert.False(waits.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(2));
            (await waits).Dispose();
        }
    }

    [Fact]
    public void Server_that_refuses_again_and_again_is_left_alone_for_longer()
    {
        // amoCRM shuts out who goes on asking: ten refusals in a minute are enough.
        var time = new FakeTime();
        using var limiter = new CallLimiter([new SlidingWindow(7, TimeSpan.FromSeconds(1))], 100, time);
        var refusals = 0;
        for (var elapsed = 0; elapsed < 600; elapsed++)
        {
            if (limiter.AttemptAcquire(1).IsAcquired)
            {
                // All that were on their way are refused together.
                refusals++;
                limiter.Refused(null);
                limiter.Refused(null);
            }

            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(refusals, 1, 6);
    }
}

using System.Net;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>The cloud's limits, on a clock that only the test moves.</summary>
public sealed class LimitTests
{
    private const string Method = "biconnector.connector.fields";

    [Fact]
    public async Task Bucket_HoldsFifty_AndLeaksTwoASecond()
    {
        var clock = new ManualClock();
        await using var portal = await PortalEmulator.StartAsync(new() { Limits = PortalLimits.Standard, TimeProvider = clock });
        for (var i = 0; i < 50; i++)
            Assert.Equal(HttpStatusCode.OK, (await portal.CallAsync(Method)).Status);
        var refused = await portal.CallAsync(Method);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "QUERY_LIMIT_EXCEEDED"), (refused.Status, refused.Error));

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await portal.CallAsync(Method)).Status);
        Assert.Equal(HttpStatusCode.OK, (await portal.CallAsWebhookAsync(Method)).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await portal.CallAsWebhookAsync(Method)).Status);
    }

    [Fact]
    public async Task BatchIsOneRequest()
    {
        await using var portal = await PortalEmulator.StartAsync(new() { Limits = PortalLimits.Standard with { Capacity = 1 }, TimeProvider = new ManualClock() });
        var reply = await portal.CallAsync("batch", $$"""{"cmd":["{{Method}}","{{Method}}","{{Method}}"]}""");
        Assert.Equal(3, reply.Result!["result"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await portal.CallAsync(Method)).Status);
    }

    [Fact]
    public async Task CommandsOfABatch_CountWhereThePortalIsToldSo()
    {
        var limits = PortalLimits.Standard with { Capacity = 3, CountsCommands = true };
        await using var portal = await PortalEmulator.StartAsync(new() { Limits = limits, TimeProvider = new ManualClock() });
        var reply = await portal.CallAsync("batch", $$"""{"cmd":{"a":"{{Method}}","b":"{{Method}}","c":"{{Method}}"} }""");
        Assert.Equal(2, reply.Result!["result"]!.AsObject().Count);
        Assert.Equal("QUERY_LIMIT_EXCEEDED", reply.Result["result_error"]!["c"]!["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task OperatingTime_BlocksAMethod_UntilItsMinutesAreForgotten()
    {
        var clock = new ManualClock();
        var limits = PortalLimits.Standard with { Operating = TimeSpan.FromSeconds(100), OperatingCost = _ => TimeSpan.FromSeconds(60) };
        await using var portal = await PortalEmulator.StartAsync(new() { Limits = limits, TimeProvider = clock });

        var first = (await portal.CallAsync(Method)).Body!["time"]!;
        Assert.Equal(60, first["operating"]!.GetValue<double>());
        Assert.Equal(HttpStatusCode.OK, (await portal.CallAsync(Method)).Status);
        var blocked = await portal.CallAsync(Method);
        Assert.Equal((HttpStatusCode.TooManyRequests, "OPERATION_TIME_LIMIT"), (blocked.Status, blocked.Error));
        Assert.Equal(HttpStatusCode.OK, (await portal.CallAsync("biconnector.source.fields")).Status);
        var inBatch = await portal.CallAsync("batch", $$"""{"cmd":{"a":"{{Method}}"} }""");
        Assert.Equal("OPERATION_TIME_LIMIT", inBatch.Result!["result_error"]!["a"]!["error"]!.GetValue<string>());

        clock.Advance(DateTimeOffset.FromUnixTimeSeconds(first["operating_reset_at"]!.GetValue<long>()) - clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.OK, (await portal.CallAsync(Method)).Status);
    }
}

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>Clients that neither wait for limits nor repeat calls.</summary>
internal static class TestOptions
{
    public static Bitrix24ClientOptions Impatient { get; } = new()
    {
        RateLimit = Bitrix24RateLimit.None,
        MaxRetries = 0,
        MaxLimitWait = TimeSpan.Zero,
    };

    public static Bitrix24ClientOptions For(HttpMessageHandler handler) => Impatient with { HttpClient = new HttpClient(handler) };
}

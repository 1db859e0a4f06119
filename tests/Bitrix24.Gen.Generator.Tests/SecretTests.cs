using Bitrix24.Gen.Generator.Tests.Harness;

namespace Bitrix24.Gen.Generator.Tests;

public class SecretTests
{
    [Fact]
    public void SecretsOfTheProject_DoNotReachGeneratedText()
    {
        var harness = GeneratorHarness.Run(
            """
            using Bitrix24;

            /// <summary>https://example.bitrix24.com/rest/1/s3cr3tw3bh00k/</summary>
            [Bitrix24Client("biconnector", "s3cr3tselector"), System.Obsolete("s3cr3tattribute")]
            public partial class Portal
            {
                public const string Webhook = "https://example.bitrix24.com/rest/1/s3cr3tw3bh00k/";

                public static Portal Make() => new(Bitrix24Credentials.Webhook(Webhook), new() { MaxRetries = "s3cr3tt0k3n".Length });
            }
            """,
            PackagedFiles.Of());

        Assert.NotEmpty(harness.Sources);
        Assert.All(harness.Sources, static source => Assert.DoesNotContain("s3cr3t", source.Value, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(harness.Result.Diagnostics, static d => d.GetMessage(null).Contains("s3cr3tw3bh00k", StringComparison.Ordinal));
    }
}

using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

public class ClientTests
{
    [Theory]
    [InlineData("[Bitrix24Client(\"biconnector\")] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"landing.landing.favoriteBlock\", \"landing.repowidget\")] public partial class Client;")]
    [InlineData("[Bitrix24Client({|B24020:\"biconector\"|})] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"biconnector\", {|B24020:\"landing.landing.favoritBlock\"|})] public partial class Client;")]
    [InlineData("[Bitrix24Client({|B24020:\"v3/biconnector\"|})] public partial class Client;")]
    [InlineData("[Bitrix24Client({|B24020:\"crm\"|})] public partial class Client;")]
    [InlineData("[Bitrix24Client({|B24020:\"\"|})] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"biconnector\")] public class {|B24021:Client|};")]
    [InlineData("public class {|B24021:Outer|} { [Bitrix24Client(\"biconnector\")] public partial class Client; }")]
    [InlineData("[Bitrix24Client(\"biconnector\")] public partial class {|B24021:Client|}<T>;")]
    [InlineData("[Bitrix24Client(\"biconnector\")] public static partial class {|B24021:Client|};")]
    [InlineData("[Bitrix24Client(\"biconnector\")] public partial record {|B24021:Client|};")]
    [InlineData("public class Base; [Bitrix24Client(\"biconnector\")] public partial class {|B24021:Client|} : Base;")]
    [InlineData("public class NoClient;")]
    public Task A_client_class_can_be_extended_and_selects_what_exists(string source) => Verify.SourceAsync(source);

    [Theory]
    [InlineData("[Bitrix24Client(\"biconector\")] public partial class Client;", "[Bitrix24Client(\"biconnector\")] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"landing.landing.favoritBlock\")] public partial class Client;", "[Bitrix24Client(\"landing.landing.favoriteBlock\")] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"biconnector\")] public class Client;", "[Bitrix24Client(\"biconnector\")] public partial class Client;")]
    [InlineData("internal sealed class Outer { [Bitrix24Client(\"biconnector\")] public partial class Client; }", "internal sealed partial class Outer { [Bitrix24Client(\"biconnector\")] public partial class Client; }")]
    public Task A_fix_mends_the_client_class(string source, string mended) => VerifyFix.SourceAsync(source, mended);
}

using Bitrix24;
using Bitrix24.Infrastructure;

namespace Bitrix24.Gen.Agreement.Tests;

/// <summary>A client of all methods that the fixtures are about.</summary>
[Bitrix24Client("biconnector", "landing.repowidget", "landing.landing.favoriteBlock", "crm.deal")]
public partial class Portal
{
    public MethodDescriptor Method(string name) =>
        FindMethod(name) ?? throw new ArgumentException($"Nothing is generated for {name}.", nameof(name));
}

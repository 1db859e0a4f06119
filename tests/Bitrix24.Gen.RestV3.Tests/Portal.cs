using Bitrix24.Infrastructure;

namespace Bitrix24.Gen.RestV3.Tests;

/// <summary>A client of both versions.</summary>
[Bitrix24Client("v3/tasks", "v3/main", "v3/note", "v3/timeman", "biconnector")]
public partial class Portal
{
    public MethodDescriptor Method(string name) =>
        FindMethod(name) ?? throw new ArgumentException($"Nothing is generated for {name}.", nameof(name));
}

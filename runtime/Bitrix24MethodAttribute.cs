using System.ComponentModel;

namespace Bitrix24.Infrastructure;

/// <summary>Names the API method of a generated method or request, so that analyzers find its rules.</summary>
/// <param name="method">The method: <c>biconnector.dataset.add</c>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = false)]
public sealed class Bitrix24MethodAttribute(string method) : Attribute
{
    /// <summary>The method.</summary>
    public string Method { get; } = method;

    /// <summary>The API that it belongs to.</summary>
    public string Api { get; set; } = "bitrix24";
}

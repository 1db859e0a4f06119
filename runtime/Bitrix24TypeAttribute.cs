using System.ComponentModel;

namespace Bitrix24.Infrastructure;

/// <summary>Names the spec type of a generated class, so that analyzers find its rules.</summary>
/// <param name="type">The type: <c>biconnector.dataset/Dataset</c>.</param>
/// <param name="view">The view of it: <c>read</c>, <c>create</c> or <c>update</c>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class Bitrix24TypeAttribute(string type, string view) : Attribute
{
    /// <summary>The type.</summary>
    public string Type { get; } = type;

    /// <summary>The view of it.</summary>
    public string View { get; } = view;

    /// <summary>The API that it belongs to.</summary>
    public string Api { get; set; } = "bitrix24";
}

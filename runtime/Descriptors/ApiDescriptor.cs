namespace Bitrix24.Infrastructure;

/// <summary>What the methods of an API share.</summary>
public sealed class ApiDescriptor
{
    /// <summary>An API of which nothing is known.</summary>
    public static ApiDescriptor Unknown { get; } = new();

    /// <summary>REST 3.0, where nothing else is known of it.</summary>
    internal static ApiDescriptor UnknownV3 { get; } = new() { Envelope = EnvelopeKind.Bitrix24V3 };

    /// <summary>How answers and errors are wrapped.</summary>
    public EnvelopeKind Envelope { get; init; }

    /// <summary>Error codes by rule, where neither field, type nor method names one.</summary>
    public RuleError[] RuleErrors { get; init; } = [];

    /// <summary>Errors that any method may answer.</summary>
    public MethodError[] Errors { get; init; } = [];

    /// <summary>What may stand before a field name in a filter; none: anything.</summary>
    public string[] FilterOperators { get; init; } = [];

    /// <summary>What may stand inside a filter's value as an operator; none: the API has no such.</summary>
    public string[] FilterKeys { get; init; } = [];

    /// <summary>Sort directions, in any case; none: anything.</summary>
    public string[] OrderDirections { get; init; } = [];

    /// <summary>Forms of an order beside the object: <c>string</c>, <c>array</c>.</summary>
    public string[] OrderForms { get; init; } = [];

    /// <summary>The server may take names in another case.</summary>
    public bool AnyNameCase { get; init; }

    /// <summary>Calls that a batch takes in one request.</summary>
    public int BatchLimit { get; init; } = 50;

    /// <summary>Parameters of every method, such as credentials.</summary>
    public string[] CommonParameters { get; init; } = [];
}

using System.ComponentModel;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>What the methods of an API share.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class ApiDescriptor
{
    /// <summary>Calls that a batch takes in one request, where the API does not say.</summary>
    internal const int UsualBatchLimit = 50;

    private readonly Func<IEnumerable<IReadOnlyList<MethodDescriptor>>>? _methods;
    private Dictionary<string, MethodDescriptor>? _methodsByName;

    /// <summary>An API of which nothing is known but what is assigned.</summary>
    public ApiDescriptor()
    {
    }

    /// <summary>An API of which nothing is known.</summary>
    public static ApiDescriptor Unknown { get; } = new();

    /// <summary>REST 3.0, where nothing else is known of it.</summary>
    internal static ApiDescriptor UnknownV3 { get; } = new() { Envelope = EnvelopeKind.Bitrix24V3 };

    /// <summary>How answers and errors are wrapped.</summary>
    public EnvelopeKind Envelope { get; init; }

    /// <summary>Error codes by rule, where neither field, type nor method names one.</summary>
    public IReadOnlyList<RuleError> RuleErrors { get; init; } = [];

    /// <summary>Errors that any method may answer.</summary>
    public IReadOnlyList<MethodError> Errors { get; init; } = [];

    /// <summary>What may stand before a field name in a filter; none: anything.</summary>
    public IReadOnlyList<string> FilterOperators { get; init; } = [];

    /// <summary>What may stand inside a filter's value as an operator; none: the API has no such.</summary>
    public IReadOnlyList<string> FilterKeys { get; init; } = [];

    /// <summary>Those of <see cref="FilterOperators"/> that compare with a list of values.</summary>
    public IReadOnlyList<string> ListOperators { get; init; } = [];

    /// <summary>Those of <see cref="FilterOperators"/> that look for a part of a text: the per cent sign is a character like any other.</summary>
    public IReadOnlyList<string> ContainsOperators { get; init; } = [];

    /// <summary>Those of <see cref="FilterOperators"/> in whose value the per cent sign stands for any text.</summary>
    public IReadOnlyList<string> LikeOperators { get; init; } = [];

    /// <summary>Names of fields are written in camelCase, also those that no spec describes; a custom field keeps its name.</summary>
    public bool CamelCaseFields { get; init; }

    /// <summary>Sort directions, in any case; none: anything.</summary>
    public IReadOnlyList<string> OrderDirections { get; init; } = [];

    /// <summary>Forms of an order beside the object: <c>string</c>, <c>array</c>.</summary>
    public IReadOnlyList<string> OrderForms { get; init; } = [];

    /// <summary>How exact the names of parameters and fields are.</summary>
    public NameCase NameCase { get; init; }

    /// <summary>Where no error code says otherwise, the server takes what PHP makes of a value: a number for a text, "Y" for true.</summary>
    public bool LooseTypes { get; init; }

    /// <summary>Calls that a batch takes in one request.</summary>
    public int BatchLimit { get; init; } = UsualBatchLimit;

    /// <summary>Parameters of every method, such as credentials.</summary>
    public IReadOnlyList<string> CommonParameters { get; init; } = [];

    /// <summary>The generated method of a name; null: there is none, or nobody asks for methods of this API by name.</summary>
    internal MethodDescriptor? FindMethod(string name) =>
        (_methodsByName ??= MethodsByName()).TryGetValue(name, out var method) ? method : null;

    // Two threads that ask first make two of it; either will do.
    private Dictionary<string, MethodDescriptor> MethodsByName()
    {
        var methods = new Dictionary<string, MethodDescriptor>(StringComparer.Ordinal);
        foreach (var file in _methods?.Invoke() ?? [])
        {
            foreach (var method in file)
            {
                if (!methods.ContainsKey(method.Name))
                    methods.Add(method.Name, method);
            }
        }

        return methods;
    }
}

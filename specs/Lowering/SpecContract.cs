using System.Collections.Concurrent;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Bitrix24.Gen.Specs.Contract;

/// <summary>
/// The specs of a set, lowered: descriptors of its APIs, methods and types, made when they are asked for, and once. What
/// validates, prints or emulates takes these, so that a spec is interpreted once.
/// </summary>
public sealed class SpecContract
{
    private readonly SpecSet _set;
    private readonly ConcurrentDictionary<string, ApiDescriptor> _apis = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FieldLowering> _fields = new(StringComparer.Ordinal);

    // What is of the set, by name. Sets share documents, and a descriptor knows its set: a table by the objects of a document would
    // keep every set that was ever made of it.
    private readonly ConcurrentDictionary<(string Api, string File, string Name), TypeDescriptor> _types = new();
    private readonly ConcurrentDictionary<(string Api, string Name), MethodDescriptor> _methods = new();

    // What is made up by who asks.
    private readonly ConditionalWeakTable<TypeSpec, TypeDescriptor> _otherTypes = new();
    private readonly ConditionalWeakTable<MethodSpec, MethodDescriptor> _otherMethods = new();
    private readonly ConcurrentDictionary<string, AllMethods> _others = new(StringComparer.Ordinal);

    internal SpecContract(SpecSet set) => _set = set;

    /// <summary>What the methods of an API share.</summary>
    public ApiDescriptor Api(string api) => _apis.GetOrAdd(api, name => ApiLowering.Lower(_set.Profile(name)));

    /// <summary>A method, of the set or made up of its types.</summary>
    public MethodDescriptor Method(MethodSpec method) => ReferenceEquals(_set.FindMethod(method.Name, method.Api), method)
        ? _methods.GetOrAdd((method.Api, method.Name), _ => LowerMethod(method))
        : _otherMethods.GetValue(method, LowerMethod);

    /// <summary>A field or parameter.</summary>
    public FieldDescriptor Field(FieldSpec field, string api) => Fields(api).Lower(field);

    /// <summary>A type of the set that is an object.</summary>
    public TypeDescriptor Type(TypeSpec type, string api) => ReferenceEquals(_set.FindType(type.File, type.Name, api), type)
        ? _types.GetOrAdd((api, type.File, type.Name), _ => LowerType(type, api))
        : _otherTypes.GetValue(type, t => LowerType(t, api));

    /// <summary>What a method answers.</summary>
    /// <param name="method">The method.</param>
    /// <param name="name">What the answer is called in texts.</param>
    internal FieldDescriptor? Result(MethodSpec method, string name) => method.Result is { } result
        ? Field(new FieldSpec { Name = name, Type = result.Type, Nullable = result.Nullable }, method.Api)
        : null;

    private FieldLowering Fields(string api) => _fields.GetOrAdd(api, name => new(_set, name, this));

    private TypeDescriptor LowerType(TypeSpec type, string api) =>
        new(type.Name, () => [.. type.Fields.Select(Fields(api).Lower)])
        {
            Spec = type,
            Open = type.Open,
            Undescribed = type.Undescribed,
            AnyCase = _set.Profile(api).AnswerNameCase == NameCase.Any,
            Errors = [.. type.Errors],
        };

    private MethodDescriptor LowerMethod(MethodSpec method)
    {
        var profile = _set.Profile(method.Api);
        return new(method.Name, () => [.. method.Params.Select(Fields(method.Api).Lower)])
        {
            Api = Api(method.Api),
            Operation = method.Operation,
            Idempotency = method.Idempotency,
            Access = (method.AllowWebhook ? MethodAccess.Webhook : 0) | (method.AllowApplication ? MethodAccess.Application : 0),
            Caller = method.Access,
            Paging = method.Paging,
            PageSize = method.PageSize ?? profile.PageSize,
            OpenParameters = method.OpenParams,
            OpenFilter = method.OpenFilter,
            NameCase = method.NameCase,
            QueryCase = method.QueryCase,
            Positional = method.Positional,
            NotBatchable = !method.Batchable,
            ResultPath = method.Result?.At,
            ResultNullable = method.Result?.Nullable ?? method.NoResult,
            Replacement = method.Deprecated ? method.Replacement ?? "" : null,
            Verb = method.Http?.Verb,
            Path = method.Http?.Path,
            Errors = ApiLowering.Texts(method.Errors),
            Messages = _set.FindFile(method.File, method.Api) is { } file ? ApiLowering.Texts(file.Messages) : [],
            RuleErrors = [.. method.RuleErrors],
            CheckOrder = [.. method.CheckOrder],
            Others = _others.GetOrAdd(method.Api, api => new(_set, api)),
        };
    }

    /// <summary>All methods of an API.</summary>
    private sealed class AllMethods(SpecSet set, string api) : IMethodCatalog
    {
        public IEnumerable<string>? Names => set.MethodNames(api);

        public MethodDescriptor? Find(string name) => set.FindMethod(name, api) is { } method ? set.Contract.Method(method) : null;
    }
}

using System.Text;
using Bitrix24.Gen.Specs;
using Bitrix24.Infrastructure;
using Contract = Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Agreement.Tests;

/// <summary>The rule engine over both of its values: nodes of the specs, and the bytes that the runtime sends.</summary>
internal sealed class Adapters
{
    private readonly SpecSet _specs = SpecSets.All;

    private readonly Dictionary<Contract.TypeDescriptor, TypeDescriptor> _types = [];
    private readonly Dictionary<MethodSpec, MethodDescriptor> _methods = [];

    /// <summary>The method; null where no spec has it.</summary>
    public MethodSpec? Find(string method, string api) => _specs.FindMethod(method, api);

    /// <summary>How many violations both find; fails where they find others.</summary>
    public int AssertAgree(MethodSpec method, string parameters)
    {
        var expected = SpecValidator.Validate(_specs, method, JsonReader.Read(parameters).Root)
            .Select(static v => (v.RuleId, v.Path, v.Code, v.Message, v.Severity.ToString())).ToList();
        var printed = Printed(method);
        var actual = CallValidator.Validate(printed, Encoding.UTF8.GetBytes(parameters), printed.Access)
            .Select(static v => (v.Rule, v.Path, v.Code, v.Message, v.Severity.ToString()));

        Assert.True(
            expected.SequenceEqual(actual),
            $"{method.Name} {parameters}\nnodes: {string.Join("; ", expected)}\nbytes: {string.Join("; ", actual)}");
        return expected.Count;
    }

    /// <summary>The method as the runtime reads it from what the generator prints.</summary>
    private MethodDescriptor Printed(MethodSpec spec)
    {
        if (_methods.TryGetValue(spec, out var known))
            return known;
        var method = _specs.Contract.Method(spec);
        var api = new ApiDescriptor(Contract.NotationWriter.Facts(method.Api));
        var (fields, types) = Print(method.Parameters);
        MethodError[] messages = [.. method.Messages.Select(static m => new MethodError(m.Code, m.Message))];
        var printed = Assert.Single(MethodDescriptor.Read(
            api, types, messages, method.Name, Contract.NotationWriter.Facts(method, method.Errors), fields));
        printed.Others = new PrintedMethods(this, spec.Api);
        return _methods[spec] = printed;
    }

    /// <summary>All methods of an API, as if a client had selected them.</summary>
    private sealed class PrintedMethods(Adapters adapters, string api) : IMethodCatalog
    {
        public IEnumerable<string>? Names => adapters._specs.MethodNames(api);

        public MethodDescriptor? Find(string name) => adapters.Find(name, api) is { } spec ? adapters.Printed(spec) : null;
    }

    private TypeDescriptor Printed(Contract.TypeDescriptor type)
    {
        if (_types.TryGetValue(type, out var known))
            return known;
        var (fields, types) = Print(type);
        return _types[type] = new(fields, types, type.Name, Contract.NotationWriter.Facts(type));
    }

    private (string Fields, Func<TypeDescriptor[]> Types) Print(Contract.TypeDescriptor type)
    {
        var types = new List<Contract.TypeDescriptor>();
        var fields = new Contract.NotationWriter(t =>
        {
            if (!types.Contains(t))
                types.Add(t);
            return types.IndexOf(t);
        }).Fields(type.Fields);
        return (fields, () => [.. types.Select(Printed)]);
    }
}

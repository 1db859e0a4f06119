using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;
using Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Writes the descriptors of one generated file, and numbers the types that they refer to.</summary>
internal sealed class DescriptorTexts
{
    private readonly SpecContract _contract;
    private readonly string _api;
    private readonly ApiNames _names;
    private readonly ValueResolver _values;
    private readonly NotationWriter _writer;
    private readonly List<TypeDescriptor> _types = [];
    private bool _refers;

    public DescriptorTexts(SpecContract contract, string api, ApiNames names, ValueResolver values)
    {
        (_contract, _api, _names, _values) = (contract, api, names, values);
        _writer = new(NumberOf);
    }

    /// <summary>Where the descriptors are that the numbers mean.</summary>
    public EquatableArray<string> Types => _types.Select(Reference).ToEquatableArray();

    public DescriptorModel Of(TypeSpec type)
    {
        var descriptor = _contract.Type(type, _api);
        return Of(descriptor, NotationWriter.Facts(descriptor));
    }

    /// <summary>The descriptor of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="needed">The codes that rules raise: the runtime asks for the texts of no others.</param>
    /// <param name="messages">The texts that the methods of the file share.</param>
    public DescriptorModel Of(MethodSpec method, EquatableArray<string> needed, EquatableArray<ErrorSpec> messages)
    {
        var descriptor = _contract.Method(method);
        var errors = descriptor.Errors
            .Where(e => needed.Contains(e.Code, StringComparer.Ordinal) && !messages.Any(m => m.Code == e.Code && m.Message == e.Message))
            .ToList();
        return Of(descriptor.Parameters, NotationWriter.Facts(descriptor, errors));
    }

    /// <summary>The descriptor of an object whose one field it is.</summary>
    public DescriptorModel Of(FieldSpec field) => Of(new TypeDescriptor(field.Name, () => [_contract.Field(field, _api)]), "");

    private DescriptorModel Of(TypeDescriptor fields, string facts)
    {
        _refers = false;
        return new(_writer.Fields(fields.Fields), facts, _refers);
    }

    private int NumberOf(TypeDescriptor type)
    {
        _refers = true;
        var number = _types.IndexOf(type);
        if (number >= 0)
            return number;
        _types.Add(type);
        return _types.Count - 1;
    }

    private string Reference(TypeDescriptor type)
    {
        var name = _names.Find(type.Spec!.File, type.Spec.Name)!;
        return _values.Reference(name.Namespace, name.Descriptors) + "." + name.Name;
    }
}

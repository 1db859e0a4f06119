using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes a method's request class, and the member of the group client that sends it.</summary>
/// <param name="writer">Takes the text.</param>
/// <param name="method">The method.</param>
/// <param name="index">Its index among the methods of its file.</param>
/// <param name="access"><c>public</c> or <c>internal</c>.</param>
internal sealed class RequestEmitter(SourceWriter writer, MethodModel method, int index, string access)
{
    private const string Task = "b24t::Task";
    private const string Cancellation = "b24cancel cancellationToken = default";

    // Members of the runtime's ListRequest that a parameter may have the name of.
    private static readonly string[] ListMembers = ["Filter", "Select", "Order", "Position", "With"];

    private readonly ListMethodShape? _list = ListMethodShape.Of(method);

    // What the parameters are about.
    private readonly string _owner = method.Spec.Of?.Name ?? method.RequestName.Substring(0, method.RequestName.Length - "Request".Length);

    public void EmitRequest()
    {
        writer.Summary(DocText.Sentence(method.Spec)).Remarks(DocText.Remarks(method.Spec));
        writer.Line(SourceFile.MethodAttribute(method.Spec));
        var descriptor = $"{SourceFile.Descriptors}{DescriptorEmitter.Methods}[{CSharpText.Number(index)}]";
        writer.Open($"{access} sealed partial class {method.RequestName}() : {BaseType()}({descriptor}, {Reader()})");
        foreach (var parameter in method.Params)
        {
            if (_list?.IsQuery(parameter) == true || ValueCode.FixedLiteral(parameter) is not null)
                continue;
            TypeEmitter.EmitDoc(writer, parameter, _owner);
            if (parameter == _list?.Position)
                writer.Line($"public {(Hides(parameter) ? "new " : "")}{PositionType(parameter)}? {parameter.Name} "
                    + $"{{ get => ({PositionType(parameter)}?)base.Position; set => base.Position = value; }}");
            else
                TypeEmitter.EmitInput(writer, parameter, Hides(parameter) ? "new " : "");
        }

        TypeEmitter.EmitWrites(writer, method.Params.Select(WriteCode));
        writer.Close().Line();
    }

    /// <summary>Writes the member of the group client.</summary>
    public void EmitMember()
    {
        var (arguments, request) = Member();
        writer.Line($"/// <inheritdoc cref=\"{method.RequestName}\"/>");
        writer.Line(SourceFile.MethodAttribute(method.Spec));
        var call = _list is null
            ? $"_client.SendAsync({request}, cancellationToken)"
            : $"_client.ListAsync({request}, {QueryName()}, cancellationToken)";
        writer.Line($"public {Signature(arguments)} =>");
        writer.Indent().Line(call + ";").Unindent();
        var given = Given();
        if (given.Count > CSharpNames.MaxParameters)
            return;
        var required = given.Where(static p => p.Spec.Required).ToList();
        EmitAggregate(required);
        EmitNested(required);
    }

    /// <summary>Writes the member as an interface declares it.</summary>
    public void EmitSignature()
    {
        writer.Line($"/// <inheritdoc cref=\"{method.RequestName}\"/>");
        writer.Line(SourceFile.MethodAttribute(method.Spec));
        writer.Line(Signature(Member().Arguments) + ";");
    }

    private string Signature(IEnumerable<string> arguments)
    {
        var returns = _list is not null ? $"b24c::IAsyncEnumerable<{_list.Item}>" : HasNoResult ? Task : $"{Task}<{ResultType()}>";
        return $"{returns} {method.Name}({string.Join(", ", arguments)})";
    }

    /// <summary>
    /// What the caller passes one by one. The query and the page have forms of their own, a fixed value has none, and a parameter
    /// that only examples show is a property of the request: the day it is documented or dropped no positional call changes its meaning.
    /// </summary>
    private List<FieldModel> Given() =>
        [.. method.Params.Where(p => _list?.IsQuery(p) != true && p != _list?.Position && ValueCode.FixedLiteral(p) is null && !p.Spec.IsShownOnly)];

    /// <summary>The arguments of the member, and the request that it makes of them.</summary>
    private (List<string> Arguments, string Request) Member()
    {
        var given = Given();
        var arguments = new List<string>();
        if (given.Count > CSharpNames.MaxParameters)
        {
            var isOptional = !method.Params.Any(IsDemanded);
            if (_list is not null)
                arguments.Add(Query());
            arguments.Insert(isOptional ? arguments.Count : 0, $"{method.RequestName}{(isOptional ? "? request = null" : " request")}");
            arguments.Add(Cancellation);
            return (arguments, isOptional ? "request ?? new()" : "request");
        }

        var required = given.Where(static p => p.Spec.Required).ToList();
        var optional = given.Where(static p => !p.Spec.Required).ToList();
        arguments.AddRange(Arguments(required));
        if (_list is not null)
            arguments.Add(Query());
        arguments.AddRange(optional.Select(static p => $"{TypeEmitter.InputType(p, nullable: true)} {CSharpNames.Parameter(p.Name)} = null"));
        arguments.Add(Cancellation);
        var values = string.Join(", ", required.Concat(optional).Select(static p => $"{p.Name} = {CSharpNames.Parameter(p.Name)}"));
        return (arguments, $"new {method.RequestName}{(values.Length == 0 ? "()" : $" {{ {values} }}")}");
    }

    /// <summary>An aggregate is written with typed fields: what cannot be summed has no such member.</summary>
    private void EmitAggregate(List<FieldModel> required)
    {
        if (method.Spec.Operation != Operation.Aggregate
            || method.Params.FirstOrDefault(static p => p.Spec.As == View.Filter && p.Value.Shape == ValueShape.Object) is not { } filter
            || method.Params.FirstOrDefault(static p => p.Spec.As == View.Create && p.Value is { Shape: ValueShape.List, Element.Shape: ValueShape.Object }) is not { } functions)
        {
            return;
        }

        var group = method.Params.FirstOrDefault(static p => p.Spec.As == View.Select && p.Value.Shape == ValueShape.Object);
        var groups = group is null ? "b24::Infrastructure.NoFields" : CSharpNames.Of(group.Value.CSharpType!, View.Select);
        var query = $"b24::AggregateQuery<{CSharpNames.Of(filter.Value.CSharpType!, View.Filter)}, {groups}>";
        var function = ValueCode.TypeOf(functions.Value.Element!, View.Create);
        var arguments = Arguments(required).Append($"b24s::Action<{query}> query").Append(Cancellation);
        writer.Line($"/// <inheritdoc cref=\"{method.RequestName}\"/>");
        writer.Open($"public {Task}<{ResultType()}> {method.Name}({string.Join(", ", arguments)})");
        writer.Line($"{query} q = {query}.Of(query);");
        var given = required.Select(static p => $"{p.Name} = {CSharpNames.Parameter(p.Name)}")
            .Append($"{functions.Name} = q.Functions(static (function, field) => new {function} {{ Function = function, Field = field }})")
            .Append($"{filter.Name} = q.Filter");
        if (group is not null)
            given = given.Append($"{group.Name} = q.Groups");
        writer.Line($"return _client.SendAsync(new {method.RequestName} {{ {string.Join(", ", given)} }}, cancellationToken);").Close();
    }

    /// <summary>One action on many records takes them typed, as the method takes one.</summary>
    private void EmitNested(List<FieldModel> required)
    {
        foreach (var nested in method.Nested)
        {
            var others = required.Where(p => p.Spec.Name != nested.Selector).ToList();
            var record = ValueCode.TypeOf(nested.Record, View.Read);
            var items = nested.Content is not { } content ? "b24c::IEnumerable<long> ids"
                : nested.View == View.Update ? $"b24c::IEnumerable<b24c::KeyValuePair<long, {ValueCode.TypeOf(content, View.Update)}>> items"
                : $"b24c::IEnumerable<{ValueCode.TypeOf(content, View.Create)}> items";
            writer.Summary($"Calls <c>{CSharpText.Xml(method.Spec.Name)}</c> with the action <c>{CSharpText.Xml(nested.Value)}</c>; each record is answered by itself.");
            writer.Line($"public {Task}<b24c::IReadOnlyList<b24::RecordOutcome<{record}>>> {nested.Name}({string.Join(", ", Arguments(others).Append(items).Append(Cancellation))}) =>");
            var beside = others.Select(static p => $"[{CSharpText.Literal(p.Spec.Name)}] = {CSharpNames.Parameter(p.Name)}")
                .Prepend($"[{CSharpText.Literal(nested.Selector)}] = {CSharpText.Literal(nested.Value)}");
            var key = nested.Content is not null && nested.View == View.Update ? CSharpText.Literal(nested.Key!) + ", " : "";
            var descriptor = $"{SourceFile.Descriptors}{DescriptorEmitter.Methods}[{CSharpText.Number(index)}]";
            var call = $"_client.SendAsync(b24::RecordBatchRequest<{record}>.Of({descriptor}, {CSharpText.Literal(nested.List)}, {key}{(nested.Content is null ? "ids" : "items")}, "
                + $"new b24c::Dictionary<string, b24::Bitrix24Value> {{ {string.Join(", ", beside)} }}), cancellationToken);";
            writer.Indent().Line(call).Unindent();
        }
    }

    private static IEnumerable<string> Arguments(IEnumerable<FieldModel> parameters) =>
        parameters.Select(static p => $"{TypeEmitter.InputType(p, p.Spec.Nullable)} {CSharpNames.Parameter(p.Name)}");

    private string BaseType() => _list is null
        ? $"b24::Bitrix24Request<{ResultType()}>"
        : $"b24::ListRequest<{_list.Item}, {_list.Query}>";

    private bool Hides(FieldModel parameter) => _list is not null && ListMembers.Contains(parameter.Name, StringComparer.Ordinal);

    /// <summary>C# asks for the property of the request.</summary>
    private bool IsDemanded(FieldModel parameter) =>
        parameter.Spec.Required && _list?.IsQuery(parameter) != true && parameter != _list?.Position && ValueCode.FixedLiteral(parameter) is null;

    private string Query() => $"b24s::Action<b24::ListQuery<{_list!.Query}>>? {QueryName()} = null";

    private string QueryName() => method.Params.Any(static p => p.Name == "Query") ? "listQuery" : "query";

    private static string PositionType(FieldModel parameter) => parameter.Value.Scalar == TypeKind.Long ? "long" : "int";

    private string WriteCode(FieldModel parameter, int index)
    {
        if (ValueCode.FixedLiteral(parameter) is { } literal)
            return ValueCode.WriteFixed(parameter, index, literal);
        if (_list?.IsQuery(parameter) == true)
            return $"w.{parameter.Spec.As}({CSharpText.Number(index)}, base.{parameter.Spec.As})";
        return parameter == _list?.Position
            ? $"w.Long({CSharpText.Number(index)}, base.Position)"
            : TypeEmitter.WriteCode(parameter, index, !parameter.Spec.Required || parameter.Spec.Nullable);
    }

    private bool HasNoResult => method.Result is null && method.Spec.NoResult;

    private string ResultType() => method.Result is { } result
        ? ValueCode.TypeOf(result, View.Read) + (IsNullableResult(result) ? "?" : "")
        : HasNoResult ? "b24::NoResult" : "b24any";

    private string Reader() => method.Result is { } result
        ? ValueCode.Reader(result, IsNullableResult(result))
        : HasNoResult ? "b24read.NoResult" : "b24read.Json";

    private bool IsNullableResult(ValueModel result) =>
        method.Spec.Result!.Nullable && result.Shape is not (ValueShape.List or ValueShape.Map);
}

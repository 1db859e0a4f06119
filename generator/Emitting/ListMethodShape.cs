using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>What makes a method one that lists records page after page.</summary>
internal sealed class ListMethodShape
{
    private readonly FieldModel? _filter;
    private readonly FieldModel? _select;
    private readonly FieldModel? _order;

    private ListMethodShape(MethodModel method)
    {
        _filter = Find(method, View.Filter);
        _select = Find(method, View.Select);
        _order = Find(method, View.Order);
        Item = ValueCode.TypeOf(method.Result!.Element!, View.Read);
        var name = method.Spec.Paging switch
        {
            Paging.Start => "start",
            Paging.Page or Paging.Link => "page",
            Paging.Limit => "offset",
            _ => null,
        };
        Position = method.Params.FirstOrDefault(p =>
            string.Equals(p.Spec.Name, name, StringComparison.OrdinalIgnoreCase) && p.Value is { Shape: ValueShape.Scalar, Scalar: TypeKind.Int or TypeKind.Long });
    }

    /// <summary>The C# type of a record.</summary>
    public string Item { get; }

    /// <summary>The structs of filter, select and order, as type arguments.</summary>
    public string Query => $"{FieldsOf(_filter)}, {FieldsOf(_select)}, {FieldsOf(_order)}";

    /// <summary>The parameter that says where a page begins.</summary>
    public FieldModel? Position { get; }

    public static ListMethodShape? Of(MethodModel method) =>
        method.Result?.Shape == ValueShape.List && (method.Spec.Paging != Paging.None || Find(method, View.Filter) is not null)
            ? new ListMethodShape(method)
            : null;

    /// <summary>The parameter is carried by the runtime's base class.</summary>
    public bool IsQuery(FieldModel parameter) => parameter == _filter || parameter == _select || parameter == _order;

    private static FieldModel? Find(MethodModel method, View view) => method.Params.FirstOrDefault(p =>
        p.Spec.As == view && p.Value.Shape == ValueShape.Object);

    private static string FieldsOf(FieldModel? parameter) => parameter is null
        ? "b24::Infrastructure.NoFields"
        : CSharpNames.Of(parameter.Value.CSharpType!, parameter.Spec.As!.Value);
}

using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>What a generated class stands for: a view of a spec type, or the parameters of a method.</summary>
/// <param name="Method">The method that values of the class are checked as parameters of; for a view one is made up that takes just that.</param>
/// <param name="Specs">The specs that resolve its types.</param>
/// <param name="IsView">The class is a view, not a request.</param>
/// <param name="Fields">Fields and parameters by the C# names of their properties.</param>
internal sealed record TypedModel(MethodSpec Method, SpecSet Specs, bool IsView, IReadOnlyDictionary<string, FieldSpec> Fields)
{
    /// <summary>The class is a view whose fields may all be left out.</summary>
    public bool IsUpdate => IsView && Method.Params[0].As == View.Update;

    /// <summary>What a property is sent as.</summary>
    public WireTarget? Target(string property) => Fields.TryGetValue(property, out var field) ? WireTarget.Of(field, Owner, Specs, Method.Api) : null;

    private string Owner => IsView ? Method.Params[0].Type.Name! : CSharpNames.Stem(Method, Specs.Profile(Method.Api));
}

/// <summary>Knows which spec field a property of generated code is.</summary>
internal sealed class TypedModels(SpecCatalog catalog)
{
    /// <summary>The parameter of the made-up method of a view.</summary>
    public const string ViewParameter = "value";

    private const string ExtraProperty = "Extra";

    private readonly ConcurrentDictionary<ITypeSymbol, TypedModel?> _models = new(SymbolEqualityComparer.Default);

    /// <summary>The model of a class; null where it is not generated from a spec.</summary>
    public TypedModel? Of(ITypeSymbol? type, CancellationToken cancellationToken)
    {
        if (type is not INamedTypeSymbol { TypeKind: Microsoft.CodeAnalysis.TypeKind.Class, IsAnonymousType: false, SpecialType: SpecialType.None } named)
            return null;
        if (_models.TryGetValue(type, out var known))
            return known;
        return _models[type] = View(named, cancellationToken) ?? Request(named, cancellationToken);
    }

    /// <summary>Translates C# values into what the wire would have.</summary>
    public JsonTranslator Translator(CancellationToken cancellationToken, bool isFinal = true) => new(Translate, isFinal, cancellationToken);

    /// <summary>Parameters by the names of the C# parameters of a method on a group client.</summary>
    public static Dictionary<string, FieldSpec> Parameters(KnownMethod method)
    {
        var members = CSharpNames.Members(method.Spec, method.Specs.Profile(method.Spec.Api));
        return Named(members.Select(static m => CSharpNames.Parameter(m).TrimStart('@')), method.Spec.Params);
    }

    /// <summary>The members that an object initializer assigns, by their wire names.</summary>
    public JsonNode? Translate(IObjectCreationOperation creation, JsonTranslator translator)
    {
        if (Of(creation.Type, translator.CancellationToken) is not { } model)
            return null;
        var properties = new List<JsonProperty>();
        var isWhole = translator.IsFinal && creation.Arguments.IsEmpty;
        foreach (var initializer in creation.Initializer?.Initializers ?? System.Collections.Immutable.ImmutableArray<IOperation>.Empty)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } assignment
                && Property(target, assignment.Value, model, translator) is { } property)
            {
                properties.Add(property);
            }
            else if (initializer is IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation member } extra && IsExtra(member))
            {
                isWhole &= translator.AddMembers(extra.Initializer, properties);
            }
            else
            {
                isWhole = false;
            }
        }

        var range = creation.Syntax.Span.ToRange();
        if (isWhole)
            AddRequired(model, properties, range);
        return new JsonObject(range, properties) { Partial = !isWhole };
    }

    /// <summary>What is sent beyond the properties of a generated class.</summary>
    public static bool IsExtra(IPropertyReferenceOperation property) =>
        property.Property.Name == ExtraProperty && KnownSymbols.IsRuntimeType(property.Property.ContainingType, "Bitrix24Input");

    // The compiler sees to required members; to the rest, as one of two that must be given, it does not.
    private static void AddRequired(TypedModel model, List<JsonProperty> properties, TextRange range)
    {
        if (model.IsUpdate)
            return;
        foreach (var field in model.Fields.Values)
        {
            if (field.Required && !properties.Exists(p => p.Name == field.Name))
                properties.Add(new(field.Name, range, new JsonUnknown(range)));
        }
    }

    /// <summary>An assigned property as a member of a JSON object.</summary>
    public static JsonProperty? Property(IPropertyReferenceOperation target, IOperation value, TypedModel model, JsonTranslator translator)
    {
        if (model.Target(target.Property.Name) is not { } field)
            return null;
        var name = target.Syntax is MemberAccessExpressionSyntax access ? access.Name : target.Syntax;
        return new(field.Name, name.Span.ToRange(), Value(value, target.Property.Type, field, translator));
    }

    /// <summary>What a property or parameter of generated code is sent as.</summary>
    public static JsonNode Value(IOperation value, ITypeSymbol type, WireTarget target, JsonTranslator translator)
    {
        // A property that is not sent when it is null says nothing by null.
        var node = KnownTypes.IsQuery(type) ? null : translator.Translate(value, target);
        return node is null or JsonNull ? new JsonUnknown(value.Syntax.Span.ToRange()) : node;
    }

    private TypedModel? View(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (KnownSymbols.TypeOf(type) is not var (api, name, viewName)
            || !Enum.TryParse<View>(viewName, ignoreCase: true, out var view)
            || view is not (Specs.View.Create or Specs.View.Update)
            || name.IndexOf('/') is var slash && slash <= 0)
        {
            return null;
        }

        var file = name.Substring(0, slash);
        if (catalog.FindType(file, name.Substring(slash + 1), api, cancellationToken) is not var (spec, specs))
            return null;
        var parameter = new FieldSpec
        {
            Name = ViewParameter,
            Type = new TypeRef(Specs.TypeKind.Named, spec.Name, spec.File),
            As = view,
        };
        var method = new MethodSpec { Name = type.Name, Api = api, File = file, Params = new([parameter]) };
        return new(method, specs, true, Named(CSharpNames.Members(spec, specs.Profile(api)), spec.Fields));
    }

    private TypedModel? Request(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (KnownSymbols.MethodOf(type) is not var (api, name) || catalog.FindMethod(name, api, cancellationToken) is not { } method)
            return null;
        return new(
            method.Spec, method.Specs, false,
            Named(CSharpNames.Members(method.Spec, method.Specs.Profile(api)), method.Spec.Params));
    }

    private static Dictionary<string, FieldSpec> Named(IEnumerable<string> members, EquatableArray<FieldSpec> fields)
    {
        var named = new Dictionary<string, FieldSpec>(StringComparer.Ordinal);
        var index = 0;
        foreach (var member in members)
            named[member] = fields[index++];
        return named;
    }
}

using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>The error codes that a method may answer, as far as its spec says.</summary>
internal static class ErrorCodes
{
    /// <summary>Adds the codes that a method documents, those of the rules of its values, and those of the API itself.</summary>
    public static void AddOf(KnownMethod method, ISet<string> codes)
    {
        var spec = method.Spec;
        Add(codes, spec.Errors);
        Add(codes, spec.RuleErrors);
        var profile = method.Specs.Profile(spec.Api);
        Add(codes, profile.SystemErrors);
        Add(codes, profile.RuleErrors);
        AddOf(spec.Params, method.Specs, spec.Api, codes, new HashSet<TypeRef>());
    }

    private static void AddOf(EquatableArray<FieldSpec> fields, SpecSet specs, string api, ISet<string> codes, HashSet<TypeRef> seen)
    {
        foreach (var field in fields)
        {
            Add(codes, field.Errors);
            AddOf(field.Type, specs, api, codes, seen);
        }
    }

    private static void AddOf(TypeRef type, SpecSet specs, string api, ISet<string> codes, HashSet<TypeRef> seen)
    {
        if (type.Element is { } element)
            AddOf(element, specs, api, codes, seen);
        foreach (var alternative in type.Alternatives)
            AddOf(alternative, specs, api, codes, seen);
        if (type.Kind != TypeKind.Named || !seen.Add(type) || specs.ResolveType(type, api) is not { } named)
            return;
        Add(codes, named.Errors);
        if (named.Scalar is { } scalar)
            Add(codes, scalar.Errors);
        AddOf(named.Fields, specs, api, codes, seen);
    }

    private static void Add(ISet<string> codes, EquatableArray<ErrorSpec> errors)
    {
        foreach (var error in errors)
            codes.Add(error.Code);
    }

    private static void Add(ISet<string> codes, EquatableArray<RuleError> errors)
    {
        foreach (var error in errors)
            codes.Add(error.Code);
    }
}

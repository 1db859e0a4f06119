using System.Globalization;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>
/// Reads parameters as the server's PHP does: some methods take them by position, whatever they are called, a list is an
/// object with the names 0, 1, 2, and null is no value.
/// </summary>
internal static class PhpParameters
{
    public static JsonObject Read(SpecSet specs, MethodSpec method, JsonObject given) =>
        WithoutNulls(method, Members(specs, method.Api, method.Params, method.Positional ? ByPosition(method, given) : given));

    /// <summary>PHP's <c>isset</c> says of null what it says of a parameter that is not given.</summary>
    private static JsonObject WithoutNulls(MethodSpec method, JsonObject given)
    {
        var nulls = method.Params.Where(p => !p.Nullable && given.TryGetPropertyValue(p.Name, out var value) && value is null).Select(static p => p.Name).ToList();
        if (nulls.Count == 0)
            return given;
        var left = (JsonObject)given.DeepClone();
        foreach (var name in nulls)
            left.Remove(name);
        return left;
    }

    /// <summary>The parameters under the names that the spec gives to their positions; the same object where they are so already.</summary>
    private static JsonObject ByPosition(MethodSpec method, JsonObject given)
    {
        // The server takes the page before it gives the others their positions.
        var names = method.Params.Select(static p => p.Name).Where(static n => !MethodSpec.IsPage(n)).ToList();
        var values = given.Where(static p => !MethodSpec.IsPage(p.Key)).ToList();
        if (values.Select(static p => p.Key).SequenceEqual(names.Take(values.Count)))
            return given;
        var named = new JsonObject();
        // An array in the place of an optional number is already the next one. Names beyond the last position stay as they are.
        var passed = method.Params.FirstOrDefault() is { Required: false } first && IsNumber(first.Type) && values.FirstOrDefault().Value is JsonObject or JsonArray ? 1 : 0;
        foreach (var ((name, value), i) in values.Select(static (p, i) => (p, i)))
            named[i + passed < names.Count ? names[i + passed] : name] = value?.DeepClone();
        foreach (var (name, value) in given.Where(static p => MethodSpec.IsPage(p.Key)))
            named[name] = value?.DeepClone();
        return named;
    }

    private static JsonObject Members(SpecSet specs, string api, EquatableArray<FieldSpec> fields, JsonObject given)
    {
        JsonObject? read = null;
        foreach (var field in fields)
        {
            if (given[field.Name] is not { } value || Value(specs, api, field, value) is var changed && ReferenceEquals(changed, value))
                continue;
            read ??= (JsonObject)given.DeepClone();
            read[field.Name] = changed;
        }

        return read ?? given;
    }

    private static JsonNode Value(SpecSet specs, string api, FieldSpec field, JsonNode value) => value switch
    {
        // A name that a client left undefined names nothing.
        JsonArray names when field.As == View.Select && names.Any(static n => n is null) => new JsonArray([.. names.Where(static n => n is not null).Select(static n => n!.DeepClone())]),
        // Some objects of the pages (attachments) may be lists of such objects; what carries a record may not.
        JsonArray list when field.As is View.Filter or View.Order
            || (IsObject(specs, api, field.Type) && (field.As is View.Create or View.Update || (field.As is null && list.Count == 0))) => Numbered(list),
        JsonObject members when field.As is null or View.Create or View.Update && specs.ResolveType(field.Type, api) is { Scalar: null } type => Members(specs, api, type.Fields, members),
        _ => value,
    };

    private static JsonObject Numbered(JsonArray list) =>
        new(list.Select(static (item, i) => KeyValuePair.Create(i.ToString(CultureInfo.InvariantCulture), item?.DeepClone())));

    private static bool IsNumber(TypeRef type) => type.Kind is TypeKind.Int or TypeKind.Long;

    private static bool IsObject(SpecSet specs, string api, TypeRef type) => type.Kind switch
    {
        TypeKind.Map => true,
        TypeKind.Named => specs.ResolveType(type, api) is { Scalar: null },
        _ => false,
    };
}

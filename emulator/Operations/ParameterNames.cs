using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Reads names that differ from those of the spec in case only, where the spec says that the server may take them.</summary>
internal static class ParameterNames
{
    /// <summary>The parameters under the names that the spec gives them; the same object where all are so already.</summary>
    public static JsonObject Align(SpecSet specs, MethodSpec method, JsonObject parameters) =>
        (method.NameCase ?? specs.Profile(method.Api).NameCase) is not NameCase.Exact and var names
            ? Align(specs, method.Api, method.Params, ByAlias(method.Params, parameters), names, isParameter: true)
            : ByAlias(method.Params, parameters);

    private static JsonObject ByAlias(EquatableArray<FieldSpec> fields, JsonObject given)
    {
        JsonObject? aligned = null;
        foreach (var field in fields)
        {
            if (given.ContainsKey(field.Name) || field.Aliases.FirstOrDefault(given.ContainsKey) is not { } alias)
                continue;
            aligned ??= (JsonObject)given.DeepClone();
            var value = aligned[alias];
            aligned.Remove(alias);
            aligned[field.Name] = value?.DeepClone();
        }

        return aligned ?? given;
    }

    private static JsonObject Align(SpecSet specs, string api, EquatableArray<FieldSpec> fields, JsonObject given, NameCase names, bool isParameter)
    {
        JsonObject? aligned = null;
        foreach (var field in fields)
        {
            var name = given.ContainsKey(field.Name) ? field.Name
                : given.LastOrDefault(p => IsSpelled(p.Key, field.Name) && !fields.Any(f => f.Name == p.Key)).Key;
            if (name is null)
                continue;
            var value = given[name];
            var inner = field.As is null or View.Create or View.Update && value is JsonObject nested && specs.ResolveType(field.Type, api) is { } type
                ? Align(specs, api, type.Fields, nested, names, isParameter: false)
                : value;
            if (name == field.Name && ReferenceEquals(inner, value))
                continue;
            aligned ??= (JsonObject)given.DeepClone();
            aligned.Remove(name);
            aligned[field.Name] = inner?.DeepClone();
        }

        return aligned ?? given;

        bool IsSpelled(string other, string name) => other.Equals(name, StringComparison.OrdinalIgnoreCase)
            || (isParameter ? names == NameCase.Hungarian && Spelling.IsHungarian(other, name) : names == NameCase.Snake && Spelling.IsSnakeCase(other, name));
    }
}

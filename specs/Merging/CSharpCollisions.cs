namespace Bitrix24.Gen.Specs;

/// <summary>Finds names of the specs that become one C# name (B24007).</summary>
internal static class CSharpCollisions
{
    public static List<SpecDiagnostic> Find(IReadOnlyList<MergedFile> files, Func<string, ProfileSpec> profiles)
    {
        var found = new List<SpecDiagnostic>();
        var types = new Dictionary<(string Api, string Area, string Name), string>();
        foreach (var file in files)
        {
            var profile = profiles(file.File.Api);
            FindInTypes(file, profile, types, found);
            FindInMethods(file, profile, types, found);
        }

        return found;
    }

    /// <summary>Types of an area share a namespace, whatever their file.</summary>
    private static void FindInTypes(
        MergedFile file, ProfileSpec profile, Dictionary<(string, string, string), string> types, List<SpecDiagnostic> found)
    {
        var area = CSharpNames.Area(file.File.Name, profile);
        foreach (var type in file.File.Types)
        {
            var name = CSharpNames.Of(type, profile);
            var pointer = file.PointerOf(type);
            if (types.TryGetValue((file.File.Api, area, name), out var other))
            {
                found.Add(file.Report(
                    RuleIds.SpecName, pointer,
                    $"The type becomes {name} in C#, as {other} does. {(type.Inline ? "Make it a named type with a name of its own" : "Give one of them \"csharp\"")}."));
            }
            else
            {
                types.Add((file.File.Api, area, name), $"{file.File.Name}/{type.Name}");
            }

            FindInFields(file, pointer + "/fields", type.Fields, profile, found);
        }
    }

    private static void FindInMethods(
        MergedFile file, ProfileSpec profile, Dictionary<(string, string, string), string> types, List<SpecDiagnostic> found)
    {
        var area = CSharpNames.Area(file.File.Name, profile);
        foreach (var method in file.File.Methods)
        {
            var pointer = JsonPointer.Append("/methods", method.Name);
            var request = CSharpNames.Stem(method, profile) + "Request";
            if (types.TryGetValue((file.File.Api, area, request), out var other))
                found.Add(file.Report(RuleIds.SpecName, pointer, $"The method's request becomes {request} in C#, as {other} does. Give one of them \"csharp\"."));
            else
                types.Add((file.File.Api, area, request), method.Name);
            FindInFields(file, pointer + "/params", method.Params, profile, found);
        }
    }

    private static void FindInFields(
        MergedFile file, string pointer, EquatableArray<FieldSpec> fields, ProfileSpec profile, List<SpecDiagnostic> found)
    {
        if (fields.Count < 2)
            return;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            var name = CSharpNames.Of(field, profile);
            if (names.TryGetValue(name, out var other))
            {
                found.Add(file.Report(
                    RuleIds.SpecName, JsonPointer.Append(pointer, field.Name),
                    $"\"{BindContext.Quote(field.Name)}\" becomes {BindContext.Quote(name)} in C#, as \"{BindContext.Quote(other)}\" does. Give one of them \"csharp\"."));
            }
            else
            {
                names.Add(name, field.Name);
            }
        }
    }
}

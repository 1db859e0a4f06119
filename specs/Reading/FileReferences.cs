namespace Bitrix24.Gen.Specs;

/// <summary>Finds the files whose types a document names.</summary>
internal static class FileReferences
{
    public static string[] Of(SpecDocument document)
    {
        if (document is not { File: { } file, Root: { } root })
            return [];
        var names = new SortedSet<string>(StringComparer.Ordinal) { SpecFileName.Profile };
        foreach (var type in file.Types)
        {
            Add(names, type.Scalar?.Type);
            foreach (var field in type.Fields)
                Add(names, field);
        }

        foreach (var method in file.Methods)
        {
            Add(names, method.Of);
            Add(names, method.Result?.Type);
            foreach (var parameter in method.Params)
                Add(names, parameter);
        }

        foreach (var type in IncomingTypes.Of(file))
            Add(names, type);

        if (root.Find("entities")?.Value is JsonObject entities)
        {
            foreach (var entity in entities.Properties)
            {
                if ((entity.Value as JsonObject)?.Find("type")?.Value is JsonString type)
                    Add(names, TypeExpression.Parse(type.Value, file.Name, out _));
            }
        }

        names.Remove(file.Name);
        return [.. names];
    }

    private static void Add(SortedSet<string> names, FieldSpec field)
    {
        Add(names, field.Type);
        Add(names, field.References);
        // A method is looked for in the file of its prefix, where files are as they should be.
        if (field.Use is { } use && use.LastIndexOf('.') is > 0 and var end)
            names.Add(use.Substring(0, end));
    }

    private static void Add(SortedSet<string> names, TypeRef? type)
    {
        if (type is null)
            return;
        if (type.File is not null)
            names.Add(type.File);
        Add(names, type.Element);
        foreach (var alternative in type.Alternatives)
            Add(names, alternative);
    }
}

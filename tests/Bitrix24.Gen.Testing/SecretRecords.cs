using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Testing;

/// <summary>Records print their members: those of an assembly that print a secret.</summary>
public static partial class SecretRecords
{
    private const string Marker = "s3cr3t-0f-a-rec0rd";

    /// <summary>The records with a member that is called like a secret.</summary>
    public static IReadOnlyList<Type> Of(Assembly assembly) => [.. assembly.GetTypes().Where(static t => IsRecord(t) && !t.IsAbstract && !t.ContainsGenericParameters && Secrets(t).Any())];

    /// <summary>Those whose text has it, with the text.</summary>
    public static IReadOnlyList<string> ThatPrintIt(Assembly assembly) => [.. Of(assembly).Select(TextOf).Where(static t => t.Contains(Marker, StringComparison.Ordinal))];

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    private static IEnumerable<FieldInfo> Secrets(Type type)
    {
        for (var at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            foreach (var field in at.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                if (field.FieldType == typeof(string) && SecretName().IsMatch(field.Name))
                    yield return field;
            }
        }
    }

    private static string TextOf(Type type)
    {
        var value = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in Secrets(type))
            field.SetValue(value, Marker);
        try
        {
            return $"{value}";
        }
        // What a record prints by itself takes members that are null; a text of its own may not.
        catch (NullReferenceException)
        {
            return "";
        }
    }

    [GeneratedRegex("secret|token|password|webhook|(api|access|private)key", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SecretName();
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Bitrix24;

/// <summary>
/// Writes objects of the user's own types. Which properties and public fields they have and how those are named,
/// System.Text.Json says, with its attributes; what they hold is written as raw calls write it.
/// </summary>
[RequiresUnreferencedCode("Properties are found by reflection.")]
[RequiresDynamicCode("Properties are found by reflection.")]
internal static class RawObjects
{
    // Fields too: one that is left out is lost without a word.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Default) { IncludeFields = true };

    // Of types that hold each other.
    private const int MaxMemberDepth = 8;

    public static void Write(Utf8JsonWriter writer, object value, string path, int depth)
    {
        var type = TypeOf(value, path);
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            WriteWhole(writer, value, type.Options, path);
            return;
        }

        // Nobody means the insides of such a type, which may be paths of this machine, a password or a token.
        if (IsNoData(value.GetType()))
            throw RawValues.Unfit(value, path, RawValues.Advice);
        if (type.Properties.Count == 0 && HasState(value.GetType()))
            throw RawValues.Unfit(value, path, RawValues.Advice);
        writer.WriteStartObject();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in type.Properties)
        {
            if (property.Get is null)
                continue;
            var inner = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            var held = Read(property, value, inner);
            if (property.ShouldSerialize?.Invoke(value, held) == false)
                continue;
            if (property.IsExtensionData)
            {
                if (held is IEnumerable others)
                    RawMaps.WriteMembers(writer, others, names, path, depth);
                continue;
            }

            names.Add(property.Name);
            writer.WritePropertyName(property.Name);
            if (held is not null && (property.CustomConverter, property.NumberHandling) is not (null, null))
                WriteWhole(writer, held, OptionsOf(property), inner);
            else
                RawValues.Write(writer, held, inner, depth + 1);
        }

        writer.WriteEndObject();
    }

    /// <summary>The pairs of a dictionary that is neither of the common types nor an <see cref="IDictionary"/>; null: it is a list.</summary>
    public static IEnumerable<(object? Key, object? Value)>? PairsOf(IEnumerable list, string path)
    {
        var interfaces = list.GetType().GetInterfaces().Where(static i => i.IsGenericType).ToList();
        if (interfaces.Exists(static i => i.GetGenericTypeDefinition() == typeof(IGrouping<,>)))
            throw RawValues.Unfit(list, path, "give a list, or a dictionary of lists");
        var pair = interfaces.Find(static i => i.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            && i.GenericTypeArguments[0] is { IsGenericType: true } item && item.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))?.GenericTypeArguments[0];
        if (pair is null)
            return null;
        var (key, value) = (pair.GetProperty("Key")!, pair.GetProperty("Value")!);
        return list.Cast<object>().Select(p => (key.GetValue(p), value.GetValue(p)));
    }

    /// <summary>Writes an enumeration as its own converter does; false: it has none.</summary>
    public static bool TryWriteChoice(Utf8JsonWriter writer, Enum value, string path)
    {
        if (!value.GetType().IsDefined(typeof(JsonConverterAttribute), inherit: false))
            return false;
        WriteWhole(writer, value, JsonSerializerOptions.Default, path);
        return true;
    }

    private static JsonTypeInfo TypeOf(object value, string path)
    {
        if (value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            throw RawValues.Unfit(value, path, "await it");
        try
        {
            return Options.GetTypeInfo(value.GetType());
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            throw UnfitMember(value.GetType(), path, 0) ?? RawValues.Unfit(value, path, RawValues.Advice);
        }
    }

    /// <summary>The error of the property whose type is the reason why an object cannot be written; null: it is none of them.</summary>
    private static ArgumentException? UnfitMember(Type type, string path, int depth)
    {
        if (IsNoData(type) || depth == MaxMemberDepth)
            return null;
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            try
            {
                Options.GetTypeInfo(property.PropertyType);
            }
            catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
            {
                var inner = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                return UnfitMember(property.PropertyType, inner, depth + 1) ?? RawValues.Unfit(property.PropertyType, inner, RawValues.Advice);
            }
        }

        return null;
    }

    private static object? Read(JsonPropertyInfo property, object value, string path)
    {
        try
        {
            return property.Get!(value);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            throw RawValues.Unreadable(path, e);
        }
    }

    private static bool IsNoData(Type type) =>
        type.Assembly == typeof(RawObjects).Assembly
        || type.Namespace is "System"
        || type.Namespace?.StartsWith("System.", StringComparison.Ordinal) == true
        || type.Namespace?.StartsWith("Microsoft.", StringComparison.Ordinal) == true;

    private static bool HasState(Type? type) =>
        type is not null && (type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly).Length > 0 || HasState(type.BaseType));

    private static JsonSerializerOptions OptionsOf(JsonPropertyInfo property)
    {
        var options = new JsonSerializerOptions { IncludeFields = true, NumberHandling = property.NumberHandling ?? JsonNumberHandling.Strict };
        if (property.CustomConverter is { } converter)
            options.Converters.Add(converter);
        return options;
    }

    private static void WriteWhole(Utf8JsonWriter writer, object value, JsonSerializerOptions options, string path)
    {
        try
        {
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or InvalidOperationException or ArgumentException)
        {
            throw RawValues.Unfit(value, path, RawValues.Advice);
        }
    }
}
